using OrleansGov.LocalLine.World;

namespace OrleansGov.Residents;

/// <summary>
/// A way of talking to the office. What the errand asks for next is read from the screen; a persona does that, or something of its own instead, and
/// says which ends are right for it. One object per resident; the same seed does the same.
/// </summary>
public abstract class Persona
{
    /// <summary>As scenario files spell it.</summary>
    public abstract string Name { get; }

    /// <summary>Times the pause of a steady resident.</summary>
    public virtual double Pace => 1;

    /// <summary>The next deed.</summary>
    public virtual Deed Decide(Moment now) => now.Natural;

    /// <summary>Whether a dialogue of this persona may end so: anything else is a failure of the office (or of the persona).</summary>
    public virtual bool MayEnd(Ending ending) => ending is Ending.Receipt or Ending.TurnedAway;
}

/// <summary>What a persona sees when it decides.</summary>
/// <param name="Natural">What the errand asks for next.</param>
/// <param name="Screen">The phone.</param>
/// <param name="Chance">The resident's own dice.</param>
public sealed record Moment(Deed Natural, ScreenView Screen, Random Chance)
{
    /// <summary>The question the errand would answer now.</summary>
    public string Step => Natural.Step;

    /// <summary>The office's newest words.</summary>
    public ScreenMessage? Newest => Screen.Messages.LastOrDefault(m => m.FromBot);

    public bool Hears(string words) => Newest?.Text.Contains(words, StringComparison.Ordinal) == true;

    /// <summary>What can be tapped in the office's newest message.</summary>
    public IReadOnlyList<string> Labels => Newest is { } newest ? [.. Reading.Actions(newest.Message).Select(a => a.Label)] : [];
}
