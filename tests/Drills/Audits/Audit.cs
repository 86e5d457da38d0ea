using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Journal;
using OrleansGov.Residents;

namespace OrleansGov.Drills;

/// <summary>What must hold after a drill, whatever was done: nothing lost, nothing twice, nothing oversold, the order kept, every book says the same.</summary>
public sealed class Audit
{
    // LINE would accept these and a sound office causes them only here: a reply of unknown fate tried again, the same question for the same word said twice.
    private static readonly string[] Expected = ["reply-token-reused", "same-text-twice"];
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(60);
    private readonly Drill _drill;
    private readonly List<StoredState> _states;
    private readonly ILookup<string, Line> _lines;
    private readonly ILookup<string?, JournalEntry> _calls;
    private readonly Dictionary<string, StoredState> _residents;
    private readonly List<string> _faults = [];

    private Audit(Drill drill)
    {
        _drill = drill;
        _states = drill.Books.States();
        _lines = drill.Books.Lines();
        var journal = drill.World.Platform.Journal;
        Deliveries = new Deliveries(journal);
        _calls = journal.Where(SaidTwice.IsSend).ToLookup(c => c.Resident);
        _residents = _states.Where(s => s.Name == "resident").ToDictionary(s => Text(s.Body, "lineUserId"));
    }

    public Deliveries Deliveries { get; }

    /// <summary>Events answered with 200.</summary>
    public int Accepted { get; private set; }

    /// <summary>Events that Records heard.</summary>
    public int Applied { get; private set; }

    /// <summary>Accepted events that no book knows, and dialogues without their case.</summary>
    public int Lost { get; private set; }

    /// <summary>Events heard more than once, and dialogues with more than one case.</summary>
    public int Doubled { get; private set; }

    /// <summary>Bookings beyond a day's places.</summary>
    public int Oversold { get; private set; }

    /// <summary>Things out of one resident's order.</summary>
    public int OutOfOrder { get; private set; }

    /// <summary>Messages that a resident read twice.</summary>
    public IReadOnlyList<SaidTwice> ReadTwice { get; private set; } = [];

    /// <summary>Records and grains tell the same about every case, to the last fact.</summary>
    public bool RecordsEqual { get; private set; }

    /// <summary>Everything that is not as promised, in words; empty = the drill is passed.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <param name="drill">Its office has stopped cleanly.</param>
    /// <param name="bookings">The dialogues' ends.</param>
    public static Audit Of(Drill drill, IReadOnlyList<Booking> bookings)
    {
        var audit = new Audit(drill);
        audit.EveryAcceptedEventHasOneEffect();
        audit.EveryDialogueHasOneCase(bookings);
        audit.NoDayIsOversold();
        audit.PlacesAreExactlyTheBookings();
        audit.RecordsSayTheSame();
        audit.NothingIsSaidTwice();
        audit.NothingIsLeft();
        audit.LineFoundNothing();
        return audit;
    }

    private void EveryAcceptedEventHasOneEffect()
    {
        var events = Deliveries.Events.Values.ToLookup(e => e.Resident);
        foreach (var resident in events)
        {
            var accepted = resident.Where(e => e.AcceptedAt is not null).ToList();
            Accepted += accepted.Count;
            if (resident.Count() is var all && all > accepted.Count) _faults.Add($"{all - accepted.Count} events of a resident were never accepted.");
            if (!_residents.TryGetValue(resident.Key, out var state))
            {
                Lost += accepted.Count;
                continue;
            }

            var heard = _lines[state.LastOfKey].Where(l => l.Heard).CountBy(l => l.What).ToDictionary();
            var should = accepted.CountBy(e => e.What).ToDictionary();
            Applied += heard.Values.Sum();
            foreach (var what in heard.Keys.Union(should.Keys))
            {
                var difference = heard.GetValueOrDefault(what) - should.GetValueOrDefault(what);
                if (difference < 0) Lost -= difference;
                else Doubled += difference;
            }

            var dealtWith = EventOrder.DealtWith(state);
            Doubled += dealtWith.Count - dealtWith.Distinct().Count();
            var broken = EventOrder.Broken([.. dealtWith.Distinct()], Deliveries.Events, [.. _calls[resident.Key]]).ToList();
            OutOfOrder += broken.Count;
            _faults.AddRange(broken.Select(b => $"Out of order: {b}"));
        }

        if (Lost > 0) _faults.Add($"{Lost} accepted events are in no book.");
        if (Doubled > 0) _faults.Add($"{Doubled} events had their effect twice.");
    }

    private void EveryDialogueHasOneCase(IReadOnlyList<Booking> dialogues)
    {
        // Where every day was full, the office said so; there must be no case then.
        var bookings = dialogues.Where(d => d.Ending == Ending.Receipt).ToList();
        if (dialogues.Count(d => d.Ending is not Ending.Receipt and not Ending.TurnedAway and not Ending.Open) is > 0 and var odd) _faults.Add($"{odd} dialogues ended without a receipt although nobody was turned away.");
        var cases = _states.Where(s => s.Name == "case").ToDictionary(s => s.LastOfKey);
        var receipts = bookings.Select(b => b.ReceiptNumber).ToHashSet();
        if (receipts.Count < bookings.Count) _faults.Add($"{bookings.Count - receipts.Count} dialogues share a receipt number with another.");
        var without = receipts.Count(r => !cases.ContainsKey(r));
        Lost += without;
        if (without > 0) _faults.Add($"{without} receipts have no case.");
        var strangers = cases.Keys.Count(number => !receipts.Contains(number));
        Doubled += strangers;
        if (strangers > 0) _faults.Add($"{strangers} cases belong to no dialogue: booked twice.");
        foreach (var booking in bookings)
        {
            var resident = _residents[booking.Resident.Id];
            var own = resident.Body["talk"]!["cases"]!.AsArray().Select(c => Text(c!, "number")).ToList();
            if (own is not [var only] || only != booking.ReceiptNumber) _faults.Add($"A resident with receipt {booking.ReceiptNumber} has the cases {string.Join(", ", own)}.");
            if (cases.TryGetValue(booking.ReceiptNumber, out var opened) && Text(opened.Body["opening"]!, "resident") != resident.Key) _faults.Add($"Case {booking.ReceiptNumber} is somebody else's.");
        }
    }

    private void NoDayIsOversold()
    {
        var places = _drill.Town.PlacesPerDay;
        foreach (var day in _states.Where(s => s.Name == "slot-day"))
            Oversold += Math.Max(0, day.Body["confirmed"]!.AsArray().Count + day.Body["held"]!.AsObject().Count - places);
        foreach (var day in _drill.Books.Cases().CountBy(c => (c.Resource, c.Day))) Oversold += Math.Max(0, day.Value - places);
        if (Oversold > 0) _faults.Add($"{Oversold} places were sold that do not exist.");
    }

    private void PlacesAreExactlyTheBookings()
    {
        var booked = _states.Where(s => s.Name == "case").Select(s => s.Body["slot"]!).Select(s => $"{Text(s, "resource")}/{Text(s, "date")} {Text(s, "hold")}");
        var confirmed = _states.Where(s => s.Name == "slot-day").SelectMany(d => d.Body["confirmed"]!.AsArray().Select(hold => $"{d.Key[(d.Key.IndexOf('/', StringComparison.Ordinal) + 1)..]} {hold}"));
        if (!booked.Order(StringComparer.Ordinal).SequenceEqual(confirmed.Order(StringComparer.Ordinal))) _faults.Add("The places taken are not exactly the bookings.");
    }

    private void RecordsSayTheSame()
    {
        var behind = _drill.Books.Behind();
        if (behind.Count > 0) _faults.Add($"Records lack facts of {behind.Count} grains.");
        var grains = _states.Where(s => s.Name == "case").Select(s => new CaseRow(s.LastOfKey, Text(s.Body["opening"]!, "resident").Split('/')[^1], Text(s.Body, "status"),
            (string?)s.Body["slot"]!["resource"], (string?)s.Body["slot"]!["date"], (int?)s.Body["fee"]));
        var same = grains.OrderBy(c => c.Number, StringComparer.Ordinal).SequenceEqual(_drill.Books.Cases().OrderBy(c => c.Number, StringComparer.Ordinal));
        if (!same) _faults.Add("Records do not say about the cases what the grains say.");
        RecordsEqual = same && behind.Count == 0;
    }

    private void NothingIsSaidTwice()
    {
        var twice = new List<SaidTwice>();
        foreach (var (phone, state) in _residents)
        {
            IReadOnlyList<JournalEntry> calls = [.. _calls[phone]];
            var said = _lines[state.LastOfKey].Where(l => !l.Heard).Select(l => l.What).ToList();
            twice.AddRange(SaidTwice.In(phone, calls, said, _drill.Troubles));
            _faults.AddRange(SaidTwice.NeverDecided(calls, said).Select(line => $"Said without having been decided: {line}"));
        }

        ReadTwice = twice;
        _faults.AddRange(twice.Where(t => t.Window is null).Select(t => $"Said twice for no known reason:\n{t.Story}"));
    }

    private void NothingIsLeft()
    {
        var left = _drill.Books.Waiting();
        if (left.Count > 0) _faults.Add($"{left.Count} grains still have something to say or to do.");
    }

    // What waited during a trouble is pushed just when the resident says something again: LINE knows that word's token, the office does not yet.
    private void LineFoundNothing()
    {
        var findings = _drill.World.Platform.Findings.Where(f => !Expected.Contains(f.Code) && !(f.Code == "push-while-reply-token-fresh" && _drill.Troubles.Any(t => t.Touches(f.At - Shortly, f.At))));
        _faults.AddRange(findings.CountBy(f => f.Code).Select(f => $"LINE's finding {f.Key}: {f.Value} times."));
    }

    private static string Text(JsonNode node, string name) => (string)node[name]!;
}
