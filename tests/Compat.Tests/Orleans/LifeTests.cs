using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace OrleansGov.Compat.Tests;

[Alias("compat.lives")]
public interface ILives : IGrainWithStringKey
{
    Task<int> Call();

    Task Rest();

    Task Finish(string gate);

    Task<int> CallOther(string key);
}

public sealed class LivesGrain(Journal journal) : Grain, ILives
{
    private int calls;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Write($"activate {this.GetPrimaryKeyString()}");
        return this.GetPrimaryKeyString() == "broken" ? throw new InvalidDataException("cannot live") : Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        journal.Write($"deactivate {this.GetPrimaryKeyString()} {reason.ReasonCode}");
    }

    public Task<int> Call() => Task.FromResult(++calls);

    public Task Rest()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task Finish(string gate)
    {
        journal.Write("begun");
        await journal.Until(gate);
        journal.Write("finished");
    }

    public Task<int> CallOther(string key) => GrainFactory.GetGrain<ILives>(key).Call();
}

public sealed class LifeTests
{
    [Fact]
    public async Task Activation_WhenItFails_FailsTheCallAndTheNextCallTriesAgain()
    {
        await using var silo = await Silo.Start();
        var grain = silo.Grains.GetGrain<ILives>("broken");
        await Assert.ThrowsAsync<InvalidDataException>(() => grain.Call());
        await Assert.ThrowsAsync<InvalidDataException>(() => grain.Call());
        Assert.Equal(2, silo.Get<Journal>().Lines.Count(line => line == "activate broken"));
    }

    [Fact]
    public async Task Cluster_OfOneSilo_KnowsItselfAlone()
    {
        await using var silo = await Silo.Start();
        var oracle = silo.Get<ISiloStatusOracle>();
        Assert.Equal([oracle.SiloAddress], oracle.GetActiveSilos());
    }

    [Fact]
    public async Task DeactivateOnIdle_EndsTheActivation_AndTheNextCallMakesANewOne()
    {
        await using var silo = await Silo.Start();
        var grain = silo.Grains.GetGrain<ILives>("a");
        Assert.Equal(1, await grain.Call());
        Assert.Equal(2, await grain.Call());
        await grain.Rest();
        Assert.Equal(1, await grain.Call());
        Assert.Equal(["activate a", "deactivate a ApplicationRequested", "activate a"], silo.Get<Journal>().Lines);
    }

    [Fact]
    public async Task IdleGrain_IsCollectedAfterItsAge_AndNotBefore()
    {
        var clock = Silo.Clock();
        await using var silo = await Silo.Start(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(5));
        });
        var grain = silo.Grains.GetGrain<ILives>("a");
        await grain.Call();
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(2, await grain.Call());
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(3, await grain.Call());
        clock.Advance(TimeSpan.FromMinutes(7));
        await silo.Get<Journal>().Until("deactivate a ActivationIdle");
        Assert.Equal(1, await grain.Call());
    }

    [Fact]
    public async Task Stop_LetsRunningCallsEnd_ThenDeactivatesEverybody_AndRefusesNewCalls()
    {
        var silo = await Silo.Start();
        var (grain, journal) = (silo.Grains.GetGrain<ILives>("a"), silo.Get<Journal>());
        await grain.CallOther("other");
        var running = grain.Finish("may finish"); // calls nobody: whom a stopping silo still reaches depends on how far it has come
        await journal.Until("begun");
        var handle = silo.Cluster.Silos[0];
        var stopped = handle.StopSiloAsync(true);
        Assert.False(stopped.IsCompleted);
        journal.Open("may finish");
        await stopped;
        await running;
        Assert.Contains("finished", journal.Lines);
        Assert.Contains("deactivate a ShuttingDown", journal.Lines);
        Assert.Contains("deactivate other ShuttingDown", journal.Lines);
        await Assert.ThrowsAnyAsync<Exception>(() => grain.Call());
        await silo.DisposeAsync();
    }

    [Fact]
    public async Task Deactivate_FromOutside_WaitsForItsEnd()
    {
        await using var silo = await Silo.Start();
        var grain = silo.Grains.GetGrain<ILives>("a");
        await grain.Call();
        await silo.Cluster.DeactivateAsync(grain);
        Assert.Equal("deactivate a ApplicationRequested", silo.Get<Journal>().Lines[^1]);
        await silo.Cluster.WaitForDeactivationAsync(grain);
        Assert.False(silo.Cluster.TryGetGrainContext(grain.GetGrainId(), out _));
    }
}
