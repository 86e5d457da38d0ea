using System.Globalization;
using System.Text.Json;
using OrleansGov.Line;

namespace OrleansGov.Procedures.Tests.Conversations;

/// <summary>One resident's talk with a world behind it that keeps places and cases in memory. Every turn's words must be sayable at LINE.</summary>
internal sealed class Room(Office office)
{
    private readonly Dictionary<(string Resource, DateOnly Day), HashSet<string>> _places = [];
    private readonly Dictionary<string, CaseDetail> _cases = [];
    private int _events;

    public Office Office { get; set; } = office;
    public Conversation Talk { get; private set; } = Conversation.New;
    public DateTimeOffset Now { get; set; } = Sample.Start;
    public List<Say> Said { get; } = [];
    public List<Intent> Done { get; } = [];

    /// <summary>Everything ever offered to be tapped, also on old cards.</summary>
    public List<Choice> Offered { get; } = [];

    /// <summary>The form that waits; null = none was offered.</summary>
    public (string Run, string Step)? Form { get; private set; }

    /// <summary>Days that are full whoever asks.</summary>
    public HashSet<DateOnly> Full { get; } = [];

    /// <summary>Intents wait until told.</summary>
    public bool Waits { get; set; }

    /// <summary>Confirmations find their day full.</summary>
    public bool LosesSlots { get; set; }

    public Run? Active => Talk.Active;

    public IReadOnlySet<string> Held(string resource, DateOnly day) => Places(resource, day);

    public int AllHeld => _places.Values.Sum(p => p.Count);

    public string Says(string text) => Hears(Sample.Text(text));

    public string Hears(InboundMessage message, DateTimeOffset? at = null)
    {
        Now = Now.AddSeconds(1);
        return Settle(Dialogue.Receive(Talk, new Heard(message, $"e{++_events}", at ?? Now), Office, Now));
    }

    /// <summary>Taps the latest choice of that label.</summary>
    public string Taps(string label)
    {
        var choice = Offered.FindLast(c => c.Label == label) ?? throw new InvalidOperationException($"'{label}' was never offered.");
        return Hears(MessageOf(choice)!);
    }

    /// <summary>What LINE sends when a choice is tapped; null when it leaves the talk.</summary>
    public static InboundMessage? MessageOf(Choice choice) => choice.Action switch
    {
        ChoiceAction.Tap tap => new InboundMessage.Tapped(tap.Data),
        ChoiceAction.Speak speak => new InboundMessage.Text(speak.Words),
        ChoiceAction.PickDate pick => new InboundMessage.Tapped(pick.Data, (pick.Initial ?? new DateOnly(2026, 12, 3)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => null,
    };

    public string Fills(string name = "港 花子")
    {
        Now = Now.AddSeconds(1);
        var form = Form ?? throw new InvalidOperationException("No form was offered.");
        if (!Dialogue.WaitsForForm(Talk, form.Run, form.Step)) return "";
        Form = null;
        var fields = new Answer.Fields(ImmutableSortedDictionary<string, Answer>.Empty.Add("full-name", new Answer.Words(name)).Add("floor", new Answer.Skipped()));
        return Settle(Dialogue.FormFilled(Talk, form.Run, form.Step, fields, remember: true, Office, Now));
    }

    /// <summary>A command of staff on the present epoch, which must be carried out; what the resident hears of it.</summary>
    public string Commands(Func<int, ControlCommand> command)
    {
        Now = Now.AddSeconds(1);
        var decided = StaffCommands.Decide(Talk, command(Talk.Control.Epoch), Office, Now);
        Assert.Equal(ControlVerdict.Done, decided.Verdict);
        return Settle(decided.Turn!);
    }

    /// <summary>A command of staff on an epoch that may be old; refused or carried out.</summary>
    public ControlVerdict Tries(ControlCommand command)
    {
        var decided = StaffCommands.Decide(Talk, command, Office, Now = Now.AddSeconds(1));
        if (decided.Turn is { } turn) Settle(turn);
        return decided.Verdict;
    }

    /// <summary>The owner speaks.</summary>
    public void Speaks() => Talk = StaffCommands.Spoken(Talk, Office, Now = Now.AddSeconds(1));

    /// <summary>A message at which the engine fails.</summary>
    public string Fails()
    {
        Now = Now.AddSeconds(1);
        return Settle(Dialogue.Fail(Talk, new Heard(Sample.Text("！"), $"e{++_events}", Now), Office, Now));
    }

    public string Passes(TimeSpan time)
    {
        Now += time;
        return Settle(Dialogue.FallDue(Talk, Office, Now));
    }

    /// <summary>Answers well until the step named is asked ("review": until the review).</summary>
    public string GoesTo(string step)
    {
        var last = Says("全部");
        foreach (var (asked, message) in Sample.Answers)
        {
            if (asked == step && Active!.AskedStep == step) return last;
            last = Hears(message);
        }

        if (step == "contact") return last;
        last = Office.PersonalDetailsInTalk ? Says("港 花子") + Says("スキップ") : Fills();
        return step == "review" ? last : Says("この内容で申し込む");
    }

    /// <summary>Carries out what waits.</summary>
    public string Settles()
    {
        Waits = false;
        var said = "";
        foreach (var intent in Done.Where(i => Talk.Awaiting.Contains(i.Id)).ToList())
            if (Perform(intent) is { } outcome) said += Settle(Dialogue.Learn(Talk, intent.Id, outcome, Office, Now));
        return said;
    }

    /// <summary>The turn to its end, with its intents carried out, and what was said.</summary>
    private string Settle(Turn turn)
    {
        for (var inquiries = 0; turn.Inquiry is { } inquiry; inquiries++)
        {
            Assert.True(inquiries < 10, "A turn asked ten times.");
            turn = Dialogue.Continue(turn with { Inquiry = null }, Answer(inquiry), Office, Now);
        }

        Talk = turn.Next;
        if (Talk.Control.IsSilent) Assert.All(turn.Says, u => Assert.True(u.System || u.Importance == Importance.MustArrive, $"The bot says while somebody else speaks: {u.Say.Plain}"));
        if (turn.Changes is [.., var last]) Assert.Equal(Talk.Control.Epoch, last.Control.Epoch);
        var said = turn.Says.Select(u => u.Say).ToList();
        CheckSayable(said);
        Said.AddRange(said);
        Offered.AddRange(said.SelectMany(ChoicesOf));
        Done.AddRange(turn.Intents);
        var words = string.Join('\n', said.Select(s => s.Plain));
        if (Waits) return words;
        foreach (var intent in turn.Intents)
            if (Perform(intent) is { } outcome) words += "\n" + Settle(Dialogue.Learn(Talk, intent.Id, outcome, Office, Now));
        return words;
    }

    public static IEnumerable<Choice> ChoicesOf(Say say) => (say switch
    {
        Say.Question question => question.Choices,
        Say.Card card => [.. card.Buttons, .. card.Rows.Where(r => r.Edit is not null).Select(r => r.Edit!)],
        Say.Cards cards => cards.Items.SelectMany(ChoicesOf),
        _ => [],
    }).Concat(say.Quick);

    private static void CheckSayable(List<Say> said)
    {
        if (said.Count == 0) return;
        for (var part = MessageRenderer.Render(said, new RenderContext(new Uri("https://office.example"))); part is not null; part = part.Rest)
        {
            using var json = JsonDocument.Parse(part.Json);
            Assert.Empty(MessageRules.Check(json.RootElement, SendKind.Reply));
        }
    }

    private Outcome Answer(Inquiry inquiry)
    {
        switch (inquiry)
        {
            case Inquiry.FindSlots find:
                return new Outcome.SlotsFound([.. find.Days.Select(d => new SlotLeft(d.Date, d.Capacity, Left(find.Resource, d)))]);
            case Inquiry.HoldSlot hold:
                var places = Places(hold.Resource, hold.Day.Date);
                if (!places.Contains(hold.Hold) && Left(hold.Resource, hold.Day) < 1) return new Outcome.SlotFull(hold.Day.Date);
                places.Add(hold.Hold);
                return new Outcome.SlotHeld(new Answer.Slot(hold.Resource, hold.Day.Date, hold.Hold, hold.Day.Capacity));
            case Inquiry.MakeForm form:
                Form = (form.Run, form.Step);
                return new Outcome.FormMade("/form/main/p/token", Now.AddMinutes(30));
            case Inquiry.FetchCase fetch:
                return _cases.TryGetValue(fetch.Number, out var found) ? new Outcome.CaseFound(found) : new Outcome.CaseMissing(fetch.Number);
            default:
                throw new InvalidOperationException(inquiry.GetType().Name);
        }
    }

    private Outcome? Perform(Intent intent)
    {
        switch (intent)
        {
            case Intent.Submit { Slot: { } slot } submit when LosesSlots:
                Places(slot.Resource, slot.Date).Remove(slot.Hold);
                Full.Add(slot.Date);
                LosesSlots = false;
                return new Outcome.SlotLost(submit.Run, slot.Date);
            case Intent.Submit submit:
                var number = $"{submit.Prefix}261124-{_cases.Count:00000}";
                _cases[number] = new CaseDetail(number, submit.ProcedureId, submit.Version, "accepted", submit.Slot, submit.Fee, submit.Answers);
                return new Outcome.Submitted(submit.Run, number);
            case Intent.Amend amend:
                if (_cases[amend.Number].Status == "cancelled") return new Outcome.Refused(amend.Number);
                if (amend is { NewSlot: not null, OldSlot: { } left }) Places(left.Resource, left.Date).Remove(left.Hold);
                _cases[amend.Number] = _cases[amend.Number] with { Status = "changed", Slot = amend.NewSlot ?? amend.OldSlot, Answers = amend.Answers };
                return new Outcome.Amended(amend.Run, amend.Number);
            case Intent.Cancel cancel:
                if (!_cases.TryGetValue(cancel.Number, out var open)) return new Outcome.Cancelled(cancel.Number); // a consultation
                if (open.Slot is { } given) Places(given.Resource, given.Date).Remove(given.Hold);
                _cases[cancel.Number] = open with { Status = "cancelled" };
                return new Outcome.Cancelled(cancel.Number);
            case Intent.ReleaseSlot release:
                Places(release.Slot.Resource, release.Slot.Date).Remove(release.Slot.Hold);
                return null;
            case Intent.RequestStaff:
                return new Outcome.StaffRequested("A261124-00001");
            default:
                return null;
        }
    }

    private int Left(string resource, SlotDay day) => Full.Contains(day.Date) ? 0 : Math.Max(0, day.Capacity - Places(resource, day.Date).Count);

    private HashSet<string> Places(string resource, DateOnly day)
    {
        if (!_places.TryGetValue((resource, day), out var holders)) _places[(resource, day)] = holders = [];
        return holders;
    }
}
