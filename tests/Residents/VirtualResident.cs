using System.Diagnostics;
using OrleansGov.LocalLine.Webhooks;
using OrleansGov.LocalLine.World;

namespace OrleansGov.Residents;

/// <summary>A booking from the first word to the receipt.</summary>
/// <param name="ReceiptNumber">As shown on the receipt.</param>
/// <param name="Turns">Each time something was said, tapped or sent in.</param>
/// <param name="Repeats">Turns that were made again because nothing came back.</param>
public sealed record Booking(LocalResident Resident, string ReceiptNumber, IReadOnlyList<TurnTime> Turns, int Repeats);

/// <summary>How long one turn took.</summary>
/// <param name="Answered">From the word to the first word back; for a form, from its sending.</param>
/// <param name="Acknowledged">From the word to the office's 200, of a first delivery that succeeded; else null.</param>
public sealed record TurnTime(TimeSpan Answered, TimeSpan? Acknowledged);

/// <summary>
/// Somebody with a phone who books a pickup. Decides each step from what the screen asks; says the last thing again when nothing comes, as people do;
/// loads a form again that does not load.
/// </summary>
/// <param name="patience">After how long without an answer the last thing is said again.</param>
public sealed class VirtualResident(LineWorld world, Errand errand, TimeSpan patience, int seed)
{
    private const int MostTurns = 200; // a dialogue that circles is a failure, not a long test
    private readonly Random _random = new(seed);
    private readonly List<TurnTime> _turns = [];
    private readonly List<SentEvent> _sent = [];
    private int _named;
    private int _repeats;

    /// <summary>Null until <see cref="Book"/> gave it a phone.</summary>
    public LocalResident? Phone { get; private set; }

    /// <summary>Everything said and tapped, in order, each with its fate; without the follow.</summary>
    public IReadOnlyList<SentEvent> Sent => _sent;

    /// <summary>Told before each turn: a test counts them to find its moment.</summary>
    public Action Acting { get; init; } = () => { };

    /// <exception cref="InvalidOperationException">The dialogue goes in circles.</exception>
    public async Task<Booking> Book(CancellationToken cancel, string? until = null)
    {
        Phone = world.Platform.AddResident(world.Channel);
        await Heard(0, cancel); // the greeting
        return await GoOn(cancel, until);
    }

    /// <summary>Goes on from what the phone shows.</summary>
    /// <param name="until">Stops when the office's newest words contain this; null = at the receipt.</param>
    public async Task<Booking> GoOn(CancellationToken cancel, string? until = null)
    {
        using var form = new PersonalForm();
        Deed? last = null;
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var screen = world.Platform.Screen(Phone!);
            if (until is not null && screen.Messages.LastOrDefault(m => m.FromBot)?.Text.Contains(until, StringComparison.Ordinal) == true) return new(Phone!, "", [.. _turns], _repeats);
            var deed = last is null || screen.Messages[^1].FromBot ? Reading.Next(errand, ref _named, screen, _random.Next) : last;
            if (deed is Deed.Done done) return new(Phone!, done.ReceiptNumber, [.. _turns], _repeats);
            if (deed == last) _repeats++;
            last = deed;
            Acting();
            var since = Stopwatch.GetTimestamp();
            Task<TimeSpan?> acknowledged = Task.FromResult<TimeSpan?>(null);
            switch (deed)
            {
                case Deed.FillForm(var link) when !await form.Fill(link, cancel):
                    await Task.Delay(patience / 4, cancel); // "this page cannot be reached"
                    continue;
                case Deed.FillForm:
                    break;
                default:
                    var sent = Perform(deed);
                    _sent.Add(sent);
                    acknowledged = Acknowledged(sent, since);
                    break;
            }

            if (await Heard(screen.LastSeq, cancel)) _turns.Add(new(Stopwatch.GetElapsedTime(since), await acknowledged));
            else if (deed is Deed.FillForm) last = new Deed.Say("入力しました");
        }

        throw new InvalidOperationException($"No receipt after {MostTurns} turns. The phone shows:\n{string.Join('\n', world.Platform.Screen(Phone!).Messages.TakeLast(12).Select(m => $"{(m.FromBot ? "<" : ">")} {m.Text}"))}");
    }

    private SentEvent Perform(Deed deed) => deed switch
    {
        Deed.Say(var words) => world.Platform.SendText(Phone!, words),
        Deed.Tap(var label) => Tap(label),
        _ => throw new UnreachableException(),
    };

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
