using System.Text.Json.Serialization;
using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>
/// What a broadcast's grain keeps. Of a constant size: who is in the audience stands on the sheets (<see cref="BroadcastChunkState"/>), here only how far they are.
/// </summary>
[GenerateSerializer, Alias("broadcast-state")]
public sealed record BroadcastState : IDue
{
    [Id(0)] public BroadcastDraft? Draft { get; init; }

    /// <summary>The draft as LINE's messages, rendered once: a repeat after an upgrade must be the same bytes.</summary>
    [Id(1)] public string Messages { get; init; } = "";
    [Id(2)] public BroadcastStage Stage { get; init; }
    [Id(3)] public int Revision { get; init; }
    [Id(4)] public string? StartedBy { get; init; }
    [Id(5)] public DateTimeOffset? StartedAt { get; init; }
    [Id(6)] public DateTimeOffset? SendingAt { get; init; }
    [Id(7)] public string? StoppedBy { get; init; }
    [Id(8)] public DateTimeOffset? EndedAt { get; init; }
    [Id(9)] public string? Reason { get; init; }

    /// <summary>Sheets written: 0 … n-1.</summary>
    [Id(10)] public int Chunks { get; init; }

    /// <summary>The last pseudonym written down: freezing goes on after it.</summary>
    [Id(11)] public string? LastMember { get; init; }
    [Id(12)] public int Audience { get; init; }

    /// <summary>The next sheet to begin; those before it are open or dealt with.</summary>
    [Id(13)] public int NextChunk { get; init; }

    /// <summary>Begun and not dealt with; a handful.</summary>
    [Id(14)] public ImmutableList<BroadcastPage> Pages { get; init; } = [];
    [Id(15)] public BroadcastTally Tally { get; init; } = BroadcastTally.None;

    /// <summary>No call of this broadcast before then: LINE's rate, or a hold.</summary>
    [Id(16)] public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Nothing can be done before then; null = something can.</summary>
    [Id(17)] public DateTimeOffset? WaitsUntil { get; init; }
    [Id(18)] public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The sheets are gone.</summary>
    [Id(19)] public bool TornUp { get; init; }
    [Id(20)] public PendingFacts Facts { get; init; } = PendingFacts.None;

    [JsonIgnore]
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? work = Stage == BroadcastStage.Draft || (BroadcastLifecycle.IsOver(Stage) && TornUp) ? null : WaitsUntil ?? ChangedAt + PendingFacts.Grace;
            return work is null ? Facts.NextDue : Facts.NextDue is { } facts && facts < work ? facts : work;
        }
    }
}

/// <summary>What one multicast goes to: a sheet, or a part of one that LINE refused as a whole.</summary>
/// <param name="From">First place on the sheet.</param>
/// <param name="RetryKey">Stored before the first call and never changed: a repeat is harmless for a day.</param>
[GenerateSerializer, Immutable, Alias("broadcast-page")]
public sealed record BroadcastPage(int Chunk, int From, int Count, Guid RetryKey)
{
    /// <summary>Places on the sheet that are left out, decided before the first call: the same key must go to the same people.</summary>
    [Id(0)] public ImmutableList<int> Skips { get; init; } = [];
    [Id(1)] public SendHistory History { get; init; } = SendHistory.None;
    [Id(2)] public DateTimeOffset? NotBefore { get; init; }

    /// <summary>A call has been on its way since then. Found in a stored state: nobody knows what became of it.</summary>
    [Id(3)] public DateTimeOffset? CallingSince { get; init; }

    [JsonIgnore]
    public int Recipients => Count - Skips.Count;
}
