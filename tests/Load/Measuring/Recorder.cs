using System.Diagnostics;
using OrleansGov.Residents;

namespace OrleansGov.Load.Measuring;

/// <summary>One turn as measured. Times in milliseconds; NaN = not seen.</summary>
/// <param name="At">Seconds since the clock started, of the moment the turn was meant to be made.</param>
public readonly record struct Sample(double At, string Step, string Kind, double Reply, double Acknowledged);

/// <summary>How a dialogue ended.</summary>
/// <param name="Wrong">Why that is no right end; null = it is one.</param>
public sealed record DialogueEnd(string Persona, Ending Ending, string Receipt, string? Wrong);

/// <summary>Collects what residents experience. Before <see cref="StartClock"/> turns are counted nowhere, but ends are kept: the books must agree with them too.</summary>
public sealed class Recorder
{
    private readonly Lock _gate = new();
    private readonly List<Sample> _samples = [];
    private readonly List<DialogueEnd> _ends = [];
    private long _start;
    private int _running;

    /// <summary>Turns that nothing came back to while the patience lasted.</summary>
    public int Silent { get; private set; }

    public int Repeats { get; private set; }

    /// <summary>Dialogues begun since the clock started.</summary>
    public int Begun { get; private set; }

    public int Running => Volatile.Read(ref _running);

    public bool IsStarted => _start != 0;

    public double Seconds => _start == 0 ? 0 : Stopwatch.GetElapsedTime(_start).TotalSeconds;

    public void StartClock() => _start = Stopwatch.GetTimestamp();

    public void Begin()
    {
        Interlocked.Increment(ref _running);
        lock (_gate)
            if (IsStarted) Begun++;
    }

    public void Turn(TurnTime time)
    {
        if (!IsStarted || time.Meant < _start) return;
        lock (_gate)
        {
            if (time.Answered is null) Silent++;
            _samples.Add(new(
                Stopwatch.GetElapsedTime(_start, time.Meant).TotalSeconds, time.Step, time.Kind,
                time.Answered?.TotalMilliseconds ?? double.NaN, time.Acknowledged?.TotalMilliseconds ?? double.NaN));
        }
    }

    public void End(DialogueEnd end, int repeats = 0)
    {
        Interlocked.Decrement(ref _running);
        lock (_gate)
        {
            _ends.Add(end);
            Repeats += repeats;
        }
    }

    public (Sample[] Samples, DialogueEnd[] Ends) Taken()
    {
        lock (_gate) return ([.. _samples], [.. _ends]);
    }

    /// <summary>For the progress display: turns and ends so far, and the turns of the last seconds.</summary>
    public (int Turns, int Ended, int Wrong, Sample[] Latest) Glance(double lastSeconds)
    {
        lock (_gate)
        {
            var since = Seconds - lastSeconds;
            var from = _samples.Count;
            while (from > 0 && _samples.Count - from < 20_000 && _samples[from - 1].At > since - 5) from--;
            return (_samples.Count, _ends.Count, _ends.Count(e => e.Wrong is not null), [.. _samples[from..].Where(s => s.At >= since)]);
        }
    }
}
