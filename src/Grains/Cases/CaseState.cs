namespace OrleansGov.Grains;

/// <summary>One case, with the facts about it that Records does not have yet.</summary>
[GenerateSerializer, Alias("case-state")]
public sealed record CaseState : IDue
{
    [Id(0)] public CaseOpening? Opening { get; init; }

    /// <summary><c>accepted</c>, <c>changed</c>, <c>cancelled</c>, <c>waiting</c>, <c>withdrawn</c>.</summary>
    [Id(1)] public string Status { get; init; } = "";
    [Id(2)] public Answer.Slot? Slot { get; init; }
    [Id(3)] public int? Fee { get; init; }
    [Id(4)] public ImmutableSortedDictionary<string, Answer> Answers { get; init; } = ImmutableSortedDictionary<string, Answer>.Empty;
    [Id(5)] public ImmutableList<CaseEvent> History { get; init; } = [];

    /// <summary>Intents that have been carried out: a repeat changes nothing.</summary>
    [Id(6)] public ImmutableList<string> Done { get; init; } = [];
    [Id(7)] public PendingFacts Facts { get; init; } = PendingFacts.None;

    public DateTimeOffset? NextDue => Facts.NextDue;
}
