namespace OrleansGov.Contracts;

/// <summary>One application, report or consultation. Key: <c>c:{town}/{number}</c>.</summary>
[Alias("case")]
public interface ICaseGrain : IWakeable
{
    /// <summary>Opens the case. Idempotent by <see cref="CaseOpening.Intent"/>.</summary>
    /// <returns>False when the number already belongs to another intent: try another number.</returns>
    [Alias("open")]
    Task<bool> Open(CaseOpening opening);

    /// <summary>The case as its resident may see it; null when it does not exist or belongs to somebody else.</summary>
    [Alias("look")]
    Task<CaseDetail?> Look(string resident);

    /// <summary>Replaces the answers after a change by the resident. Idempotent by intent.</summary>
    /// <returns>False when the case no longer allows it.</returns>
    [Alias("amend")]
    Task<bool> Amend(string intent, string resident, Answer.Slot? slot, int? fee, ImmutableSortedDictionary<string, Answer> answers);

    /// <summary>Cancels by the resident. Idempotent by intent.</summary>
    /// <returns>Whether the case is cancelled now, and the slot to give back.</returns>
    [Alias("cancel")]
    Task<CancelResult> Cancel(string intent, string resident);

    /// <summary>Who speaks to the resident changed, and the case follows (takeover.md §5). Idempotent by (conversation, epoch).</summary>
    [Alias("follow")]
    Task Follow(CaseMove move);

    /// <summary>The case for staff. Who may see it is the caller's question.</summary>
    [Alias("look-as-staff")]
    Task<StaffCase?> LookAsStaff();

    /// <summary>A command of staff. Returns when it is durable.</summary>
    [Alias("change")]
    Task<CaseAnswer> Change(CaseCommand command);

    /// <summary>Destroys the content (T16): number, department, dates and result stay. Two people have approved it.</summary>
    /// <param name="by">Staff id, for the history.</param>
    /// <returns>Our ids of the pictures that were answers: they are to be deleted too.</returns>
    [Alias("erase")]
    Task<ImmutableList<string>> Erase(string by);
}

/// <summary>What opens a case.</summary>
[GenerateSerializer, Immutable, Alias("case-opening")]
public sealed record CaseOpening(
    string Intent,
    string Resident,
    string Channel,
    string ProcedureId,
    int Version,
    string Title,
    string Department,
    CaseKind Kind,
    DateTimeOffset At,
    Answer.Slot? Slot,
    int? Fee,
    ImmutableSortedDictionary<string, Answer> Answers)
{
    /// <summary>Why a person is wanted; null for applications.</summary>
    [Id(0)] public string? Reason { get; init; }

    /// <summary>Position of the resident's newest line when a person was wanted: the last 20 lines up to there led to it.</summary>
    [Id(1)] public long? UpTo { get; init; }
}

/// <summary>A change of control as the case sees it.</summary>
/// <param name="Conversation">The resident's grain key.</param>
/// <param name="Trigger">RequestStaff…EngineFailure: what moved the control.</param>
/// <param name="By">Staff id, <c>resident</c> or <c>system</c>.</param>
/// <param name="Department">Whose desk it is afterwards.</param>
[GenerateSerializer, Immutable, Alias("case-move")]
public sealed record CaseMove(string Conversation, int Epoch, ControlTrigger Trigger, DateTimeOffset At, string By, string Department)
{
    /// <summary>Who has the talk afterwards; null = nobody.</summary>
    [Id(0)] public string? Owner { get; init; }
    [Id(1)] public string? OwnerName { get; init; }
    [Id(2)] public string? Reason { get; init; }

    /// <summary>Result code of T8.</summary>
    [Id(3)] public string? Result { get; init; }
    [Id(4)] public ImmutableList<string> Tags { get; init; } = [];

    /// <summary>T7 with something left to do for the office.</summary>
    [Id(5)] public bool WorkLeft { get; init; }

    /// <summary>T11: the day until which the resident was promised to hear from us.</summary>
    [Id(6)] public DateOnly? CallbackBy { get; init; }
}

public enum CaseKind { Application, Consultation }

[GenerateSerializer, Immutable, Alias("cancel-result")]
public sealed record CancelResult(bool Cancelled, Answer.Slot? Slot);

/// <summary>A case with everything staff of its department may see. Notes stand in Records.</summary>
/// <param name="Opening">What it was opened with; slot, fee and answers are those of now.</param>
/// <param name="History">Oldest first; at most the newest 200, Records has all of it.</param>
[GenerateSerializer, Immutable, Alias("staff-case")]
public sealed record StaffCase(string Number, string Town, CaseOpening Opening, string Status, ImmutableList<CaseEvent> History)
{
    /// <summary>ETag.</summary>
    [Id(0)] public int Revision { get; init; }

    /// <summary>Whose it is now.</summary>
    [Id(1)] public string Department { get; init; } = "";

    /// <summary>Staff id of whoever works on it.</summary>
    [Id(2)] public string? Owner { get; init; }
    [Id(3)] public string? OwnerName { get; init; }
    [Id(4)] public ImmutableList<string> Labels { get; init; } = [];

    /// <summary>Result code.</summary>
    [Id(5)] public string? Result { get; init; }
    [Id(6)] public ImmutableList<string> Tags { get; init; } = [];

    /// <summary>The day until which the resident was promised to hear from us.</summary>
    [Id(7)] public DateOnly? CallbackBy { get; init; }

    /// <summary>Until when it can be opened again; null unless it is over.</summary>
    [Id(8)] public DateTimeOffset? ReopenUntil { get; init; }

    /// <summary>Why nothing of it may be deleted; null when it may.</summary>
    [Id(9)] public string? Hold { get; init; }

    /// <summary>The talk waits for a person or a person has it: status and department are changed there.</summary>
    [Id(10)] public bool AtWork { get; init; }
}

/// <summary>A line of a case's history.</summary>
/// <param name="What">opened, waiting, assigned, released, moved, pendingResident, pendingInternal, resolved, callbackPromised, withdrawn, reopened, archived, changed, cancelled, labelled, noted, held, erased.</param>
/// <param name="By">Staff id, <c>resident</c> or <c>system</c>.</param>
[GenerateSerializer, Immutable, Alias("case-event")]
public sealed record CaseEvent(DateTimeOffset At, string What, string By)
{
    [Id(0)] public string? ByName { get; init; }

    /// <summary>What it was about, no personal text: the departments of a move, the result code, the promised day, the labels.</summary>
    [Id(1)] public string? Detail { get; init; }
}

public static class CaseKey
{
    public static string For(string town, string number) => $"c:{town}/{number}";

    /// <summary>Town and number of a key.</summary>
    public static (string Town, string Number) Split(string key)
    {
        var slash = key.LastIndexOf('/');
        return slash > 2 && key.StartsWith("c:", StringComparison.Ordinal) ? (key[2..slash], key[(slash + 1)..]) : throw new FormatException($"'{key}' is no case key.");
    }
}
