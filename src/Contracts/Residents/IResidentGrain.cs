namespace OrleansGov.Contracts;

/// <summary>One resident in one LINE channel: order, durability and doing. Key: <see cref="ResidentKey"/>.</summary>
[Alias("resident")]
public interface IResidentGrain : IWakeable
{
    /// <summary>One event of the resident's talk. Returns when the turn it caused is durable; a repeat of the same event id changes nothing.</summary>
    /// <exception cref="Exception">The turn was not stored: the caller must not tell LINE 200.</exception>
    [Alias("receive")]
    Task Receive(ResidentEvent received);

    /// <summary>What a one-time form shows. Reading never consumes the link.</summary>
    /// <returns>Null when the link is unknown, used or past its time.</returns>
    [Alias("look-at-form")]
    Task<FormView?> LookAtForm(string token);

    /// <summary>Fills the one-time form. Consumes the link only when every field is accepted.</summary>
    /// <param name="values">Raw words by field id.</param>
    [Alias("fill-form")]
    Task<FormResult> FillForm(string token, ImmutableDictionary<string, string> values);

    /// <summary>The talk as staff see it. Changes nothing; who may see it is the caller's question (<see cref="TalkView.Departments"/>).</summary>
    [Alias("look")]
    Task<TalkView> Look();

    /// <summary>A command of staff on who speaks (T3–T8). Returns when it is durable.</summary>
    [Alias("change")]
    Task<ControlAnswer> Change(ControlCommand command);

    /// <summary>Words of staff to the resident (C2, C3, C6). Accepted means durable, with the retry key, before LINE is called.</summary>
    [Alias("say")]
    Task<StaffSayAnswer> Say(StaffMessage message);

    /// <summary>A value that staff fill in for the question in hand (C11): the resident is asked to confirm it.</summary>
    [Alias("propose")]
    Task<ProposalAnswer> Propose(StaffProposal proposal);

    /// <summary>The owner's console is open (every 30 s); otherwise the owner is shown as away after three minutes. Nothing is stored by itself.</summary>
    /// <returns>False when the talk is not this person's.</returns>
    [Alias("attend")]
    Task<bool> Attend(string staff);

    /// <summary>Destroys everything that is known of the resident (T16). Two people have approved it. A later word begins anew.</summary>
    /// <param name="by">For the audit trail.</param>
    [Alias("erase")]
    Task<EraseAnswer> Erase(string by);
}

/// <summary>A grain that has something to do at a time of its own; see <see cref="IDue"/>.</summary>
public interface IWakeable : IGrainWithStringKey
{
    /// <summary>Does what is due: sends what is unsent, hands over unacknowledged facts, speaks what falls due. Harmless when nothing is.</summary>
    [Alias("wake")]
    Task Wake();
}

/// <summary>A stored state that knows when its grain must be woken. Storage keeps the value as an indexed column of the same row, written in the same transaction; sweepers read it.</summary>
public interface IDue
{
    /// <summary>Earliest instant at which <see cref="IWakeable.Wake"/> has something to do; null = nothing waits.</summary>
    DateTimeOffset? NextDue { get; }
}

/// <summary>An event of LINE's webhook that concerns one resident.</summary>
/// <param name="Channel">Name of the channel in configuration.</param>
/// <param name="LineUserId">Raw LINE user id: stays in the resident's state and in calls to LINE.</param>
/// <param name="EventId">webhookEventId, the only key of an event.</param>
/// <param name="OccurredAt">LINE's timestamp of the event.</param>
/// <param name="ReceivedAt">When our door took it; the reply token's minute starts here.</param>
/// <param name="ReplyToken">Null when the event carries none, or must not be answered (standby, dummy events).</param>
[GenerateSerializer, Immutable, Alias("resident-event")]
public sealed record ResidentEvent(
    string Channel,
    string LineUserId,
    string EventId,
    DateTimeOffset OccurredAt,
    DateTimeOffset ReceivedAt,
    string? ReplyToken,
    bool IsRedelivery,
    InboundMessage Message)
{
    /// <summary>Another system holds the talk (<c>mode: standby</c>): what is said is noted, and nothing follows from it.</summary>
    [Id(0)] public bool Standby { get; init; }
}

/// <summary>A one-time form as its page shows it.</summary>
[GenerateSerializer, Immutable, Alias("form-view")]
public sealed record FormView(string TownName, string Title, string Lead, ImmutableList<FormField> Fields, DateTimeOffset Until);

/// <summary>A field of a form.</summary>
/// <param name="Kind">Step kind: name, kana, phone, email, postal-code, text, paragraph, number, date, choice, address.</param>
/// <param name="Support">サポートテキスト under the label; may be null.</param>
/// <param name="Options">Value and label of a choice; empty otherwise.</param>
[GenerateSerializer, Immutable, Alias("form-field")]
public sealed record FormField(string Id, string Label, string Kind, string? Support, bool Required, int MaxLength, ImmutableList<FormOption> Options)
{
    /// <summary>What was answered last time, with the resident's consent; may be null.</summary>
    [Id(0)] public string? Prefill { get; init; }
}

[GenerateSerializer, Immutable, Alias("form-option")]
public sealed record FormOption(string Value, string Label);

/// <summary>What came of filling a form.</summary>
/// <param name="State">Saved; Invalid (see <paramref name="Errors"/>, nothing consumed); Gone (unknown, used or too late).</param>
/// <param name="Errors">Japanese sentences by field id.</param>
[GenerateSerializer, Immutable, Alias("form-result")]
public sealed record FormResult(FormState State, ImmutableDictionary<string, string> Errors);

public enum FormState { Saved, Invalid, Gone }
