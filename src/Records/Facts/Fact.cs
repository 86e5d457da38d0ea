using System.Text.Json.Serialization;

namespace OrleansGov.Records;

/// <summary>
/// Something that is true, on its way into the read models. Facts wait in the state of the grain that knows them until Records has them
/// durably; (stream, seq) makes a repeat harmless.
/// </summary>
/// <param name="Stream">Key of the grain: <c>r:…</c>, <c>c:…</c> or <c>b:…</c>.</param>
/// <param name="Seq">1, 2, 3 … in the stream.</param>
[GenerateSerializer, Immutable, Alias("fact")]
public sealed record Fact(string Stream, long Seq, DateTimeOffset At, FactBody Body);

/// <summary>What is true.</summary>
[GenerateSerializer, Immutable, Alias("fact-body")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Heard), "heard")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(Unsent), "unsent")]
[JsonDerivedType(typeof(Happened), "happened")]
[JsonDerivedType(typeof(CaseOpened), "case-opened")]
[JsonDerivedType(typeof(CaseChanged), "case-changed")]
[JsonDerivedType(typeof(BroadcastChanged), "broadcast-changed")]
public abstract record FactBody
{
    private FactBody() { }

    /// <summary>The resident said or sent something.</summary>
    /// <param name="What">text, tapped, photo, location, sticker, attachment, followed, unfollowed, unknown.</param>
    [GenerateSerializer, Immutable, Alias("fact.heard")]
    public sealed record Heard(string Town, string Channel, string What, string? Text, string? LineMessageId) : FactBody;

    /// <summary>The office said something.</summary>
    [GenerateSerializer, Immutable, Alias("fact.said")]
    public sealed record Said(string Town, string Channel, string Text) : FactBody;

    /// <summary>The resident took a message back: its text goes from every view.</summary>
    [GenerateSerializer, Immutable, Alias("fact.unsent")]
    public sealed record Unsent(string LineMessageId) : FactBody;

    /// <summary>Statistics of a run; no personal text.</summary>
    [GenerateSerializer, Immutable, Alias("fact.happened")]
    public sealed record Happened(string Town, string Channel, Happening What) : FactBody;

    /// <summary>A case was opened. Resource and day name the place booked, if any.</summary>
    /// <param name="Resident">Pseudonym, the conversation id of the API.</param>
    /// <param name="Summary">Non-personal answers in one line, such as ソファ ×1、机 ×2.</param>
    [GenerateSerializer, Immutable, Alias("fact.case-opened")]
    public sealed record CaseOpened(string Number, string Town, string Channel, string Resident, string ProcedureId, int Version, string Title, string Department, string CaseKind, string Status, string? Resource, DateOnly? Day, int? Fee, string Summary) : FactBody;

    /// <summary>A case changed; the values are those after the change.</summary>
    [GenerateSerializer, Immutable, Alias("fact.case-changed")]
    public sealed record CaseChanged(string Number, string Status, string? Resource, DateOnly? Day, int? Fee, string Summary, string What, string By) : FactBody;

    /// <summary>A broadcast as it stands; the whole of it, so that a later one replaces an earlier one.</summary>
    /// <param name="CreatedBy">As in the audit trail.</param>
    [GenerateSerializer, Immutable, Alias("fact.broadcast-changed")]
    public sealed record BroadcastChanged(
        string Id, string Town, string Channel, string? Title, string Text, string CreatedBy, DateTimeOffset CreatedAt, string Stage, int Revision,
        int Audience, int Sent, int Skipped, int Failed, int Uncertain) : FactBody
    {
        [Id(0)] public DateTimeOffset? StartedAt { get; init; }
        [Id(1)] public DateTimeOffset? EndedAt { get; init; }
        [Id(2)] public string? Reason { get; init; }
    }
}
