namespace OrleansGov.Procedures;

/// <summary>The desk a turn is worked out on: what is said, wanted and done collects here and leaves as one immutable <see cref="Turn"/>.</summary>
internal sealed class TurnDesk(Conversation talk, string eventId, Office office, DateTimeOffset now)
{
    private readonly ImmutableList<Utterance>.Builder _says = ImmutableList.CreateBuilder<Utterance>();
    private string? _lead;
    private readonly ImmutableList<Intent>.Builder _intents = ImmutableList.CreateBuilder<Intent>();
    private readonly ImmutableList<Happening>.Builder _happenings = ImmutableList.CreateBuilder<Happening>();
    private ImmutableList<ControlChange> _changes = [];
    private ImmutableList<string> _alerts = [];

    public Conversation Talk { get; set; } = talk;
    public string EventId => eventId;
    public Office Office => office;
    public DateTimeOffset Now => now;
    public Inquiry? Inquiry { get; set; }

    /// <summary>The name under which the turn speaks; null = the account's.</summary>
    public string? Sender { get; set; }
    public Phrases Words => office.Town.Phrases;

    /// <summary>Takes up a turn that waited for an outcome.</summary>
    public static TurnDesk Resume(Turn turn, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(turn.Next, turn.EventId, office, now) { _lead = turn.Lead, _changes = turn.Changes, _alerts = turn.Alerts, Sender = turn.Sender };
        desk._says.AddRange(turn.Says);
        desk._intents.AddRange(turn.Intents);
        desk._happenings.AddRange(turn.Happenings);
        return desk;
    }

    public Turn End()
    {
        if (_lead is { } alone && Inquiry is null)
        {
            _lead = null; // nothing followed that it could lead into
            Speak(alone);
        }

        ImmutableList<string> unsaid = [];
        if (Inquiry is null && Talk.Control.IsSilent && _says.Any(IsBots))
        {
            unsaid = [.. _says.Where(IsBots).Select(u => u.Say.Plain)];
            _says.RemoveAll(IsBots);
        }

        return new(Talk)
        {
            Says = _says.ToImmutable(),
            Changes = _changes,
            Alerts = _alerts,
            Unsaid = unsaid,
            Sender = Sender,
            Lead = _lead,
            Inquiry = Inquiry,
            Intents = _intents.ToImmutable(),
            Happenings = _happenings.ToImmutable(),
            EventId = eventId,
        };
    }

    // somebody else speaks: of the bot's own only what must arrive (a receipt, a reminder) is said
    private static bool IsBots(Utterance said) => said is { System: false, Importance: Importance.Chatter };

    /// <summary>A sentence that belongs to a change of control: it goes out whoever speaks next, and is never overtaken.</summary>
    public void Announce(string text, params ReadOnlySpan<Choice> choices) =>
        _says.Add(new Utterance(choices.IsEmpty ? new Say.Words(text) : new Say.Question(text, [.. choices]), Importance.MustArrive, System: true));

    public void Announce(Say say) => _says.Add(new Utterance(say, Importance.MustArrive, System: true));

    /// <summary>A sentence of the office that a change of control overtakes, such as 受け取りました.</summary>
    public void Mention(string text, params ReadOnlySpan<Choice> choices) =>
        _says.Add(new Utterance(choices.IsEmpty ? new Say.Words(text) : new Say.Question(text, [.. choices]), System: true));

    public void Note(ControlChange change) => _changes = _changes.Add(change);

    /// <summary>Staff should look.</summary>
    public void Alert(string what) => _alerts = _alerts.Add(what);

    /// <summary>A sentence that leads into the next question: one bubble for both.</summary>
    public void Lead(string text) => _lead = _lead is null ? text : $"{_lead}\n{text}";

    public void Speak(string text, params ReadOnlySpan<Choice> choices) =>
        Speak(choices.IsEmpty ? new Say.Words(text) : new Say.Question(text, [.. choices]));

    public void Speak(Say say, Importance importance = Importance.Chatter)
    {
        if (_lead is { } lead)
        {
            _lead = null;
            switch (say)
            {
                case Say.Words words: say = words with { Text = $"{lead}\n\n{words.Text}" }; break;
                case Say.Question question: say = question with { Text = $"{lead}\n\n{question.Text}" }; break;
                default: _says.Add(new Utterance(new Say.Words(lead))); break;
            }
        }

        _says.Add(new Utterance(say, importance));
    }

    /// <summary>A sentence of the engine with its places filled in.</summary>
    public string Fill(string phrase, params ReadOnlySpan<string> namesAndValues)
    {
        var values = StepConduct.Fill(namesAndValues);
        values.TryAdd("town", office.Town.Name);
        values.TryAdd("phone", office.Town.Phone);
        return Template.Fill(phrase, values);
    }

    public void Do(Intent intent) => _intents.Add(intent);

    public void Do(IEnumerable<Intent> intents) => _intents.AddRange(intents);

    public void Happen(string what, Run? run = null, string? step = null, int? milliseconds = null, string? detail = null) =>
        _happenings.Add(new Happening(what, run?.ProcedureId, run?.Version, run?.Id, step, milliseconds, detail));

    /// <summary>A button for one of the words that always work.</summary>
    public static Choice Word(string label) => Choice.Say(label);

    /// <summary>Buttons はい／いいえ for a question of ours.</summary>
    public Choice[] YesNo(string? yes = null, string? no = null) =>
        [Choice.Tap(yes ?? Words.Yes, new TapData(TapData.Reply, "", "", "yes").ToString()), Choice.Tap(no ?? Words.No, new TapData(TapData.Reply, "", "", "no").ToString())];

    /// <summary>The pinned version of a run's procedure; null when it can no longer be had.</summary>
    public Procedure? ProcedureOf(Run run) => office.Version(run.ProcedureId, run.Version);

    public string TitleOf(Run run) => ProcedureOf(run)?.Title.In(Talk.Language) ?? run.ProcedureId;
}
