using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A timer of an activation; dies with it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>New due time and period; during a tick they count from the tick's end.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>When and how a grain timer ticks.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>When to tick first and how long to wait between the end of a tick and the next.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this() => (DueTime, Period) = (dueTime, period);

    /// <summary>Time to the first tick; infinite: never.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from the end of a tick to the next; infinite: once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether a tick may run while calls wait for something.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether ticks keep the activation from being collected.</summary>
    public bool KeepAlive { get; init; }
}
