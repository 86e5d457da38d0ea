using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Something a call can be delivered to.</summary>
internal abstract class GrainTarget
{
    /// <summary>Takes the call; false: this one has ended, look again.</summary>
    internal abstract bool TryReceive(Request request);
}

/// <summary>
/// One living grain: its instance, the calls that wait and the calls that run. <see cref="gate"/> guards the queue and the counters,
/// because calls arrive from any thread; everything else happens on <see cref="Scheduler"/>.
/// </summary>
internal sealed partial class Activation : GrainTarget, IGrainContext
{
    private readonly Lock gate = new();
    private readonly GrainClass grainClass;
    private readonly GrainTarget? owner;
    private Queue<Request>? waiting;
    private int running;
    private Request? blocking; // the running call others wait for; those that interleave never block
    private bool starting;
    private bool released;
    private Phase phase;
    private DeactivationReason reason;
    private long lastUse;
    private long keepUntil;
    private IServiceScope? scope;
    private GrainReference? reference;
    private List<GrainTimer>? timers;
    private List<IActivationState>? states;
    private TaskCompletionSource? ended;

    internal Activation(GrainRuntime runtime, GrainClass grainClass, GrainId grainId, GrainTarget? owner = null)
    {
        (Runtime, this.grainClass, GrainId, this.owner) = (runtime, grainClass, grainId, owner);
        Scheduler = new(this);
        lastUse = runtime.CollectionClock.GetTimestamp();
    }

    private enum Phase : byte
    {
        Created,
        Activating,
        Active,
        Ending, // no new turns; those that run go on
        Closing, // OnDeactivateAsync
        Ended,
    }

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    public GrainReference GrainReference => reference ??= new GrainReference(Runtime.References.SharedOf(typeof(IAddressable), GrainId.Type), GrainId.Key);

    public IServiceProvider ActivationServices => (scope ??= Runtime.Services.CreateScope()).ServiceProvider;

    public Task Deactivated
    {
        get
        {
            lock (gate)
                return released ? Task.CompletedTask : (ended ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    internal GrainRuntime Runtime { get; }

    internal ActivationScheduler Scheduler { get; }

    internal GrainTarget? Owner => owner;

    internal bool IsIdle => running == 0 && waiting is not { Count: > 0 };

    internal int Load => running + (waiting?.Count ?? 0);

    private ILogger Logger => Runtime.Logger;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"[Activation: {GrainId} {phase}]";

    internal override bool TryReceive(Request request)
    {
        lock (gate)
        {
            if (phase == Phase.Ended)
                return false;
            (waiting ??= new(2)).Enqueue(request);
            if (starting || !HasAdmissible(request))
                return true;
            starting = true;
        }

        Scheduler.RequestTurns();
        return true;
    }

    /// <summary>Starts every waiting call that may run now. On the scheduler.</summary>
    internal void StartTurns()
    {
        if (phase == Phase.Created)
        {
            phase = Phase.Activating;
            _ = Activate();
            return;
        }

        while (Next() is { } request)
            request.Run(this);
    }

    /// <summary>A call has been answered. On the scheduler.</summary>
    internal void OnFinished(Request request)
    {
        var wake = false;
        lock (gate)
        {
            running--;
            if (blocking == request)
                blocking = null;
            if (running == 0 && request.IsUse)
                lastUse = Runtime.CollectionClock.GetTimestamp();
            if (!starting && (phase == Phase.Ending ? running == 0 : waiting is { Count: > 0 }))
                wake = starting = true;
        }

        if (wake)
            Scheduler.RequestTurns();
    }

    /// <summary>A state that turned out to be stale makes everything in memory worthless.</summary>
    internal void OnFailed(Exception exception)
    {
        if (exception is not InconsistentStateException { IsSourceActivation: true } stale)
            return;
        stale.IsSourceActivation = false; // callers further up are not to blame
        Deactivate(new(DeactivationReasonCode.ApplicationError, stale, "The grain's state is stale: somebody else has written it."));
    }

    internal void AddState(IActivationState state) => (states ??= []).Add(state);

    // Caller holds the gate. Whether anything could start now that the request has joined the line.
    private bool HasAdmissible(Request request) => phase switch
    {
        Phase.Created => true,
        Phase.Active => MayRun(request),
        _ => false,
    };

    private bool IsInterleaving(Request request) => request.Interleaves || grainClass.IsReentrant;

    // As in Orleans, of several read-only calls only the first blocks: when it ends, an ordinary call may start beside the others.
    private bool MayRun(Request request) => blocking is null || IsInterleaving(request) || (blocking.Shape.ReadOnly && request.Shape.ReadOnly);

    private Request? Next()
    {
        lock (gate)
        {
            if (phase == Phase.Ending && running == 0)
            {
                phase = Phase.Closing;
                starting = false;
                _ = Task.Factory.StartNew(End, CancellationToken.None, TaskCreationOptions.None, Scheduler);
                return null;
            }

            while (phase == Phase.Active && Take() is { } request)
            {
                if (request.IsCompleted)
                    continue; // timed out while it waited: its caller has gone
                running++;
                if (blocking is null && !IsInterleaving(request))
                    blocking = request;
                return request;
            }

            starting = false;
            return null;
        }
    }

    // The first call that may run; calls that may not keep their places.
    private Request? Take()
    {
        if (waiting is not { Count: > 0 })
            return null;
        if (MayRun(waiting.Peek()))
            return waiting.Dequeue();
        Request? found = null;
        for (var left = waiting.Count; left > 0; left--)
        {
            var request = waiting.Dequeue();
            if (found is null && MayRun(request))
                found = request;
            else
                waiting.Enqueue(request);
        }

        return found;
    }
}
