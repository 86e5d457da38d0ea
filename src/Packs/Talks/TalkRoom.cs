using System.Globalization;
using OrleansGov.Packs.Tables;

namespace OrleansGov.Packs.Talks;

/// <summary>One resident's talk in a simulated office: keeps the conversation, the clock and what was said last.</summary>
internal sealed class TalkRoom(Procedure procedure, Town town)
{
    /// <summary>Inquiries and intents that follow one word; more would be a loop.</summary>
    private const int MostSteps = 50;

    private readonly List<Say> said = [];
    private readonly List<Say> before = [];
    private Conversation talk = Conversation.New;
    private DateTimeOffset now = TalkRunner.Start;
    private int events;

    public SimulatedOffice World { get; } = new();

    public bool PersonalDetailsInTalk { get; set; }

    /// <summary>All that was said since the resident's last word.</summary>
    public string Said { get; private set; } = "";

    public IEnumerable<(string Label, Choice Choice)> Offered => said.SelectMany(s => Choices(s, withQuick: true));

    public string OfferedInWords => Offered.Any() ? string.Join(" ", Offered.Select(o => $"[{o.Label}]").Distinct()) : "選択肢なし";

    private Office Office => new(town, ImmutableDictionary<string, Procedure>.Empty.Add(procedure.Id, procedure)) { PersonalDetailsInTalk = PersonalDetailsInTalk };

    /// <summary>Lets time pass; what falls due meanwhile is said.</summary>
    public Unexpected? MoveTo(DateTimeOffset at)
    {
        if (at < now && events > 0) return new Unexpected("時刻が前に進む", $"{at:yyyy-MM-dd HH:mm} は {now:yyyy-MM-dd HH:mm} より前");
        now = at;
        Listen();
        return Settle(Dialogue.FallDue(talk, Office, now));
    }

    public Unexpected? Hear(InboundMessage message)
    {
        now = now.AddSeconds(1);
        Listen();
        return Settle(Dialogue.Receive(talk, new Heard(message, $"talk-{++events:0000}", now), Office, now));
    }

    /// <summary>Taps a choice of the last answer, or a button of an older card (quick replies are gone by then).</summary>
    /// <param name="label">As shown; 「修正 収集日」 for the button beside a card's row; 「カレンダーで選ぶ 2026-12-03」 for a date picker.</param>
    public Unexpected? Tap(string label)
    {
        var (wanted, day) = label.Split(' ') is [.. var words, var last] && words.Length > 0 && Days.Day(last) is { } picked
            ? (string.Join(' ', words), picked)
            : (label, (DateOnly?)null);
        var found = Offered.Concat(Enumerable.Reverse(before).SelectMany(s => Choices(s, withQuick: false)))
            .FirstOrDefault(o => o.Label == label || (day is not null && o.Label == wanted && o.Choice.Action is ChoiceAction.PickDate));
        switch (found.Choice?.Action)
        {
            case null:
                return new Unexpected($"選択肢「{label}」が出る", OfferedInWords);
            case ChoiceAction.Tap tap:
                return Hear(new InboundMessage.Tapped(tap.Data));
            case ChoiceAction.Speak speak:
                return Hear(new InboundMessage.Text(speak.Words));
            case ChoiceAction.PickDate pick when day is { } date:
                return Hear(new InboundMessage.Tapped(pick.Data, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            case ChoiceAction.PickDate:
                return new Unexpected($"日付が付いている（例: > [{label} 2026-12-03]）", "日付なし");
            case ChoiceAction.OpenLink:
                return null;
            default:
                return new Unexpected("写真や位置情報は「> (写真)」「> (位置 緯度,経度)」と書く", $"「{label}」を押した");
        }
    }

    /// <summary>Fills the one-time form; what the page finds wrong counts as said.</summary>
    public Unexpected? FillForm(ImmutableSortedDictionary<string, string> values)
    {
        if (World.Form is not { } form || procedure.Steps.Find(s => s.Id == form.Step) is not SecretStep step)
            return new Unexpected("入力フォームが開いている", "フォームは出ていない");
        if (values.Keys.FirstOrDefault(k => !step.Fields.Exists(f => f.Id == k)) is { } unknown)
            return new Unexpected($"フォームの欄は {string.Join("、", step.Fields.Select(f => f.Id))}", $"「{unknown}」");
        now = now.AddSeconds(1);
        Listen();
        var (fields, errors) = SecretForm.Read(step, values, now, Office, talk.Language);
        if (fields is null)
        {
            Said = string.Join('\n', errors.Values);
            return null;
        }
        World.Form = null;
        return Settle(Dialogue.FormFilled(talk, form.Run, form.Step, fields, remember: false, Office, now));
    }

    private void Listen()
    {
        before.AddRange(said);
        said.Clear();
        Said = "";
    }

    // Inquiries within the turn, then its intents in order, each with the turn that its outcome brings.
    private Unexpected? Settle(Turn first)
    {
        var turns = new Queue<Func<Turn>>([() => first]);
        for (var steps = 0; turns.TryDequeue(out var next);)
        {
            var turn = next();
            for (; turn.Inquiry is { } inquiry; steps++)
            {
                if (steps > MostSteps) return new Unexpected("やりとりが終わる", "問い合わせが終わらない");
                turn = Dialogue.Continue(turn, World.Answer(inquiry, now), Office, now);
            }
            if (++steps > MostSteps) return new Unexpected("やりとりが終わる", "処理が終わらない");
            talk = turn.Next;
            said.AddRange(turn.Says.Select(s => s.Say));
            foreach (var intent in turn.Intents)
                if (World.Perform(intent) is { } outcome) turns.Enqueue(() => Dialogue.Learn(talk, intent.Id, outcome, Office, now));
        }
        Said = string.Join('\n', said.Select(s => s.Plain));
        return null;
    }

    private static IEnumerable<(string Label, Choice Choice)> Choices(Say say, bool withQuick)
    {
        var own = say switch
        {
            Say.Question question => question.Choices.Select(c => (c.Label, c)),
            Say.Card card => OfCard(card),
            Say.Cards cards => cards.Items.SelectMany(OfCard),
            _ => [],
        };
        return withQuick ? own.Concat(say.Quick.Select(c => (c.Label, c))) : own;
    }

    private static IEnumerable<(string Label, Choice Choice)> OfCard(Say.Card card) =>
        card.Buttons.Select(c => (c.Label, c))
            .Concat(card.Rows.Where(r => r.Edit is not null).Select(r => ($"{r.Edit!.Label} {r.Label}", r.Edit)));
}
