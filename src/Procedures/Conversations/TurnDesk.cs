namespace OrleansGov.Procedures;

/// <summary>The desk a turn is worked out on: what is said, wanted and done collects here and leaves as one immutable <see cref="Turn"/>.</summary>
internal sealed class TurnDesk(Conversation talk, string eventId, Office office, DateTimeOffset now)
{
    private readonly ImmutableList<Utterance>.Builder _says = ImmutableList.CreateBuilder<Utterance>();
    private string? _lead;
    private readonly ImmutableList<Intent>.Builder _intents = ImmutableList.CreateBuilder<Intent>();
    private readonly ImmutableList<Happening>.Builder _happenings = ImmutableList.CreateBuilder<Happening>();

    public Conversation Talk { get; set; } = talk;
    public string EventId => eventId;
    public Office Office => office;
    public DateTimeOffset Now => now;
    public Inquiry? Inquiry { get; set; }
    public Phrases Words => office.Town.Phrases;

    /// <summary>Takes up a turn that waited for an outcome.</summary>
    public static TurnDesk Resume(Turn turn, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(turn.Next, turn.EventId, office, now) { _lead = turn.Lead };
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

        return new(Talk)
        {
            Says = _says.ToImmutable(),
            Lead = _lead,
            Inquiry = Inquiry,
            Intents = _intents.ToImmutable(),
            Happenings = _happenings.ToImmutable(),
            EventId = eventId,
        };
    }

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
