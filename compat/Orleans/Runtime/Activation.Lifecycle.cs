using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Something an activation loads before <c>OnActivateAsync</c>.</summary>
internal interface IActivationState
{
    Task Load();
}

internal sealed partial class Activation
{
    private bool endAfterActivation;

    /// <inheritdoc/>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (phase >= Phase.Ending)
                return;
            reason = deactivationReason;
            if (phase is Phase.Created or Phase.Activating)
            {
                endAfterActivation = true;
                return;
            }

            phase = Phase.Ending;
            if (running > 0 || starting)
                return;
            starting = true;
        }

        Scheduler.RequestTurns();
    }

    /// <summary>Keeps the activation from being collected for a while.</summary>
    internal void DelayDeactivation(TimeSpan span)
    {
        var clock = Runtime.CollectionClock;
        keepUntil = span == Timeout.InfiniteTimeSpan || span == TimeSpan.MaxValue ? long.MaxValue
            : span <= TimeSpan.Zero ? 0
            : clock.GetTimestamp() + (long)(span.TotalSeconds * clock.TimestampFrequency);
    }

    /// <summary>Ends the activation when nobody has used it for its class's age.</summary>
    internal void CollectIfIdle(long now)
    {
        if (grainClass.CollectionAge is not { } age || !IsIdle || now < keepUntil || Runtime.CollectionClock.GetElapsedTime(lastUse, now) < age)
            return;
        lock (gate)
        {
            if (phase != Phase.Active || !IsIdle || starting)
                return;
        }

        Deactivate(new(DeactivationReasonCode.ActivationIdle, $"The activation was idle for longer than {age}."));
    }

    private async Task Activate()
    {
        Exception? failure = null;
        try
        {
            GrainInstance = grainClass.Create(this);
            if (states is [var only])
                await only.Load();
            else if (states is not null)
                await Task.WhenAll(states.Select(state => state.Load()));
            if (grainClass.HasOnActivate)
            {
                using var timeout = new CancellationTokenSource(Runtime.ActivationTimeout);
                await ((IGrainBase)GrainInstance).OnActivateAsync(timeout.Token);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (failure is null)
        {
            lock (gate)
                phase = endAfterActivation ? Phase.Ending : Phase.Active;
            StartTurns();
            return;
        }

        Logger.LogError(failure, "Grain {GrainId} could not be activated", GrainId);
        DisposeTimers();
        foreach (var request in Leave())
            request.Fail(failure);
        await Release();
    }

    // On the scheduler, after the last call has finished; calls that arrive meanwhile wait and move on.
    private async Task End()
    {
        DisposeTimers();
        try
        {
            if (grainClass.HasOnDeactivate)
            {
                using var timeout = new CancellationTokenSource(Runtime.DeactivationTimeout);
                await ((IGrainBase)GrainInstance!).OnDeactivateAsync(reason, timeout.Token);
            }
        }
        catch (Exception exception)
        {
            Logger.LogError(exception, "Grain {GrainId} failed while it was deactivated ({Reason})", GrainId, reason.ReasonCode);
        }

        foreach (var request in Leave().Where(request => request is not GrainTimer.Tick))
            Runtime.Send(request); // to the next activation
        await Release();
    }

    // First out of the catalog, then closed: whoever finds this activation until then waits in its line and is handed on.
    private Request[] Leave()
    {
        if (owner is StatelessWorkers workers)
            workers.Remove(this);
        else
            Runtime.Catalog.Remove(this);
        lock (gate)
        {
            phase = Phase.Ended;
            var all = waiting?.ToArray() ?? [];
            waiting = null;
            return all;
        }
    }

    private async Task Release()
    {
        try
        {
            switch (GrainInstance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }

            if (scope is IAsyncDisposable services)
                await services.DisposeAsync();
        }
        catch (Exception exception)
        {
            Logger.LogError(exception, "Grain {GrainId} failed while it was disposed", GrainId);
        }

        lock (gate)
        {
            released = true;
            ended?.TrySetResult();
        }
    }

    private void DisposeTimers()
    {
        foreach (var timer in timers?.ToArray() ?? [])
            timer.Dispose();
    }
}
