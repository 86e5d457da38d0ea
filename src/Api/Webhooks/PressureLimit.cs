namespace OrleansGov.Api.Webhooks;

/// <summary>
/// How many bodies may be at work at once, learned from how fast they are answered: with <c>n</c> inside and <c>r</c> answered a second, the last to
/// come in waits <c>n / r</c>. LINE waits 2 s for its 200, so a longer wait is work for nothing. The limit is cut to what can be answered in time
/// while it is not, grows while it stands in the way and answers are quick, and keeps still in between: the door does not flap, and no
/// person has to open it again.
/// </summary>
public sealed class PressureLimit(TimeProvider clock)
{
    public const int Least = 16;
    public const int Most = 1024;

    /// <summary>The longest wait a body may be let in for. Well below LINE's 2 s: it has been on its way before we see it.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(800);

    /// <summary>More may come in while the wait stays below this.</summary>
    public static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(400);

    private const int Few = 8; // so few are no crowd, however slow they are: to let fewer in would help nothing
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    private long _since = clock.GetTimestamp();
    private int _answers;
    private bool _reached;

    public int Current { get; private set; } = 256;

    /// <summary>The limit was in somebody's way.</summary>
    public void Reached() => _reached = true;

    /// <summary>Somebody came in, or would have. Like <see cref="Answered"/> not for several threads at once.</summary>
    public void Asked(int inside) => Judge(inside);

    /// <summary>A body was answered.</summary>
    /// <param name="inside">Those still at work.</param>
    public void Answered(int inside)
    {
        _answers++;
        Judge(inside);
    }

    private void Judge(int inside)
    {
        var now = clock.GetTimestamp();
        var window = clock.GetElapsedTime(_since, now);
        if (inside > Few && window < Window) return;
        if (inside > Few)
        {
            var perSecond = _answers / window.TotalSeconds;
            if (inside > perSecond * Slow.TotalSeconds) Current = Between(perSecond > 0 ? perSecond * Slow.TotalSeconds : Current / 2d);
            else if (_reached && Current < perSecond * Quick.TotalSeconds) Current = Between(Current * 1.5);
        }

        (_since, _answers, _reached) = (now, 0, false); // the time before a crowd says nothing about the crowd
    }

    private static int Between(double wanted) => (int)Math.Clamp(wanted, Least, Most);
}
