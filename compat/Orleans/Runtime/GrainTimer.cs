using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>A timer whose ticks are turns of the activation: one waits for the end of the other before its period begins to count.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource disposed = new();
    private readonly Activation activation;
    private readonly Func<CancellationToken, Task> callback;
    private readonly ITimer timer;
    private readonly Tick tick;
    private TimeSpan due;
    private TimeSpan period;
    private bool firing;
    private bool changed;

    internal GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (this.activation, this.callback) = (activation, callback);
        tick = new Tick(this, options);
        using (Unflowed.Begin())
            timer = activation.Runtime.GrainClock.CreateTimer(static self => ((GrainTimer)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Change(options.DueTime, options.Period);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        const long longest = 0xfffffffe;
        foreach (var (span, name) in new[] { (dueTime, nameof(dueTime)), (period, nameof(period)) })
        {
            ArgumentOutOfRangeException.ThrowIfLessThan((long)span.TotalMilliseconds, -1, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan((long)span.TotalMilliseconds, longest, name);
        }

        lock (gate)
        {
            (due, this.period, changed) = (dueTime, period, true);
            if (firing || disposed.IsCancellationRequested)
                return; // counts from the end of the tick
        }

        timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        disposed.Cancel();
        timer.Dispose();
        activation.Forget(this);
    }

    private void Fire()
    {
        lock (gate)
        {
            if (disposed.IsCancellationRequested)
                return;
            (firing, changed) = (true, false);
        }

        activation.TryReceive(tick);
    }

    private void OnTicked()
    {
        TimeSpan next;
        lock (gate)
        {
            firing = false;
            next = changed ? due : period;
        }

        if (!disposed.IsCancellationRequested)
            timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The call a tick is; one object for the timer's life.</summary>
    internal sealed class Tick(GrainTimer timer, GrainTimerCreationOptions options)
        : Request(new MethodShape("GrainTimer", options.Interleave, ReadOnly: false, OneWay: true, CopyResult: false, Timeout: null))
    {
        internal override bool IsCompleted => timer.disposed.IsCancellationRequested;

        internal override bool IsUse => options.KeepAlive;

        internal override async void Run(Activation activation)
        {
            try
            {
                await timer.callback(timer.disposed.Token);
            }
            catch (Exception exception)
            {
                activation.OnFailed(exception);
                activation.Runtime.Logger.LogWarning(exception, "A timer of grain {GrainId} failed; it goes on ticking", activation.GrainId);
            }

            timer.OnTicked();
            activation.OnFinished(this);
        }

        internal override void Fail(Exception exception)
        {
        }
    }
}

internal sealed partial class Activation
{
    internal GrainTimer RegisterTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        if (RuntimeContext.Current != this)
            throw new InvalidOperationException("A grain timer can only be registered by the grain itself, on its own scheduler.");
        var timer = new GrainTimer(this, cancellation => callback(state, cancellation), options);
        lock (gate)
            (timers ??= []).Add(timer);
        return timer;
    }

    internal void Forget(GrainTimer timer)
    {
        lock (gate)
            timers?.Remove(timer);
    }
}
