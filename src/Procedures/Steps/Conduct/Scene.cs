namespace OrleansGov.Procedures;

/// <summary>Everything a step may look at while it asks or reads.</summary>
/// <param name="Draft">The step's sub-state; its first question when the stage is empty.</param>
/// <param name="EventId">Id of the event in hand: ids made in this turn derive from it.</param>
public sealed record Scene(Procedure Procedure, Run Run, Conversation Talk, Office Office, DateTimeOffset Now, string EventId, StepDraft Draft)
{
    public static readonly StepDraft Fresh = new("");

    public Phrases Say => Office.Town.Phrases;
    public string Language => Talk.Language;
    public DateOnly Today => Town.Today(Now);
    public BusinessDays Business => new(Office.Town.ClosedDays);
    public string In(Wording wording) => wording.In(Language);

    /// <summary>A button that answers <paramref name="step"/>.</summary>
    public Choice Tap(Step step, string label, string value) =>
        Choice.Tap(label, new TapData(TapData.Answer, Run.Id, step.Id, value).ToString());
}

/// <summary>What the resident gave to the step in hand.</summary>
/// <param name="text">Typed words, cleaned; null when something else was sent.</param>
/// <param name="tapped">Value of a button of this very step; null when typed.</param>
/// <param name="raw">The message itself.</param>
public sealed class StepInput(string? text, string? tapped, InboundMessage raw)
{
    private readonly string _said = JapaneseText.Fold(tapped ?? text ?? "");

    public string? Text => text;
    public string? Tapped => tapped;
    public InboundMessage Raw => raw;

    /// <summary>Whether the input says one of <paramref name="words"/>, tapped or typed.</summary>
    public bool Is(params ReadOnlySpan<string> words)
    {
        if (_said.Length == 0) return false;
        foreach (var word in words)
            if (_said == OfficeWords.Folded(word)) return true;
        return false;
    }
}

/// <summary>How a step asks: sentences, or first something it must know.</summary>
public abstract record Asking
{
    private Asking() { }

    public sealed record Saying(ImmutableList<Say> Says) : Asking;

    public sealed record Needing(Inquiry Inquiry) : Asking;

    /// <summary>The step is carried out rather than asked (handoff).</summary>
    public sealed record Doing(Intent Intent, Answer Answer) : Asking;

    public static Asking Words(string text, params ReadOnlySpan<Choice> choices) => choices.IsEmpty
        ? new Saying([new Say.Words(text)])
        : new Saying([new Say.Question(text, [.. choices])]);

    public static Asking Question(string text, ImmutableList<Choice> choices, ChoiceLook look = ChoiceLook.Quick) => choices.IsEmpty
        ? new Saying([new Say.Words(text)])
        : new Saying([new Say.Question(text, choices, look)]);
}

/// <summary>What a step made of an input.</summary>
public abstract record Reading
{
    private Reading() { }

    public sealed record Accepted(Answer Answer) : Reading
    {
        public ImmutableList<Intent> Intents { get; init; } = [];
    }

    /// <summary>Not an answer. The reason is said back and the question asked again; nothing is lost.</summary>
    public sealed record Declined(string Why) : Reading
    {
        /// <summary>True when the resident did nothing wrong (a day just filled up): not counted as a miss.</summary>
        public bool NoFault { get; init; }
    }

    /// <summary>The step goes on to another question of its own.</summary>
    public sealed record Moved(StepDraft Draft, string? Remark = null) : Reading
    {
        public ImmutableList<Intent> Intents { get; init; } = [];
    }

    /// <summary>Something must be known or held first.</summary>
    public sealed record Needing(Inquiry Inquiry, StepDraft Draft) : Reading;
}
