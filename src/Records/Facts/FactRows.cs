namespace OrleansGov.Records;

/// <summary>The rows that new facts become, table by table, for one transaction. Facts of a stream are added in their order.</summary>
internal sealed class FactRows
{
    private readonly Dictionary<string, ConversationRow> _conversations = [];
    private readonly Dictionary<(string Town, string Number), CaseChange> _changes = [];
    private readonly Dictionary<string, Reach> _reaches = [];
    private readonly Dictionary<(string Town, string Id), BroadcastRow> _broadcasts = [];

    /// <summary>Talks that were heard in: when first and when last in this batch.</summary>
    public IReadOnlyCollection<ConversationRow> Conversations => _conversations.Values;

    public List<MessageRow> Messages { get; } = [];
    public List<UnsentMessageRow> Unsent { get; } = [];
    public List<HappeningRow> Happenings { get; } = [];
    public List<CaseRow> Opened { get; } = [];

    /// <summary>What became of cases in the end: applied after <see cref="Opened"/>.</summary>
    public IReadOnlyCollection<CaseChange> Changed => _changes.Values;

    public List<CaseEventRow> CaseEvents { get; } = [];

    /// <summary>Who came or went, and how it stands after this batch; applied after <see cref="Conversations"/>.</summary>
    public IReadOnlyCollection<Reach> Reaches => _reaches.Values;

    public IReadOnlyCollection<BroadcastRow> Broadcasts => _broadcasts.Values;

    /// <exception cref="FormatException">The stream is not of the kind that tells such facts. Asked before a fact is queued: it must not spoil its neighbours' batch.</exception>
    public static void Check(Fact fact)
    {
        if (fact.Body is FactBody.BroadcastChanged) BroadcastKey.Split(fact.Stream);
        else if (fact.Body is not (FactBody.CaseOpened or FactBody.CaseChanged)) ResidentKey.Split(fact.Stream);
        else if (!fact.Stream.StartsWith("c:", StringComparison.Ordinal) || fact.Stream.LastIndexOf('/') < 3) throw new FormatException($"'{fact.Stream}' is no case key.");
    }

    public void Add(Fact fact)
    {
        var at = fact.At.ToUnixTimeMilliseconds();
        switch (fact.Body)
        {
            case FactBody.Heard heard:
                Touch(fact, heard.Town, heard.Channel, at, heard.What == "unfollowed" ? null : at);
                Hear(OwnerOf(fact), heard.What, at);
                Messages.Add(new(OwnerOf(fact), fact.Seq, at, "heard", heard.What, heard.Text, heard.LineMessageId, false));
                break;
            case FactBody.Said said:
                Touch(fact, said.Town, said.Channel, at, null);
                Messages.Add(new(OwnerOf(fact), fact.Seq, at, "said", "text", said.Text, null, false));
                break;
            case FactBody.Unsent unsent:
                Unsent.Add(new(OwnerOf(fact), unsent.LineMessageId, at));
                break;
            case FactBody.Happened { What: var what } happened:
                Happenings.Add(new(OwnerOf(fact), fact.Seq, at, happened.Town, happened.Channel, what.What, what.ProcedureId, what.Version, what.Run, what.Step, what.Milliseconds, what.Detail));
                break;
            case FactBody.CaseOpened c:
                Opened.Add(new(c.Town, c.Number, c.Channel, c.Resident, c.ProcedureId, c.Version, c.Title, c.Department, c.CaseKind, c.Status, c.Resource, c.Day, c.Fee, c.Summary, at, at));
                CaseEvents.Add(new(c.Town, c.Number, fact.Seq, at, "opened", "resident"));
                break;
            case FactBody.CaseChanged c:
                var town = fact.Stream[2..fact.Stream.LastIndexOf('/')];
                _changes[(town, c.Number)] = new(town, c.Number, c.Status, c.Resource, c.Day, c.Fee, c.Summary, at);
                CaseEvents.Add(new(town, c.Number, fact.Seq, at, c.What, c.By));
                break;
            case FactBody.BroadcastChanged b:
                _broadcasts[(b.Town, b.Id)] = new(b.Town, b.Id, b.Channel, b.Title, b.Text, b.CreatedAt.ToUnixTimeMilliseconds(), b.CreatedBy, b.Stage, b.Revision, b.Audience,
                    b.Sent, b.Skipped, b.Failed, b.Uncertain, b.StartedAt?.ToUnixTimeMilliseconds(), b.EndedAt?.ToUnixTimeMilliseconds(), b.Reason);
                break;
            case FactBody.StaffSaid staff:
                Touch(fact, staff.Town, staff.Channel, at, null);
                Messages.Add(new(OwnerOf(fact), fact.Seq, at, "said", "text", staff.Text, null, false));
                break;
            case FactBody.ControlChanged or FactBody.Delivered or FactBody.Suppressed or FactBody.Alerted or FactBody.Erased:
                break; // read models of the desk
            default:
                throw new InvalidOperationException($"Fact {fact.Stream}#{fact.Seq} has an unknown body {fact.Body.GetType().Name}.");
        }
    }

    private void Touch(Fact fact, string town, string channel, long at, long? reachable)
    {
        var id = OwnerOf(fact);
        _conversations[id] = _conversations.TryGetValue(id, out var known)
            ? known with { LastAt = Math.Max(known.LastAt, at), ReachableSince = known.ReachableSince ?? reachable }
            : new(id, town, channel, at, at, reachable);
    }

    // A block that arrives after the follow that came later changes nothing. Whoever speaks after a block has come back, even if LINE did not tell.
    private void Hear(string id, string what, long at)
    {
        var known = _reaches.GetValueOrDefault(id);
        if (what == "unfollowed") _reaches[id] = known is { IsBack: true } && known.At > at ? known : new(id, at, IsBack: false);
        else if (what == "followed" || known is { IsBack: false }) _reaches[id] = new(id, known is { IsBack: true } ? Math.Max(known.At, at) : at, IsBack: true);
    }

    // r:{channel}/{pseudonym}
    private static string OwnerOf(Fact fact) => fact.Stream[(fact.Stream.LastIndexOf('/') + 1)..];
}

/// <summary>A resident can be reached since then, or no longer.</summary>
internal sealed record Reach(string Id, long At, bool IsBack);

/// <summary>The values of a case after a change.</summary>
internal sealed record CaseChange(string Town, string Number, string Status, string? Resource, DateOnly? Day, int? Fee, string Summary, long ChangedAt);
