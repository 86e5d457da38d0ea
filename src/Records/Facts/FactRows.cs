namespace OrleansGov.Records;

/// <summary>The rows that new facts become, table by table, for one transaction. Facts of a stream are added in their order.</summary>
internal sealed class FactRows
{
    private readonly Dictionary<string, ConversationRow> _conversations = [];
    private readonly Dictionary<(string Town, string Number), CaseChange> _changes = [];
    private readonly Dictionary<string, Reach> _reaches = [];
    private readonly Dictionary<(string Town, string Id), BroadcastRow> _broadcasts = [];
    private readonly Dictionary<(string Conversation, long Seq), MessageOutcome> _outcomes = [];
    private readonly Dictionary<string, ControlChangeNow> _controls = [];
    private readonly Dictionary<(string Town, string Number), ImmutableList<string>> _labels = [];
    private readonly HashSet<FeedEntry> _feed = [];

    /// <summary>Talks that were heard in: when first and when last in this batch.</summary>
    public IReadOnlyCollection<ConversationRow> Conversations => _conversations.Values;

    /// <summary>What residents wrote and the bot answered: no more than words.</summary>
    public List<MessageRow> Messages { get; } = [];

    /// <summary>Lines that say more: of staff, with pictures, with a place.</summary>
    public List<MessageRow> RichMessages { get; } = [];

    /// <summary>What became of lines; applied after the lines.</summary>
    public IReadOnlyCollection<MessageOutcome> Outcomes => _outcomes.Values;

    /// <summary>Who has the talk after this batch; applied after <see cref="Conversations"/>.</summary>
    public IReadOnlyCollection<ControlChangeNow> Controls => _controls.Values;

    public List<ControlChangeRow> ControlChanges { get; } = [];

    /// <summary>Talks whose content goes; applied last.</summary>
    public List<ErasedTalk> Erased { get; } = [];

    /// <summary>Told to those who watch; the same thing once in a batch.</summary>
    public IReadOnlyCollection<FeedEntry> Feed => _feed;

    public List<UnsentMessageRow> Unsent { get; } = [];
    public List<HappeningRow> Happenings { get; } = [];
    public List<CaseRow> Opened { get; } = [];

    /// <summary>What became of cases in the end: applied after <see cref="Opened"/>.</summary>
    public IReadOnlyCollection<CaseChange> Changed => _changes.Values;

    public List<CaseEventRow> CaseEvents { get; } = [];

    /// <summary>Cases whose labels are others now.</summary>
    public IReadOnlyDictionary<(string Town, string Number), ImmutableList<string>> Labels => _labels;

    public List<NoteRow> Notes { get; } = [];

    /// <summary>Cases whose content goes; applied last.</summary>
    public List<(string Town, string Number)> ErasedCases { get; } = [];

    /// <summary>Who came or went, and how it stands after this batch; applied after <see cref="Conversations"/>.</summary>
    public IReadOnlyCollection<Reach> Reaches => _reaches.Values;

    public IReadOnlyCollection<BroadcastRow> Broadcasts => _broadcasts.Values;

    /// <exception cref="FormatException">The stream is not of the kind that tells such facts. Asked before a fact is queued: it must not spoil its neighbours' batch.</exception>
    public static void Check(Fact fact)
    {
        if (fact.Body is FactBody.BroadcastChanged) BroadcastKey.Split(fact.Stream);
        else if (fact.Body is not (FactBody.CaseOpened or FactBody.CaseChanged or FactBody.CaseNoted or FactBody.CaseErased)) ResidentKey.Split(fact.Stream);
        else if (!fact.Stream.StartsWith("c:", StringComparison.Ordinal) || fact.Stream.LastIndexOf('/') < 3) throw new FormatException($"'{fact.Stream}' is no case key.");
    }

    public void Add(Fact fact)
    {
        var at = fact.At.ToUnixTimeMilliseconds();
        switch (fact.Body)
        {
            case FactBody.Heard heard:
                Touch(fact, heard.Town, heard.Channel, at, heard.What == "unfollowed" ? null : at, heardAt: at);
                Hear(OwnerOf(fact), heard.What, at);
                var line = new MessageRow(OwnerOf(fact), fact.Seq, at, "heard", heard.What, heard.Text, heard.LineMessageId, false) { Author = "resident" };
                if (heard is { ContentId: null, Latitude: null } and ({ Detail: null } or { What: "tapped", Attended: false })) Messages.Add(line);
                else RichMessages.Add(line with { ContentIds = heard.ContentId, Detail = heard.Detail, Latitude = heard.Latitude, Longitude = heard.Longitude });
                if (heard.Attended) Tell(heard.Town, null, FeedTypes.MessageReceived, fact);
                break;
            case FactBody.Said said:
                Touch(fact, said.Town, said.Channel, at, null, saidAt: at, saidBy: said.Author);
                (said.Author == "bot" ? Messages : RichMessages).Add(new(OwnerOf(fact), fact.Seq, at, "said", "text", said.Text, null, false) { Author = said.Author });
                break;
            case FactBody.StaffSaid staff:
                Touch(fact, staff.Town, staff.Channel, at, null, saidAt: at, saidBy: "staff");
                RichMessages.Add(new(OwnerOf(fact), fact.Seq, at, "said", "text", staff.Text, null, false)
                {
                    Author = "staff",
                    Staff = staff.By,
                    StaffName = staff.ByName,
                    Shown = staff.Shown,
                    ContentIds = staff.ContentIds.IsEmpty ? null : string.Join(' ', staff.ContentIds),
                    Key = staff.Key.ToString(),
                });
                Tell(staff.Town, null, FeedTypes.MessageSent, fact);
                break;
            case FactBody.Delivered delivered:
                _outcomes[(OwnerOf(fact), delivered.Position)] = new(OwnerOf(fact), delivered.Position, delivered.Outcome, delivered.Detail);
                Tell(delivered.Town, null, FeedTypes.MessageDelivered, fact);
                break;
            case FactBody.Suppressed suppressed:
                _outcomes[(OwnerOf(fact), suppressed.Position)] = new(OwnerOf(fact), suppressed.Position, "suppressed", suppressed.Why);
                Tell(suppressed.Town, null, FeedTypes.MessageSuppressed, fact);
                break;
            case FactBody.ControlChanged control:
                Control(fact, control, at);
                break;
            case FactBody.Alerted alert:
                Tell(alert.Town, alert.Department, $"{FeedTypes.Alert}{alert.What}", fact);
                break;
            case FactBody.Erased erased:
                Erased.Add(new(OwnerOf(fact), erased.Town, fact.Seq));
                _feed.RemoveWhere(told => told.Subject == OwnerOf(fact));
                Tell(erased.Town, null, FeedTypes.Erased, fact);
                break;
            case FactBody.Unsent unsent:
                Unsent.Add(new(OwnerOf(fact), unsent.LineMessageId, at));
                if (unsent.Town is { } place) Tell(place, null, FeedTypes.MessageUnsent, fact);
                break;
            case FactBody.Happened { What: var what } happened:
                Happenings.Add(new(OwnerOf(fact), fact.Seq, at, happened.Town, happened.Channel, what.What, what.ProcedureId, what.Version, what.Run, what.Step, what.Milliseconds, what.Detail));
                break;
            case FactBody.CaseOpened c:
                Opened.Add(new(c.Town, c.Number, c.Channel, c.Resident, c.ProcedureId, c.Version, c.Title, c.Department, c.CaseKind, c.Status, c.Resource, c.Day, c.Fee, c.Summary, at, at) { Reason = c.Reason });
                CaseEvents.Add(new(c.Town, c.Number, fact.Seq, at, "opened", "resident") { Detail = c.Reason });
                _feed.Add(new(c.Town, c.Department, FeedTypes.CaseOpened, c.Number));
                break;
            case FactBody.CaseChanged c:
                var town = TownOf(fact);
                _changes[(town, c.Number)] = new(town, c.Number, c.Status, c.Resource, c.Day, c.Fee, c.Summary, at, c);
                CaseEvents.Add(new(town, c.Number, fact.Seq, at, c.What, c.By) { ByName = c.ByName, Detail = c.Detail });
                if (c.What == "labelled") _labels[(town, c.Number)] = c.Labels;
                _feed.Add(new(town, c.Department, FeedTypes.CaseChanged, c.Number));
                if (c.FormerDepartment is { } before) _feed.Add(new(town, before, FeedTypes.CaseMoved, c.Number));
                break;
            case FactBody.CaseNoted n:
                Notes.Add(new(TownOf(fact), n.Number, n.Note, n.Resident, at, n.By, n.ByName, n.Text));
                break;
            case FactBody.CaseErased c:
                ErasedCases.Add((TownOf(fact), c.Number));
                break;
            case FactBody.BroadcastChanged b:
                _broadcasts[(b.Town, b.Id)] = new(b.Town, b.Id, b.Channel, b.Title, b.Text, b.CreatedAt.ToUnixTimeMilliseconds(), b.CreatedBy, b.Stage, b.Revision, b.Audience,
                    b.Sent, b.Skipped, b.Failed, b.Uncertain, b.StartedAt?.ToUnixTimeMilliseconds(), b.EndedAt?.ToUnixTimeMilliseconds(), b.Reason);
                _feed.Add(new(b.Town, null, FeedTypes.BroadcastChanged, b.Id));
                break;
            default:
                throw new InvalidOperationException($"Fact {fact.Stream}#{fact.Seq} has an unknown body {fact.Body.GetType().Name}.");
        }
    }

    private void Touch(Fact fact, string town, string channel, long at, long? reachable, long? heardAt = null, long? saidAt = null, string? saidBy = null)
    {
        var id = OwnerOf(fact);
        _conversations[id] = _conversations.TryGetValue(id, out var known)
            ? known with
            {
                LastAt = Math.Max(known.LastAt, at),
                ReachableSince = known.ReachableSince ?? reachable,
                HeardAt = heardAt ?? known.HeardAt,
                SaidAt = saidAt ?? known.SaidAt,
                SaidBy = saidBy ?? known.SaidBy,
            }
            : new(id, town, channel, at, at, reachable) { HeardAt = heardAt, SaidAt = saidAt, SaidBy = saidBy };
    }

    private void Control(Fact fact, FactBody.ControlChanged c, long at)
    {
        var (id, trigger, was, state, waiting) = (OwnerOf(fact), Camel(c.Trigger), Camel(c.From), Camel(c.To), c.WaitingSince?.ToUnixTimeMilliseconds());
        Touch(fact, c.Town, c.Channel, at, null);
        _controls[id] = new(id, state, c.Epoch, waiting ?? at, waiting, c.Owner, c.OwnerName, c.Department, c.CaseNumber, c.CaseOpen, c.BotContinues, c.CallbackBy, c.Reason);
        ControlChanges.Add(new(id, fact.Seq, at, c.Town, trigger, was, state, c.Epoch, c.Owner, c.OwnerName, c.Department, c.CaseNumber, c.Reason, c.By, waiting));
        Tell(c.Town, c.Department, FeedTypes.OfTrigger(trigger, state), fact);
        if (c.FormerDepartment is { } former && former != c.Department) Tell(c.Town, former, FeedTypes.Moved, fact);
    }

    private void Tell(string town, string? department, string type, Fact fact) => _feed.Add(new(town, department, type, OwnerOf(fact)));

    // names of the rules' enumerations as the API writes them
    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    // A block that arrives after the follow that came later changes nothing. Whoever speaks after a block has come back, even if LINE did not tell.
    private void Hear(string id, string what, long at)
    {
        var known = _reaches.GetValueOrDefault(id);
        if (what == "unfollowed") _reaches[id] = known is { IsBack: true } && known.At > at ? known : new(id, at, IsBack: false);
        else if (what == "followed" || known is { IsBack: false }) _reaches[id] = new(id, known is { IsBack: true } ? Math.Max(known.At, at) : at, IsBack: true);
    }

    // c:{town}/{number}
    private static string TownOf(Fact fact) => fact.Stream[2..fact.Stream.LastIndexOf('/')];

    // r:{channel}/{pseudonym}
    private static string OwnerOf(Fact fact) => fact.Stream[(fact.Stream.LastIndexOf('/') + 1)..];
}

/// <summary>A resident can be reached since then, or no longer.</summary>
internal sealed record Reach(string Id, long At, bool IsBack);

/// <summary>What became of a line of the transcript.</summary>
internal sealed record MessageOutcome(string Conversation, long Seq, string Outcome, string? Detail);

/// <summary>Content up to that line goes.</summary>
internal sealed record ErasedTalk(string Conversation, string Town, long Seq);

/// <summary>Who may speak after a change.</summary>
internal sealed record ControlChangeNow(
    string Conversation, string State, int Epoch, long Since, long? WaitingSince, string? Owner, string? OwnerName, string? Department, string? CaseNumber, bool CaseOpen, bool BotContinues,
    DateOnly? CallbackBy, string? Reason);

/// <summary>The values of a case after a change.</summary>
/// <param name="Said">What else the fact says; of facts of before cases had revisions only the columns above count.</param>
internal sealed record CaseChange(string Town, string Number, string Status, string? Resource, DateOnly? Day, int? Fee, string Summary, long ChangedAt, FactBody.CaseChanged Said)
{
    public string? Labels => Said.Labels.IsEmpty ? null : string.Join('\n', Said.Labels);

    public string? Tags => Said.Tags.IsEmpty ? null : string.Join('\n', Said.Tags);
}
