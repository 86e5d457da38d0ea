namespace OrleansGov.Procedures;

/// <summary>
/// Something the machine must know or hold before it can finish a turn. The grain performs it within the turn and feeds the
/// <see cref="Outcome"/> back; every inquiry is fast, idempotent and harmless if the turn is never written (a hold expires by itself).
/// </summary>
public abstract record Inquiry
{
    private Inquiry() { }

    /// <summary>How many places are left on these days? Answer: <see cref="Outcome.SlotsFound"/>.</summary>
    public sealed record FindSlots(string Resource, ImmutableList<SlotDay> Days) : Inquiry;

    /// <summary>Hold one place. Answer: <see cref="Outcome.SlotHeld"/> or <see cref="Outcome.SlotFull"/>.</summary>
    /// <param name="Hold">Same id, same place: a repeat holds nothing twice.</param>
    public sealed record HoldSlot(string Resource, SlotDay Day, string Hold, TimeSpan For) : Inquiry;

    /// <summary>Make a one-time form for the secret step in hand. Answer: <see cref="Outcome.FormMade"/>.</summary>
    public sealed record MakeForm(string Run, string Step) : Inquiry;

    /// <summary>Fetch a case of this resident, to change or show it. Answer: <see cref="Outcome.CaseFound"/> or <see cref="Outcome.CaseMissing"/>.</summary>
    public sealed record FetchCase(string Number) : Inquiry;
}

/// <summary>A day with the capacity the calendar gives it.</summary>
[GenerateSerializer, Immutable, Alias("slot-date")]
public sealed record SlotDay(DateOnly Date, int Capacity);

/// <summary>
/// Something to be done after the resident's state is durable. Idempotent by <see cref="Id"/>; carried out in order; the outcome comes
/// back as one more input, and only then is the result said.
/// </summary>
[GenerateSerializer, Immutable, Alias("intent")]
[System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[System.Text.Json.Serialization.JsonDerivedType(typeof(Submit), "submit")]
[System.Text.Json.Serialization.JsonDerivedType(typeof(Amend), "amend")]
[System.Text.Json.Serialization.JsonDerivedType(typeof(Cancel), "cancel")]
[System.Text.Json.Serialization.JsonDerivedType(typeof(ReleaseSlot), "release-slot")]
[System.Text.Json.Serialization.JsonDerivedType(typeof(FetchPhoto), "fetch-photo")]
[System.Text.Json.Serialization.JsonDerivedType(typeof(DropPhoto), "drop-photo")]
[System.Text.Json.Serialization.JsonDerivedType(typeof(RequestStaff), "request-staff")]
[System.Text.Json.Serialization.JsonDerivedType(typeof(FollowCase), "follow-case")]
[System.Text.Json.Serialization.JsonDerivedType(typeof(TellDesk), "tell-desk")]
public abstract record Intent
{
    private Intent() { }

    /// <summary>Unique for the resident; the same intent repeated has no further effect.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Confirm the slot (if any), open a case. Outcome: <see cref="Outcome.Submitted"/> or <see cref="Outcome.SlotLost"/>.</summary>
    [GenerateSerializer, Immutable, Alias("intent.submit")]
    public sealed record Submit(string Run, string ProcedureId, int Version, string Title, string Department, string Prefix, Answer.Slot? Slot, int? Fee, ImmutableSortedDictionary<string, Answer> Answers) : Intent;

    /// <summary>Change a case: confirm the new slot if it moved, write the case, then give the old slot back. Outcome: <see cref="Outcome.Amended"/>, <see cref="Outcome.SlotLost"/> or <see cref="Outcome.Refused"/>.</summary>
    [GenerateSerializer, Immutable, Alias("intent.amend")]
    public sealed record Amend(string Run, string Number, Answer.Slot? NewSlot, Answer.Slot? OldSlot, int? Fee, ImmutableSortedDictionary<string, Answer> Answers) : Intent;

    /// <summary>Cancel a case and give its slot back. Outcome: <see cref="Outcome.Cancelled"/> or <see cref="Outcome.Refused"/>.</summary>
    [GenerateSerializer, Immutable, Alias("intent.cancel")]
    public sealed record Cancel(string Number) : Intent;

    /// <summary>Give back a hold that is no longer wanted. No outcome.</summary>
    [GenerateSerializer, Immutable, Alias("intent.release-slot")]
    public sealed record ReleaseSlot(Answer.Slot Slot) : Intent;

    /// <summary>Fetch a picture from LINE into our store. No outcome unless it fails for good.</summary>
    [GenerateSerializer, Immutable, Alias("intent.fetch-photo")]
    public sealed record FetchPhoto(string MessageId, string ContentId) : Intent;

    /// <summary>The resident took a message back: if it was a picture, our copy goes, and does not come later. No outcome.</summary>
    [GenerateSerializer, Immutable, Alias("intent.drop-photo")]
    public sealed record DropPhoto(string ContentId) : Intent;

    /// <summary>Open a consultation case for a desk. Outcome: <see cref="Outcome.StaffRequested"/>.</summary>
    [GenerateSerializer, Immutable, Alias("intent.request-staff")]
    public sealed record RequestStaff(string Department, string Reason, string? ProcedureId, ImmutableSortedDictionary<string, Answer> Answers) : Intent;

    /// <summary>The control moved, and the case follows. Idempotent by the epoch. No outcome.</summary>
    [GenerateSerializer, Immutable, Alias("intent.follow-case")]
    public sealed record FollowCase(string Number, ControlTrigger Trigger, int Epoch, DateTimeOffset At, string By, string Department) : Intent
    {
        [Id(0)] public string? Owner { get; init; }
        [Id(1)] public string? OwnerName { get; init; }
        [Id(2)] public string? Reason { get; init; }
        [Id(3)] public string? Result { get; init; }
        [Id(4)] public ImmutableList<string> Tags { get; init; } = [];
        [Id(5)] public bool WorkLeft { get; init; }
        [Id(6)] public DateOnly? CallbackBy { get; init; }
    }

    /// <summary>The desk learns who waits and who is served. Idempotent by the epoch. No outcome.</summary>
    [GenerateSerializer, Immutable, Alias("intent.tell-desk")]
    public sealed record TellDesk(string Department, int Epoch, DeskPlace Place, DateTimeOffset At, DateTimeOffset? WaitingSince, string? CaseNumber, string? Owner) : Intent;
}

/// <summary>What came of an inquiry or an intent: one more input of the machine.</summary>
public abstract record Outcome
{
    private Outcome() { }

    public sealed record SlotsFound(ImmutableList<SlotLeft> Days) : Outcome;
    public sealed record SlotHeld(Answer.Slot Slot) : Outcome;
    public sealed record SlotFull(DateOnly Date) : Outcome;
    public sealed record FormMade(string Path, DateTimeOffset Until) : Outcome;
    public sealed record CaseFound(CaseDetail Case) : Outcome;
    public sealed record CaseMissing(string Number) : Outcome;

    public sealed record Submitted(string Run, string Number) : Outcome;
    public sealed record SlotLost(string Run, DateOnly Date) : Outcome;
    public sealed record Amended(string Run, string Number) : Outcome;
    public sealed record Cancelled(string Number) : Outcome;

    /// <summary>The case no longer allows it (closed by staff meanwhile).</summary>
    public sealed record Refused(string Number) : Outcome;

    /// <summary>The consultation case is open.</summary>
    /// <param name="Department">Whose desk; empty = the town's first.</param>
    /// <param name="Ahead">Residents who wait already; null = nobody asked the desk.</param>
    /// <param name="Estimate">Null = nobody can say.</param>
    public sealed record StaffRequested(string Number, string Department = "", string Reason = "", int? Ahead = null, TimeSpan? Estimate = null) : Outcome;
}

/// <summary>Places left on a day.</summary>
[GenerateSerializer, Immutable, Alias("slot-left")]
public sealed record SlotLeft(DateOnly Date, int Capacity, int Left);

/// <summary>A case as its resident may see it.</summary>
[GenerateSerializer, Immutable, Alias("case-detail")]
public sealed record CaseDetail(string Number, string ProcedureId, int Version, string Status, Answer.Slot? Slot, int? Fee, ImmutableSortedDictionary<string, Answer> Answers);
