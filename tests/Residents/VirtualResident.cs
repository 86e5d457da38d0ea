using System.Diagnostics;
using OrleansGov.LocalLine.Webhooks;
using OrleansGov.LocalLine.World;

namespace OrleansGov.Residents;

/// <summary>A dialogue from the first word to its end.</summary>
/// <param name="ReceiptNumber">As shown on the receipt; "" where there was none.</param>
/// <param name="Turns">Each time something was said, tapped or sent in and answered.</param>
/// <param name="Repeats">Turns that were made again because nothing came back.</param>
public sealed record Booking(LocalResident Resident, string ReceiptNumber, IReadOnlyList<TurnTime> Turns, int Repeats)
{
    public Ending Ending { get; init; }
}

/// <summary>How long one turn took.</summary>
/// <param name="Answered">From the word to the first word back; for a form, from its sending. Null = nothing came while the patience lasted.</param>
/// <param name="Acknowledged">From the word to the office's 200, of a first delivery that succeeded; else null.</param>
public sealed record TurnTime(TimeSpan? Answered, TimeSpan? Acknowledged)
{
    /// <summary>The question answered, such as <c>items</c> or <c>day</c>.</summary>
    public string Step { get; init; } = "";

    /// <summary>text, tap, form, sticker, photo, follow …</summary>
    public string Kind { get; init; } = "";

    /// <summary>When it was meant to be said, as a <see cref="Stopwatch"/> timestamp: what delays the saying counts as waiting.</summary>
    public long Meant { get; init; }
}

/// <summary>
/// Somebody with a phone who books a pickup. Decides each step from what the screen asks and as its persona goes; says the last thing again when nothing
/// comes, as people do; loads a form again that does not load.
/// </summary>
/// <param name="patience">After how long without an answer the last thing is said again.</param>
public sealed class VirtualResident(LineWorld world, Errand errand, TimeSpan patience, int seed)
{
    private const int MostTurns = 200; // a dialogue that circles is a failure, not a long test
    private readonly Random _random = new(seed);
    private readonly Reading _reading = new(errand);
    private readonly List<TurnTime> _turns = [];
    private readonly List<SentEvent> _sent = [];
    private int _repeats;

    /// <summary>Null until <see cref="Book"/> or <see cref="Meet"/> gave it a phone.</summary>
    public LocalResident? Phone { get; private set; }

    /// <summary>Everything said and tapped, in order, each with its fate; without the follow.</summary>
    public IReadOnlyList<SentEvent> Sent => _sent;

    public Persona Persona { get; init; } = new Steady();

    /// <summary>The pause before each turn, before the persona's pace; null = none.</summary>
    public Func<Random, TimeSpan>? Think { get; init; }

    /// <summary>Told before each turn: a test counts them to find its moment.</summary>
    public Action Acting { get; init; } = () => { };

    /// <summary>Told after each turn, also of one that nothing came back to.</summary>
    public Action<TurnTime> Acted { get; init; } = _ => { };

    /// <summary>Told of each event on its way; true = the second of a double tap, which may be answered by silence.</summary>
    public Action<SentEvent, bool> Sending { get; init; } = (_, _) => { };

    /// <exception cref="InvalidOperationException">The dialogue goes in circles.</exception>
    /// <param name="meant">When it was meant to begin, as a <see cref="Stopwatch"/> timestamp; null = now.</param>
    public async Task<Booking> Book(CancellationToken cancel, string? until = null, long? meant = null)
    {
        await Meet(cancel, meant);
        return await GoOn(cancel, until);
    }

    /// <summary>Adds the office as a friend and is greeted.</summary>
    public async Task Meet(CancellationToken cancel, long? meant = null)
    {
        var since = meant ?? Stopwatch.GetTimestamp();
        Phone = world.Platform.AddResident(world.Channel);
        var heard = await Heard(0, cancel);
        Acted(new(heard ? Stopwatch.GetElapsedTime(since) : null, null) { Step = "follow", Kind = "follow", Meant = since });
    }

    /// <summary>Goes on from what the phone shows.</summary>
    /// <param name="until">Stops when the office's newest words contain this; null = at the end of the persona's wishes.</param>
    /// <param name="meant">When the first turn was meant to be made; null = now.</param>
    public async Task<Booking> GoOn(CancellationToken cancel, string? until = null, long? meant = null)
    {
        using var form = new PersonalForm();
        Deed? last = null, instead = null;
        var before = 0L; // what the phone showed when the last thing was said
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var since = await Paused(meant, cancel);
            meant = null;
            var screen = world.Platform.Screen(Phone!); // read after the pause: more may have come meanwhile
            if (until is not null && screen.Messages.LastOrDefault(m => m.FromBot)?.Text.Contains(until, StringComparison.Ordinal) == true) return End(Ending.Open);
            var again = last is not null && !screen.Messages.Any(m => m.FromBot && m.Seq > before);
            var deed = instead ?? (again ? last! : Persona.Decide(new(_reading.Next(screen, _random.Next), screen, _random)));
            instead = null;
            if (deed is Deed.Leave(var ending)) return End(ending);
            if (again) _repeats++;
            (last, before) = (deed, screen.LastSeq);
            Acting();
            Task<TimeSpan?> acknowledged = Task.FromResult<TimeSpan?>(null);
            switch (deed)
            {
                case Deed.FillForm(var link) when !await form.Fill(link, cancel):
                    await Task.Delay(patience / 4, cancel); // "this page cannot be reached"
                    continue;
                case Deed.FillForm or Deed.Listen:
                    break;
                case Deed.Block:
                    Send(world.Platform.Block(Phone!)!);
                    return End(Ending.Left);
                case Deed.BlockAWhile:
                    Send(world.Platform.Block(Phone!)!);
                    since = await Paused(null, cancel);
                    acknowledged = Acknowledged(Send(world.Platform.Unblock(Phone!)!), since);
                    break;
                default:
                    acknowledged = Acknowledged(Send(Perform(deed)), since);
                    if (deed.Twice) Send(Once(deed, screen), copy: true);
                    break;
            }

            var heard = await Heard(screen.LastSeq, cancel);
            // an answer to something earlier may have crossed this word: its own is still to come
            while (heard && !deed.Twice && world.Platform.Screen(Phone!) is { Messages: [.., { FromBot: false }], LastSeq: var mine }) heard = await Heard(mine, cancel);
            if (deed is Deed.Listen)
            {
                last = null;
                continue;
            }

            var time = new TurnTime(heard ? Stopwatch.GetElapsedTime(since) : null, heard || acknowledged.IsCompleted ? await acknowledged : null) { Step = deed.Step, Kind = deed.Kind, Meant = since };
            if (heard) _turns.Add(time);
            else if (deed is Deed.FillForm) instead = new Deed.Say("入力しました") { Step = deed.Step }; // sent, or too old: the office knows which
            Acted(time);
        }

        throw new InvalidOperationException($"No end after {MostTurns} turns ({Persona.Name}). The phone shows:\n{string.Join('\n', world.Platform.Screen(Phone!).Messages.TakeLast(12).Select(m => $"{(m.FromBot ? "<" : ">")} {m.Text}"))}");
    }

    private Booking End(Ending ending) => new(Phone!, _reading.Receipt ?? "", [.. _turns], _repeats) { Ending = ending };

    /// <summary>Waits as long as this persona thinks, and tells when the turn was meant to be made: after the pause as planned, not as the timer woke.</summary>
    private async Task<long> Paused(long? meant, CancellationToken cancel)
    {
        if (meant is { } planned) return planned;
        var now = Stopwatch.GetTimestamp();
        if (Think is null) return now;
        var pause = Think(_random) * Persona.Pace;
        if (pause <= TimeSpan.Zero) return now;
        await Task.Delay(pause, cancel);
        return now + (long)(pause.TotalSeconds * Stopwatch.Frequency);
    }

    private SentEvent Send(SentEvent sent, bool copy = false)
    {
        _sent.Add(sent);
        Sending(sent, copy);
        return sent;
    }

    private SentEvent Perform(Deed deed) => deed switch
    {
        Deed.Say(var words) => world.Platform.SendText(Phone!, words),
        Deed.Tap(var label) => Tap(label),
        Deed.SendSticker => world.Platform.SendSticker(Phone!, "446", "1988"),
        Deed.SendPhoto => world.Platform.SendImages(Phone!, TimeSpan.Zero, (Photo.Png, "image/png"))[0],
        _ => throw new UnreachableException(),
    };

    // The second of a double tap hits the same button, though the first has made it vanish.
    private SentEvent Once(Deed deed, ScreenView screen) =>
        deed is Deed.Tap(var label) && screen.Messages.LastOrDefault(m => m.FromBot) is { } newest && Reading.Actions(newest.Message).FirstOrDefault(a => a.Label == label) is { Label: not null, Action: var action }
            ? world.Platform.Tap(Phone!, action)!
            : Perform(deed);

    private SentEvent Tap(string label)
    {
        try
        {
            return world.Platform.Tap(Phone!, label)!;
        }
        catch (InvalidOperationException) // quick replies go when something else is said, even while the finger moves: then people write what they would have tapped
        {
            return world.Platform.SendText(Phone!, label);
        }
    }

    private static async Task<TimeSpan?> Acknowledged(SentEvent sent, long since) => (await sent.FirstAttempt).Delivered ? Stopwatch.GetElapsedTime(since) : null;

    /// <returns>False when patience ended first.</returns>
    private async Task<bool> Heard(long after, CancellationToken cancel)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        enough.CancelAfter(patience);
        try
        {
            await world.Platform.WaitForBotMessage(Phone!, after, enough.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
