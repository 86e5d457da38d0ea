namespace OrleansGov.Api.Webhooks;

/// <summary>
/// Keeps the door from taking in more than the rooms can do: a bounded number of bodies at once, none while nothing can be stored or the
/// process stops. LINE brings what was refused again; what is accepted and then dropped it does not.
/// </summary>
/// <param name="trouble">Why nothing can be stored at present; null when it can.</param>
/// <param name="most">Bodies at work at once.</param>
public sealed class DoorGuard(Func<string?> trouble, IHostApplicationLifetime lifetime, int most = 256)
{
    private int _inside;

    /// <summary>True while nothing can be stored, or the process stops.</summary>
    public bool IsClosed => lifetime.ApplicationStopping.IsCancellationRequested || trouble() is not null;

    /// <summary>True when the body may come in; then <see cref="Leave"/> must follow.</summary>
    public bool TryEnter()
    {
        if (IsClosed) return false;
        if (Interlocked.Increment(ref _inside) <= most) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _inside);
}
