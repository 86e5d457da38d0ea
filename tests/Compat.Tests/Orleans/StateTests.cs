using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansGov.Compat.Tests;

[GenerateSerializer, Alias("compat.notes")]
public sealed record Notes
{
    [Id(0)]
    public ImmutableArray<string> Lines { get; init; } = [];
}

[Alias("compat.notebook")]
public interface INotebook : IGrainWithStringKey
{
    Task Add(string line);

    Task<string[]> Read();

    Task<string> ReadAtActivation();

    Task Clear();

    Task Forget();
}

public sealed class NotebookGrain([PersistentState("notes", "memory")] IPersistentState<Notes> notes) : Grain, INotebook
{
    private string seen = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        seen = $"{notes.RecordExists} {notes.State.Lines.Length}";
        return Task.CompletedTask;
    }

    public async Task Add(string line)
    {
        notes.State = notes.State with { Lines = notes.State.Lines.Add(line) };
        await notes.WriteStateAsync();
    }

    public Task<string[]> Read() => Task.FromResult(notes.State.Lines.ToArray());

    public Task<string> ReadAtActivation() => Task.FromResult(seen);

    public Task Clear() => notes.ClearStateAsync();

    public Task Forget()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

[Alias("compat.nowhere")]
public interface INowhere : IGrainWithStringKey
{
    Task Call();
}

public sealed class NowhereGrain([PersistentState("nowhere", "no such storage")] IPersistentState<Notes> notes) : Grain, INowhere
{
    public Task Call() => notes.WriteStateAsync();
}

public sealed class StateTests
{
    [Fact]
    public async Task State_IsReadBeforeActivation_AndOutlivesIt()
    {
        await using var silo = await Silo.Start();
        var book = silo.Grains.GetGrain<INotebook>("a");
        Assert.Equal("False 0", await book.ReadAtActivation());
        await book.Add("one");
        await book.Forget();
        Assert.Equal("True 1", await book.ReadAtActivation());
        await book.Clear();
        Assert.Empty(await book.Read());
        await book.Forget();
        Assert.Equal("False 0", await book.ReadAtActivation());
    }

    [Fact]
    public async Task Write_WhenSomebodyElseHasWritten_FailsAndTheNextCallReadsAgain()
    {
        await using var silo = await Silo.Start();
        var book = silo.Grains.GetGrain<INotebook>("a");
        await book.Add("one");
        var storage = silo.Cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>("memory");
        var other = new GrainState<Notes>();
        await storage.ReadStateAsync("notes", book.GetGrainId(), other);
        other.State = new Notes { Lines = ["theirs"] };
        await storage.WriteStateAsync("notes", book.GetGrainId(), other);

        await Assert.ThrowsAsync<InconsistentStateException>(() => book.Add("mine"));
        Assert.Equal(["theirs"], await book.Read());
        await book.Add("mine");
        Assert.Equal(["theirs", "mine"], await book.Read());
    }

    [Fact]
    public async Task UnknownStorage_FailsTheCallAndSaysItsName()
    {
        await using var silo = await Silo.Start();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Grains.GetGrain<INowhere>("a").Call());
        Assert.Contains("no such storage", exception.ToString(), StringComparison.Ordinal);
    }
}
