using System.Text.Json.Serialization;

namespace OrleansGov.Procedures;

/// <summary>Everything the office remembers of a talk with one resident. Immutable; <see cref="Dialogue"/> moves it from turn to turn.</summary>
[GenerateSerializer, Immutable, Alias("conversation")]
public sealed record Conversation
{
    public static readonly Conversation New = new();

    /// <summary>Who may speak.</summary>
    [Id(0)] public Control Control { get; init; } = Control.Start;

    /// <summary>The procedure in hand.</summary>
    [Id(1)] public Run? Active { get; init; }

    /// <summary>Procedures interrupted by another one, the latest last.</summary>
    [Id(2)] public ImmutableList<Run> Suspended { get; init; } = [];

    /// <summary>A yes/no of ours that waits for its answer, such as やめますか?</summary>
    [Id(3)] public OpenQuestion? Open { get; init; }

    /// <summary>The resident's cases, the latest last.</summary>
    [Id(4)] public ImmutableList<CaseSummary> Cases { get; init; } = [];

    /// <summary>Messages of ours that fall due.</summary>
    [Id(5)] public ImmutableList<DueMessage> Due { get; init; } = [];

    /// <summary>False after unfollow: nothing is pushed.</summary>
    [Id(6)] public bool Reachable { get; init; } = true;

    [Id(7)] public string Language { get; init; } = "ja";

    /// <summary>Answers kept for next time, by profile key; only those the resident agreed to.</summary>
    [Id(8)] public ImmutableSortedDictionary<string, Answer> Profile { get; init; } = ImmutableSortedDictionary<string, Answer>.Empty;

    /// <summary>When the resident last said anything.</summary>
    [Id(9)] public DateTimeOffset? LastWordAt { get; init; }

    /// <summary>Timestamp of the youngest event that was fed to the dialogue: a late first copy of an older one is not.</summary>
    [Id(10)] public DateTimeOffset? YoungestEventAt { get; init; }

    /// <summary>Intents whose outcome has not come back: what they will do is not offered again.</summary>
    [Id(11)] public ImmutableList<string> Awaiting { get; init; } = [];

    /// <summary>Counts intents and due messages, so that their ids never repeat.</summary>
    [Id(12)] public int Counter { get; init; }

    /// <summary>The last button and when: a double tap is one tap.</summary>
    [Id(13)] public string? LastTap { get; init; }
    [Id(14)] public DateTimeOffset? LastTapAt { get; init; }

    /// <summary>The run finished last: its buttons are answered by silence, not by "that button is old".</summary>
    [Id(15)] public string? LastDone { get; init; }

    /// <summary>When the dialogue has something to do by itself: a message that falls due, or a forgotten run to let go.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? next = Active is { } run ? run.LastWordAt + Run.Kept : null;
            foreach (var due in Due) if (next is null || due.At < next) next = due.At;
            if (Control.Handoff is { } handoff)
                foreach (var timer in handoff.Timers) if (next is null || timer.At < next) next = timer.At;
            foreach (var other in Suspended) if (next is null || other.LastWordAt + Run.Kept < next) next = other.LastWordAt + Run.Kept;
            return next;
        }
    }
}

/// <summary>A yes/no of ours.</summary>
/// <param name="About">What it asks, such as <c>quit</c>, <c>restart</c>, <c>resume</c>, <c>switch</c>, <c>cancel-case</c>, <c>satisfaction</c>.</param>
/// <param name="Subject">Procedure id, run id or case number.</param>
[GenerateSerializer, Immutable, Alias("open-question")]
public sealed record OpenQuestion(string About, string Subject);

/// <summary>A case in the resident's own list.</summary>
/// <param name="Status"><c>accepted</c>, <c>changed</c>, <c>cancelled</c>, <c>done</c>, <c>waiting</c>.</param>
[GenerateSerializer, Immutable, Alias("case-summary")]
public sealed record CaseSummary(string Number, string ProcedureId, int Version, string Title, string Status, DateTimeOffset OpenedAt, DateOnly? Day, int? Fee)
{
    /// <summary>What it is about, in words that are not personal; null = nothing to show.</summary>
    [Id(0)] public string? About { get; init; }
}

/// <summary>A message of ours that falls due, such as the reminder of the day before.</summary>
[GenerateSerializer, Immutable, Alias("due-message")]
public sealed record DueMessage(string Id, DateTimeOffset At, string Text, string? CaseNumber);

/// <summary>One input of the dialogue with what the machine may know about the moment.</summary>
/// <param name="EventId">webhookEventId: run and hold ids derive from it, so the same input gives the same turn.</param>
/// <param name="At">When it happened at LINE.</param>
public sealed record Heard(InboundMessage Message, string EventId, DateTimeOffset At);

/// <summary>What the dialogue decided. If <see cref="Inquiry"/> is set the turn is unfinished: perform it and hand the outcome to <see cref="Dialogue.Continue"/>.</summary>
public sealed record Turn(Conversation Next)
{
    /// <summary>Everything said in the turn, also before an inquiry; a continued turn carries on the list.</summary>
    public ImmutableList<Utterance> Says { get; init; } = [];
    public Inquiry? Inquiry { get; init; }

    /// <summary>A sentence waiting for the question it leads into; only while an inquiry is open.</summary>
    public string? Lead { get; init; }

    /// <summary>The event that the turn answers: ids made while it goes on derive from it.</summary>
    public string EventId { get; init; } = "";
    public ImmutableList<Intent> Intents { get; init; } = [];
    public ImmutableList<Happening> Happenings { get; init; } = [];

    /// <summary>Changes of control, in order.</summary>
    public ImmutableList<ControlChange> Changes { get; init; } = [];

    /// <summary>What staff should look at: <c>waiting-long</c>, <c>reply-late</c>, <c>unreachable</c>, <c>reachable</c>, <c>proposal-confirmed</c>, <c>proposal-refused</c>.</summary>
    public ImmutableList<string> Alerts { get; init; } = [];

    /// <summary>What the bot would have said while somebody else speaks.</summary>
    public ImmutableList<string> Unsaid { get; init; } = [];

    /// <summary>The name under which it is said; null = the account's.</summary>
    public string? Sender { get; init; }
}

/// <summary>One change of control, for whoever follows it.</summary>
/// <param name="By">Staff id, <c>resident</c> or <c>system</c>.</param>
/// <param name="FormerDepartment">Whose desk it was before; null = nobody's.</param>
public sealed record ControlChange(ControlTrigger Trigger, ControlState From, Control Control, string By, string? FormerOwner, string? FormerDepartment);

/// <summary>One thing said, and how much it matters that it arrives (line.md §4).</summary>
/// <param name="System">Belongs to a change of control: said although the bot keeps quiet.</param>
public sealed record Utterance(Say Say, Importance Importance = Importance.Chatter, bool System = false);

/// <summary>Chatter is repeated on the next word if its fate is unknown; what must arrive is pushed.</summary>
public enum Importance { Chatter, MustArrive }

/// <summary>Something that happened in a turn, for statistics and the transcript: never personal text.</summary>
/// <param name="What"><c>run-started</c>, <c>step-answered</c>, <c>step-missed</c>, <c>run-completed</c>, <c>run-cancelled</c>, <c>run-suspended</c>, <c>run-resumed</c>, <c>satisfaction</c>, <c>control</c>.</param>
[GenerateSerializer, Immutable, Alias("happening")]
public sealed record Happening(string What, string? ProcedureId = null, int? Version = null, string? Run = null, string? Step = null, int? Milliseconds = null, string? Detail = null);
