namespace OrleansGov.Residents;

/// <summary>What a person does next.</summary>
public abstract record Deed
{
    public sealed record Say(string Words) : Deed;

    public sealed record Tap(string Label) : Deed;

    public sealed record FillForm(Uri Link) : Deed;

    public sealed record SendSticker : Deed;

    public sealed record SendPhoto : Deed;

    /// <summary>Blocks the office and unblocks it after a while: the office greets and asks again.</summary>
    public sealed record BlockAWhile : Deed;

    /// <summary>Blocks the office for good.</summary>
    public sealed record Block : Deed;

    /// <summary>Only waits: more is about to be said.</summary>
    public sealed record Listen : Deed;

    /// <summary>Puts the phone away.</summary>
    public sealed record Leave(Ending Ending) : Deed;

    /// <summary>Done once more within milliseconds, as impatient fingers do.</summary>
    public bool Twice { get; init; }

    /// <summary>The question it answers: where times are reported.</summary>
    public string Step { get; init; } = "";

    /// <summary>The kind of turn: where times are reported too.</summary>
    public string Kind => this switch
    {
        Say => "text",
        Tap => "tap",
        FillForm => "form",
        SendSticker => "sticker",
        SendPhoto => "photo",
        BlockAWhile or Block => "block",
        _ => "none",
    };
}

/// <summary>How a dialogue ended.</summary>
public enum Ending
{
    /// <summary>The stop that was asked for (a test's), or none yet.</summary>
    Open,

    /// <summary>With a receipt.</summary>
    Receipt,

    /// <summary>With a receipt, and another day afterwards.</summary>
    Changed,

    /// <summary>With a receipt, and the booking cancelled afterwards.</summary>
    Cancelled,

    /// <summary>Only wanted to say something, and was answered.</summary>
    Answered,

    /// <summary>No day with a place left: the office said so.</summary>
    TurnedAway,

    /// <summary>Went away in the middle.</summary>
    Left,
}
