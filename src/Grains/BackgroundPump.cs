using Microsoft.Extensions.Logging;

namespace OrleansGov.Grains;

/// <summary>
/// Work of a grain that no caller waits for: one loop at a time, on the activation's own scheduler, between its turns. What it does must
/// be safe to repeat; what fails is logged and taken up again when the sweeper wakes the grain.
/// </summary>
internal sealed class BackgroundPump(ILogger log)
{
    private Task _running = Task.CompletedTask;
    private TaskCompletionSource _news = new();
    private bool _again, _ending;

    public bool IsRunning => !_running.IsCompleted;

    /// <summary>The grain is going: long work ends where it can go on elsewhere.</summary>
    public bool IsEnding => _ending;

    /// <summary>Starts the loop; if it runs, has it go round once more.</summary>
    public void Run(Func<Task> work)
    {
        _again = true;
        _news.TrySetResult();
        if (!IsRunning) _running = Loop(work);
    }

    /// <summary>A pause of the loop's work that new work ends early: what came meanwhile may not have to wait for what does.</summary>
    /// <returns>False when the grain is going: what waits is durable and goes on elsewhere.</returns>
    public async Task<bool> Pause(TimeSpan time, TimeProvider clock)
    {
        using var enough = new CancellationTokenSource();
        if (_news.Task.IsCompleted) _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_ending) return false;
        await Task.WhenAny(_news.Task, Task.Delay(time, clock, enough.Token));
        await enough.CancelAsync();
        return !_ending;
    }

    /// <summary>Completes when the loop rests; what it could not do is logged and comes again.</summary>
    public Task Rest() => _running;

    /// <summary>Waits until the loop rests, at most a few seconds: what is left is durable and goes on elsewhere.</summary>
    public async Task Finish()
    {
        _ending = true;
        _news.TrySetResult();
        await Task.WhenAny(_running, Task.Delay(TimeSpan.FromSeconds(5)));
    }

    private async Task Loop(Func<Task> work)
    {
        await Task.Yield(); // leave the turn first
        while (_again)
        {
            _again = false;
            try
            {
                await work();
            }
            catch (Exception e)
            {
                // By design: everything here is durable and repeated later. The message of the exception may quote data; its type may not.
                log.LogWarning("Background work will be repeated: {Error}", e.GetType().Name);
            }
        }

        _running = Task.CompletedTask; // a resident who thinks about an answer does not keep the loop's remains in memory
    }
}
