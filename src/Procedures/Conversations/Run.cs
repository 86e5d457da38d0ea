namespace OrleansGov.Procedures;

/// <summary>
/// A procedure in progress. Where the resident stands is derived (the first step that applies and has no answer); what is stored is
/// the answers, the pinned version and, inside a step with several sub-questions, that step's draft.
/// </summary>
/// <param name="Id">Short, unique for the resident; derived from the event that began the run.</param>
[GenerateSerializer, Immutable, Alias("run")]
public sealed record Run(string Id, string ProcedureId, int Version, DateTimeOffset StartedAt)
{
    [Id(0)] public ImmutableSortedDictionary<string, Answer> Answers { get; init; } = ImmutableSortedDictionary<string, Answer>.Empty;

    /// <summary>Sub-state of the step in hand; null = its first question.</summary>
    [Id(1)] public StepDraft? Draft { get; init; }

    /// <summary>The step being corrected from the review card, or reached by 戻る; null = the first one without an answer.</summary>
    [Id(2)] public string? Correcting { get; init; }

    /// <summary>The step last asked and when: seconds per question, and what an old button may not answer.</summary>
    [Id(3)] public string? AskedStep { get; init; }
    [Id(4)] public DateTimeOffset AskedAt { get; init; }

    /// <summary>Answers in a row that could not be read.</summary>
    [Id(5)] public int Misses { get; init; }

    /// <summary>Steps in the order they were answered, for 戻る.</summary>
    [Id(6)] public ImmutableList<string> Trail { get; init; } = [];

    /// <summary>The case that this run changes; null = a new one.</summary>
    [Id(7)] public string? Amends { get; init; }

    /// <summary>Where the run is in its life.</summary>
    [Id(8)] public RunStage Stage { get; init; }

    [Id(9)] public DateTimeOffset LastWordAt { get; init; } = StartedAt;

    /// <summary>The slot of the amended case, given back only when the change is confirmed.</summary>
    [Id(10)] public Answer.Slot? AmendedSlot { get; init; }

    /// <summary>True while one answer is being corrected from the review: 戻る leads back there.</summary>
    [Id(11)] public bool FromReview { get; init; }

    /// <summary>How long after the last word a run is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);
}

/// <summary>Sub-state of a step that takes several words, such as a basket.</summary>
/// <param name="Stage">Named by the step; empty = its first question.</param>
[GenerateSerializer, Immutable, Alias("step-draft")]
public sealed record StepDraft(string Stage)
{
    [Id(0)] public ImmutableSortedDictionary<string, string> Values { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
    [Id(1)] public ImmutableList<BasketLine> Lines { get; init; } = [];
    [Id(2)] public ImmutableList<string> Candidates { get; init; } = [];
    [Id(3)] public ImmutableSortedDictionary<string, Answer> Fields { get; init; } = ImmutableSortedDictionary<string, Answer>.Empty;
    [Id(4)] public int Page { get; init; }

    public string? this[string key] => Values.GetValueOrDefault(key);
    public StepDraft With(string key, string value) => this with { Values = Values.SetItem(key, value) };
}
