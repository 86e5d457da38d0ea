namespace OrleansGov.Contracts;

/// <summary>A talk as staff see it at this moment. What was said stands in Records; the rest is only here.</summary>
/// <param name="Conversation">The resident's pseudonym, the conversation id of the API.</param>
/// <param name="Department">Whose desk has the talk, or would get it; null when no department has to do with it.</param>
/// <param name="Procedure">The procedure in hand; null = none.</param>
/// <param name="LastPosition">Position of the newest line of the transcript; Records may lag behind by moments.</param>
/// <param name="LastHeard">Position of the resident's newest message; what a composer has seen is compared with it.</param>
/// <param name="Reachable">False: blocked, nothing arrives.</param>
[GenerateSerializer, Immutable, Alias("talk-view")]
public sealed record TalkView(string Town, string Channel, string Conversation, ControlView Control, string? Department, SuspendedView? Procedure, long LastPosition, long LastHeard, DateTimeOffset? LastHeardAt, bool Reachable)
{
    /// <summary>Departments that have to do with this resident: the desk's, the procedure's, those of open cases.</summary>
    [Id(0)] public ImmutableList<string> Departments { get; init; } = [];

    /// <summary>False where the department has switched takeover off.</summary>
    [Id(1)] public bool TakesOver { get; init; } = true;

    /// <summary>Whether the desk is open now.</summary>
    [Id(2)] public bool InHours { get; init; }
}

/// <summary>Who may speak, as staff see it.</summary>
/// <param name="Epoch">The ETag: goes into If-Match.</param>
/// <param name="OwnerAway">The owner's console has not been heard of for three minutes.</param>
/// <param name="CaseNumber">The case that is worked on, or was last.</param>
/// <param name="WaitingSince">Since when the resident waits for a person; null when nobody waits.</param>
/// <param name="UnansweredSince">The first word of the resident that no person has answered yet.</param>
/// <param name="BotContinues">The bot speaks although the resident is in the queue.</param>
/// <param name="CallbackBy">The day until which the resident was promised to hear from us.</param>
[GenerateSerializer, Immutable, Alias("control-view")]
public sealed record ControlView(
    ControlState State, int Epoch, DateTimeOffset? Since, string? Owner, string? OwnerName, bool OwnerAway, string? CaseNumber, bool CaseOpen, string? Reason,
    DateTimeOffset? WaitingSince, DateTimeOffset? UnansweredSince, bool BotContinues, DateOnly? CallbackBy);

/// <summary>Where a procedure stands.</summary>
/// <param name="Version">The version the run is pinned to.</param>
/// <param name="Step">Id of the question in hand; null = everything is answered and waits for confirmation.</param>
/// <param name="Question">Its words.</param>
/// <param name="Answers">What was answered, in asking order.</param>
[GenerateSerializer, Immutable, Alias("suspended-view")]
public sealed record SuspendedView(string Run, string ProcedureId, int Version, string Title, string? Step, string? Question, ImmutableList<AnswerView> Answers, DateTimeOffset Since);

/// <summary>One answer.</summary>
/// <param name="Text">Null when it is personal: the case shows it to those who may see it.</param>
[GenerateSerializer, Immutable, Alias("answer-view")]
public sealed record AnswerView(string Step, string Label, string? Text);

/// <summary>What became of a command, with the talk as it stands now.</summary>
/// <param name="Talk">Null when the talk does not exist for the caller.</param>
[GenerateSerializer, Immutable, Alias("control-answer")]
public sealed record ControlAnswer(ControlVerdict Verdict, TalkView? Talk)
{
    /// <summary>What is missing, for <see cref="ControlVerdict.Incomplete"/>: reason, result, tags, department, owner.</summary>
    [Id(0)] public string? Missing { get; init; }
}

/// <summary>Words of staff to the resident.</summary>
/// <param name="LastSeen">Position of the newest line the writer had on the screen; null = not checked.</param>
/// <param name="Acknowledge">Send although the resident wrote since, or although the text becomes several bubbles.</param>
/// <param name="Key">LINE's retry key, made once for the message: a repeat with the same key and words changes nothing.</param>
/// <param name="ContentIds">Our own ids of pictures to send after the words; at most 4.</param>
[GenerateSerializer, Immutable, Alias("staff-message")]
public sealed record StaffMessage(Actor By, int? IfEpoch, long? LastSeen, bool Acknowledge, Guid Key, string Text, ImmutableList<string> ContentIds)
{
    /// <summary>Tells the same words from others without keeping them.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Digest => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{By.Id}\n{string.Join(',', ContentIds)}\n{Text}")))[..32];
}

/// <summary>What became of the words.</summary>
/// <param name="Position">Of the line in the transcript; 0 unless accepted.</param>
[GenerateSerializer, Immutable, Alias("staff-say-answer")]
public sealed record StaffSayAnswer(StaffSayVerdict Verdict, long Position, TalkView? Talk)
{
    /// <summary>For <see cref="StaffSayVerdict.NewerMessages"/>: positions of the resident's messages since, oldest first, at most 20.</summary>
    [Id(0)] public ImmutableList<long> Newer { get; init; } = [];

    /// <summary>For <see cref="StaffSayVerdict.WouldSplit"/>: the bubbles as the resident will see them.</summary>
    [Id(1)] public ImmutableList<string> Bubbles { get; init; } = [];
}

public enum StaffSayVerdict
{
    /// <summary>Accepted: durable, on its way. What becomes of it is a fact of its own.</summary>
    Accepted,

    /// <summary>The same key and words again: accepted earlier.</summary>
    Repeated,

    /// <summary>The key was used for other words (422).</summary>
    KeyReused,

    /// <summary>404.</summary>
    NotVisible,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>Somebody else has the talk, or nobody (409 control/not-owner).</summary>
    NotOwner,

    /// <summary>412.</summary>
    Stale,

    /// <summary>428.</summary>
    PreconditionRequired,

    /// <summary>The resident wrote since (409 conversation/newer-messages).</summary>
    NewerMessages,

    /// <summary>LINE will show several bubbles: look first (409 conversation/would-split).</summary>
    WouldSplit,

    /// <summary>Nothing to say, or too much (422).</summary>
    Invalid,
}

/// <summary>A value that staff fill in for the question in hand; it counts when the resident has confirmed it.</summary>
/// <param name="Text">As if the resident had typed it.</param>
[GenerateSerializer, Immutable, Alias("staff-proposal")]
public sealed record StaffProposal(Actor By, int? IfEpoch, string Step, string Text);

/// <param name="Why">For <see cref="ProposalVerdict.Invalid"/>: what is wrong with the value, in Japanese.</param>
[GenerateSerializer, Immutable, Alias("proposal-answer")]
public sealed record ProposalAnswer(ProposalVerdict Verdict, string? Why, TalkView? Talk);

public enum ProposalVerdict
{
    Asked, NotVisible, Forbidden, NotOwner, Stale, PreconditionRequired,

    /// <summary>No such question is in hand (409).</summary>
    NotInHand,

    /// <summary>The question does not take this value (422).</summary>
    Invalid,
}

/// <param name="Done">False: there was nothing to erase.</param>
/// <param name="CaseNumber">The case that was being worked on; its skeleton stays.</param>
[GenerateSerializer, Immutable, Alias("erase-answer")]
public sealed record EraseAnswer(bool Done, string? CaseNumber);
