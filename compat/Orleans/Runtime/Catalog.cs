using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Who is alive: grain id to activation. One entry per identity is what makes an activation the only one.</summary>
internal sealed class Catalog(GrainRuntime runtime)
{
    private readonly ConcurrentDictionary<GrainId, GrainTarget> targets = new();

    /// <summary>Every living activation.</summary>
    internal IEnumerable<Activation> Activations =>
        targets.Select(pair => pair.Value).SelectMany(target => target is StatelessWorkers workers ? workers.Activations : [(Activation)target]);

    internal GrainTarget Get(GrainId grainId) => targets.TryGetValue(grainId, out var known) ? known : Add(grainId);

    internal GrainTarget? Find(GrainId grainId) => targets.GetValueOrDefault(grainId);

    internal void Remove(Activation activation) => targets.TryRemove(new(activation.GrainId, activation));

    private GrainTarget Add(GrainId grainId)
    {
        var grainClass = runtime.Classes.Of(grainId.Type);
        return targets.GetOrAdd(grainId, grainClass.MaxWorkers is { } max
            ? new StatelessWorkers(runtime, grainClass, grainId, max)
            : new Activation(runtime, grainClass, grainId));
    }
}

/// <summary>One identity, several activations: a call goes to an idle one, else to a new one, else to the shortest line.</summary>
internal sealed class StatelessWorkers(GrainRuntime runtime, GrainClass grainClass, GrainId grainId, int max) : GrainTarget
{
    private readonly List<Activation> workers = [];

    internal Activation[] Activations
    {
        get
        {
            lock (workers)
                return [.. workers];
        }
    }

    internal override bool TryReceive(Request request)
    {
        lock (workers)
        {
            var worker = workers.MinBy(candidate => candidate.Load);
            if (worker is null || (worker.Load > 0 && workers.Count < max))
                workers.Add(worker = new Activation(runtime, grainClass, grainId, this));
            return worker.TryReceive(request);
        }
    }

    internal void Remove(Activation worker)
    {
        lock (workers)
            workers.Remove(worker);
    }
}
