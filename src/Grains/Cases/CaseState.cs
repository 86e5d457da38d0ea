using System.Text.Json.Serialization;

namespace OrleansGov.Grains;

/// <summary>One case, with the facts about it that Records does not have yet.</summary>
[GenerateSerializer, Alias("case-state")]
public sealed record CaseState : IDue
{
    [Id(0)] public CaseOpening? Opening { get; init; }

    /// <summary>Name of a <see cref="CaseStatus"/>.</summary>
    [Id(1)] public string Status { get; init; } = "";
    [Id(2)] public Answer.Slot? Slot { get; init; }
    [Id(3)] public int? Fee { get; init; }
    [Id(4)] public ImmutableSortedDictionary<string, Answer> Answers { get; init; } = ImmutableSortedDictionary<string, Answer>.Empty;
    [Id(5)] public ImmutableList<CaseEvent> History { get; init; } = [];

    /// <summary>Intents that have been carried out: a repeat changes nothing.</summary>
    [Id(6)] public ImmutableList<string> Done { get; init; } = [];
    [Id(7)] public PendingFacts Facts { get; init; } = PendingFacts.None;

    /// <summary>ETag: rises with every change.</summary>
    [Id(8)] public int Revision { get; init; }

    /// <summary>Whose it is now; null = still the opening's.</summary>
    [Id(9)] public string? Department { get; init; }
    [Id(10)] public string? Owner { get; init; }
    [Id(11)] public string? OwnerName { get; init; }
    [Id(12)] public ImmutableList<string> Labels { get; init; } = [];
    [Id(13)] public string? Result { get; init; }
    [Id(14)] public ImmutableList<string> Tags { get; init; } = [];
    [Id(15)] public DateOnly? CallbackBy { get; init; }

    /// <summary>Since when it is over (resolved, withdrawn, cancelled); null while it is not, and in states of before cases were archived.</summary>
    [Id(16)] public DateTimeOffset? OverSince { get; init; }

    /// <summary>Why nothing of it may be deleted.</summary>
    [Id(17)] public string? Hold { get; init; }

    /// <summary>The talk waits for a person or a person has it.</summary>
    [Id(18)] public bool AtWork { get; init; }

    [JsonIgnore]
    public DateTimeOffset? ReopenUntil => OverSince + CaseMachine.ReopenWindow;

    /// <summary>When it is archived; null = not by itself.</summary>
    [JsonIgnore]
    public DateTimeOffset? ArchiveDue => Status is "resolved" or "withdrawn" or "cancelled" ? ReopenUntil : null;

    [JsonIgnore]
    public DateTimeOffset? NextDue => Facts.NextDue is { } handOver && !(ArchiveDue < handOver) ? handOver : ArchiveDue;
}
