using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;
using OrleansGov.Shared;

namespace OrleansGov.Compat.Tests;

/// <summary>One silo with memory storage and reminders for one test.</summary>
internal sealed class Silo : IAsyncDisposable
{
    private Silo(InProcessTestCluster cluster) => Cluster = cluster;

    internal InProcessTestCluster Cluster { get; }

    internal IGrainFactory Grains => Cluster.Client;

    internal static async Task<Silo> Start(Action<ISiloBuilder>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("memory").AddMemoryGrainStorageAsDefault().UseInMemoryReminderService();
            silo.Services.AddSingleton<Journal>();
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new Silo(cluster);
    }

    internal T Get<T>() where T : notnull => Cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    /// <summary>A clock for the whole silo. Real Orleans runs its membership on the same clock: a jump of minutes makes the only silo declare itself dead.</summary>
    internal static ManualTime Clock()
    {
        Assert.SkipWhen(
            typeof(IGrain).Assembly.GetName().Name!.StartsWith("Orleans.", StringComparison.Ordinal), "a manual clock for the whole silo is a promise of compat only");
        return new ManualTime();
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}

/// <summary>What grains tell the test, outside of calls.</summary>
public sealed class Journal
{
    private readonly List<string> lines = [];
    private readonly Dictionary<string, TaskCompletionSource> gates = [];

    public string[] Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    public void Write(string line)
    {
        lock (lines)
        {
            lines.Add(line);
            Gate(line).TrySetResult();
        }
    }

    /// <summary>Completes when the line has been written, or the gate opened by name.</summary>
    public Task Until(string line)
    {
        lock (lines)
            return Gate(line).Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public void Open(string gate) => Write(gate);

    private TaskCompletionSource Gate(string name) =>
        gates.TryGetValue(name, out var known) ? known : gates[name] = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
