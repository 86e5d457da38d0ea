using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.Runtime;

/// <summary>Starts the silo with the host, stage by stage, and stops it the other way round: calls drained, grains deactivated, then storages.</summary>
internal sealed class SiloHostedService(GrainRuntime runtime, IServiceProvider services) : IHostedService, ISiloLifecycle
{
    private readonly List<(int Stage, ILifecycleObserver Observer)> observers = [];
    private int reached = int.MinValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        var entry = (stage, observer);
        observers.Add(entry);
        return new Subscription(() => observers.Remove(entry));
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IHostEnvironment>()?.IsDevelopment() == true && runtime.Classes.Untravelled().ToArray() is { Length: > 0 } complaints)
            throw new OrleansConfigurationException(
                $"Found unserializable or uncopyable types which are being referenced in grain interface signatures:\n{string.Join('\n', complaints)}\nMark them with [GenerateSerializer] and their members with [Id(n)].");
        foreach (var participant in services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
            participant.Participate(this);
        runtime.Start();
        foreach (var stage in observers.ToArray().GroupBy(entry => entry.Stage).OrderBy(stage => stage.Key))
        {
            reached = stage.Key;
            await Task.WhenAll(stage.Select(entry => entry.Observer.OnStart(cancellationToken)));
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var stages = observers.ToArray().Where(entry => entry.Stage <= reached).GroupBy(entry => entry.Stage).OrderByDescending(stage => stage.Key).ToArray();
        foreach (var stage in stages.Where(stage => stage.Key >= ServiceLifecycleStage.Active))
            await Stop(stage);
        await runtime.Stop(cancellationToken);
        foreach (var stage in stages.Where(stage => stage.Key < ServiceLifecycleStage.Active))
            await Stop(stage);

        Task Stop(IEnumerable<(int Stage, ILifecycleObserver Observer)> stage) => Task.WhenAll(stage.Select(entry => entry.Observer.OnStop(cancellationToken)));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
