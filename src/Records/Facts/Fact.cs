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
[JsonDerivedType(typeof(CaseNoted), "case-noted")]
[JsonDerivedType(typeof(CaseErased), "case-erased")]
[JsonDerivedType(typeof(BroadcastChanged), "broadcast-changed")]
[JsonDerivedType(typeof(ControlChanged), "control-changed")]
[JsonDerivedType(typeof(StaffSaid), "staff-said")]
[JsonDerivedType(typeof(Delivered), "delivered")]
[JsonDerivedType(typeof(Suppressed), "suppressed")]
[JsonDerivedType(typeof(Alerted), "alerted")]
[JsonDerivedType(typeof(Erased), "erased")]
public abstract record FactBody
{
    private FactBody() { }

    /// <summary>The resident said or sent something.</summary>
    /// <param name="What">text, tapped, photo, location, sticker, attachment, followed, unfollowed, unknown.</param>
    [GenerateSerializer, Immutable, Alias("fact.heard")]
    public sealed record Heard(string Town, string Channel, string What, string? Text, string? LineMessageId) : FactBody
    {
        /// <summary>Our own id of the picture, film, sound or file; its bytes may still be on their way.</summary>
        [Id(0)] public string? ContentId { get; init; }

        /// <summary>Name of a file, package and number of a sticker, data of a button: as the resident's phone says, hostile.</summary>
        [Id(1)] public string? Detail { get; init; }

        /// <summary>WGS 84 degrees of a location.</summary>
        [Id(2)] public double? Latitude { get; init; }
        [Id(3)] public double? Longitude { get; init; }

        /// <summary>A person has the talk or is waited for: whoever watches is told.</summary>
        [Id(4)] public bool Attended { get; init; }
    }

    /// <summary>The office said something.</summary>
    [GenerateSerializer, Immutable, Alias("fact.said")]
    public sealed record Said(string Town, string Channel, string Text) : FactBody
    {
        /// <summary><c>bot</c>, or <c>system</c> for the sentences that belong to a change of control.</summary>
        [Id(0)] public string Author { get; init; } = "bot";
    }

    /// <summary>The resident took a message back: its text goes from every view.</summary>
    [GenerateSerializer, Immutable, Alias("fact.unsent")]
    public sealed record Unsent(string LineMessageId) : FactBody
    {
        /// <summary>Null in facts of before there was a feed.</summary>
        [Id(0)] public string? Town { get; init; }
    }

    /// <summary>Statistics of a run; no personal text.</summary>
    [GenerateSerializer, Immutable, Alias("fact.happened")]
    public sealed record Happened(string Town, string Channel, Happening What) : FactBody;

    /// <summary>A case was opened. Resource and day name the place booked, if any.</summary>
    /// <param name="Resident">Pseudonym, the conversation id of the API.</param>
    /// <param name="Summary">Non-personal answers in one line, such as ソファ ×1、机 ×2.</param>
    [GenerateSerializer, Immutable, Alias("fact.case-opened")]
    public sealed record CaseOpened(string Number, string Town, string Channel, string Resident, string ProcedureId, int Version, string Title, string Department, string CaseKind, string Status, string? Resource, DateOnly? Day, int? Fee, string Summary) : FactBody
    {
        /// <summary>Why a person is wanted; null for applications.</summary>
        [Id(0)] public string? Reason { get; init; }
    }

    /// <summary>A case changed; the values are those after the change.</summary>
    [GenerateSerializer, Immutable, Alias("fact.case-changed")]
    public sealed record CaseChanged(string Number, string Status, string? Resource, DateOnly? Day, int? Fee, string Summary, string What, string By) : FactBody
    {
        /// <summary>After the change; null in facts of before cases could move.</summary>
        [Id(0)] public string? Department { get; init; }

        /// <summary>Whose it was before, when it moved; null otherwise.</summary>
        [Id(1)] public string? FormerDepartment { get; init; }

        /// <summary>Name of who did it; null for the resident and the system.</summary>
        [Id(2)] public string? ByName { get; init; }

        /// <summary>What it was about; no personal text.</summary>
        [Id(3)] public string? Detail { get; init; }

        /// <summary>Staff id of whoever works on it.</summary>
        [Id(4)] public string? Owner { get; init; }
        [Id(5)] public string? OwnerName { get; init; }
        [Id(6)] public ImmutableList<string> Labels { get; init; } = [];
        [Id(7)] public string? Result { get; init; }
        [Id(8)] public ImmutableList<string> Tags { get; init; } = [];
        [Id(9)] public DateOnly? CallbackBy { get; init; }

        /// <summary>Why nothing of it may be deleted.</summary>
        [Id(10)] public string? Hold { get; init; }

        /// <summary>ETag; 0 in facts of before cases had one.</summary>
        [Id(11)] public int Revision { get; init; }

        /// <summary>Since when it is over.</summary>
        [Id(12)] public DateTimeOffset? OverSince { get; init; }
    }

    /// <summary>Staff wrote a note on a case, for themselves.</summary>
    /// <param name="Note">Id of the note.</param>
    /// <param name="Resident">Pseudonym.</param>
    /// <param name="By">Staff id.</param>
    [GenerateSerializer, Immutable, Alias("fact.case-noted")]
    public sealed record CaseNoted(string Number, string Note, string Resident, string By, string ByName, string Text) : FactBody;

    /// <summary>A case's content was destroyed: its skeleton stays.</summary>
    [GenerateSerializer, Immutable, Alias("fact.case-erased")]
    public sealed record CaseErased(string Number, string By) : FactBody;

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

    /// <summary>Who may speak changed (T1–T17). The whole of it, so that a later one replaces an earlier one.</summary>
    /// <param name="Epoch">After the change.</param>
    /// <param name="Trigger">Name of the trigger, such as Take.</param>
    /// <param name="From">State before, such as Queued.</param>
    /// <param name="To">State after.</param>
    /// <param name="By">Staff id, <c>resident</c> or <c>system</c>.</param>
    [GenerateSerializer, Immutable, Alias("fact.control-changed")]
    public sealed record ControlChanged(
        string Town, string Channel, int Epoch, string Trigger, string From, string To, string? Owner, string? OwnerName, string? Department, string? CaseNumber,
        string? Reason, DateTimeOffset? WaitingSince, string By) : FactBody
    {
        /// <summary>The bot speaks although the resident is in the queue.</summary>
        [Id(0)] public bool BotContinues { get; init; }

        /// <summary>The case still wants something of the office.</summary>
        [Id(1)] public bool CaseOpen { get; init; }
        [Id(2)] public DateOnly? CallbackBy { get; init; }

        /// <summary>Whoever had the talk before; differs from the owner after T5.</summary>
        [Id(3)] public string? FormerOwner { get; init; }

        /// <summary>Whose desk it was before; differs from the department when the talk moved.</summary>
        [Id(4)] public string? FormerDepartment { get; init; }
    }

    /// <summary>A person said something. The fact's number is the line's position.</summary>
    /// <param name="By">Staff id.</param>
    /// <param name="Shown">The name the resident sees, such as 環境課 職員.</param>
    /// <param name="ContentIds">Pictures sent with it.</param>
    [GenerateSerializer, Immutable, Alias("fact.staff-said")]
    public sealed record StaffSaid(string Town, string Channel, string By, string ByName, string Shown, string Text, ImmutableList<string> ContentIds, Guid Key) : FactBody;

    /// <summary>What became of a line that a person wrote.</summary>
    /// <param name="Position">Of the line.</param>
    /// <param name="Outcome"><c>sent</c>, <c>failed</c>, <c>unknown</c> (a person decides), <c>undeliverable</c> (blocked).</param>
    /// <param name="Detail">LINE's own words for a failure; null otherwise.</param>
    [GenerateSerializer, Immutable, Alias("fact.delivered")]
    public sealed record Delivered(string Town, string Channel, long Position, string Outcome, string? Detail) : FactBody;

    /// <summary>送信されなかったボットの返答: the bot had composed it, and somebody else spoke before it left.</summary>
    /// <param name="Position">Of the line that was noted when it was composed.</param>
    /// <param name="Why"><c>overtaken</c>.</param>
    [GenerateSerializer, Immutable, Alias("fact.suppressed")]
    public sealed record Suppressed(string Town, string Channel, long Position, string Text, string Why) : FactBody;

    /// <summary>Staff should look.</summary>
    /// <param name="What"><c>waiting-long</c> (the lead), <c>reply-late</c> (the owner), <c>unreachable</c>, <c>reachable</c>.</param>
    [GenerateSerializer, Immutable, Alias("fact.alerted")]
    public sealed record Alerted(string Town, string Channel, int Epoch, string What, string Department, string? Owner, string? CaseNumber) : FactBody;

    /// <summary>The resident was erased (T16): every earlier fact of this stream goes from every view.</summary>
    [GenerateSerializer, Immutable, Alias("fact.erased")]
    public sealed record Erased(string Town, string Channel, string By) : FactBody;
}
