using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansGov.Grains.Photos;

namespace OrleansGov.Grains;

/// <summary>
/// One resident, one turn at a time. A turn is: decide (pure), assign, write once, and only then speak and do. Whatever was accepted is in
/// that one write (state, seen event, what to say, what to do, facts), so a crash at any point loses nothing and does nothing twice.
/// </summary>
[Orleans.Placement.ActivationCountBasedPlacement]
public sealed partial class ResidentGrain(
    [PersistentState("resident", StorageNames.Hot)] IPersistentState<ResidentState> state,
    ResidentServices services,
    ILogger<ResidentGrain> log) : Grain, IResidentGrain
{
    private readonly BackgroundPump _pump = new(log), _facts = new(log);
    private readonly BackgroundPump _photos = new(log); // a picture that takes its time holds no answer up
    private IntentPerformer _performer = null!;
    private OutboxSender _sender = null!;
    private FormLink? _newForm;

    // Not stored: a flood that begins anew after a restart is answered a few times more, and that is all.
    private Pace? _pace;

    // Marks (sent, handed over) live in memory until the next write takes them along.
    private int _marks, _marksStored;

    // True from a write that failed: what is in memory must not be stored by the way out.
    private bool _failed;

    // The pump may only touch what the last write made durable: the resident hears of nothing that could still be lost.
    private long _durableSpoken, _durableFacts;

    private string Key => this.GetPrimaryKeyString();
    private string Channel => ResidentKey.Split(Key).Channel;
    private string Town => services.Towns.OfChannel(Channel);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _performer = new IntentPerformer(GrainFactory, Key, Town);
        // Whatever waits in a state just read may have been sent before a crash: its fate is unknown (line.md §4).
        _sender = new OutboxSender(services, log, Channel, uncertainUpTo: state.State.Spoken);
        (_durableSpoken, _durableFacts) = (state.State.Spoken, state.State.Facts.Seq);
        ResidentMeter.WokeUp();
        return Task.CompletedTask;
    }

    public async Task Receive(ResidentEvent received)
    {
        var started = Stopwatch.GetTimestamp();
        if (state.State.Seen.Contains(received.EventId, received.OccurredAt))
        {
            ResidentMeter.Repeated(received.Channel);
            Revive(received);
            return;
        }

        if (state.State.Talk.Control.State == ControlState.Erased) Begin();
        if (received.Standby)
        {
            var noted = Dialogue.Hush(state.State.Talk, new Heard(received.Message, received.EventId, received.OccurredAt), services.Towns.Towns[Town].Phrases, speak: false, services.Clock.GetUtcNow());
            await Write(state.State.After(noted, received, Key, Town, services.Clock.GetUtcNow()));
            return;
        }

        if (services.Limits.MessagesPerMinute > 0 && !state.State.Talk.Control.IsSilent && Hush(received) is { } hushed)
        {
            await Write(state.State.After(hushed, received, Key, Town, services.Clock.GetUtcNow()));
            return;
        }

        await Settle(); // a submission just made comes first, so that a double tap finds it done
        var office = await services.Offices.For(Town, state.State.Talk);
        var now = services.Clock.GetUtcNow();
        var turn = await Turn(new Heard(received.Message, received.EventId, received.OccurredAt), office, now);
        await Write(state.State.After(turn, received, Key, Town, now));
        ResidentMeter.Took(received.Channel, Town, turn, started);
        if (state.State.Intents.Exists(i => !PhotoFetcher.Handles(i.Intent))) _ = this.AsReference<IResidentGrain>().Wake(); // a turn of its own, after this one was acknowledged
    }

    // What the engine cannot work out must not come back from LINE for ever: the message is noted, and a person is called.
    private async Task<Turn> Turn(Heard heard, Office office, DateTimeOffset now)
    {
        try
        {
            return await Finish(Dialogue.Receive(state.State.Talk, heard, office, now), office);
        }
        catch (Exception e) when (e is not (TimeoutException or GrainStorageException or OrleansException or OperationCanceledException))
        {
            log.LogError("The engine failed at a message of channel {Channel}: {Error} in {Place}", Channel, e.GetType().Name, e.TargetSite?.DeclaringType?.Name);
            ResidentMeter.EngineFailed(Channel);
            _newForm = null;
            return Dialogue.Fail(state.State.Talk, heard, office, now);
        }
    }

    public async Task<FormView?> LookAtForm(string token)
    {
        if (FormTokens.Find(state.State.Forms, token, services.Clock.GetUtcNow()) is not { } link) return null;
        var office = await services.Offices.For(Town, state.State.Talk);
        return FormTokens.View(link, state.State.Talk, office);
    }

    public async Task<FormResult> FillForm(string token, ImmutableDictionary<string, string> values)
    {
        var now = services.Clock.GetUtcNow();
        var none = ImmutableDictionary<string, string>.Empty;
        if (FormTokens.Find(state.State.Forms, token, now) is not { } link) return new(FormState.Gone, none);
        var office = await services.Offices.For(Town, state.State.Talk);
        if (FormTokens.StepOf(link, state.State.Talk, office) is not { } step) return new(FormState.Gone, none);
        var (fields, errors) = SecretForm.Read(step, values, now, office, state.State.Talk.Language);
        if (fields is null) return new(FormState.Invalid, errors);

        var turn = await Finish(Dialogue.FormFilled(state.State.Talk, link.Run, link.Step, fields, values.GetValueOrDefault("remember") == "on", office, now), office);
        var next = state.State.After(turn, Channel, Key, Town, now);
        await Write(next with { Forms = next.Forms.RemoveAll(f => f.Run == link.Run && f.Step == link.Step) });
        ResidentMeter.Happened(Town, turn);
        return new(FormState.Saved, none);
    }

    public async Task Wake()
    {
        var now = services.Clock.GetUtcNow();
        await Settle();
        if (state.State.Talk.NextDue is { } due && due <= now)
        {
            var office = await services.Offices.For(Town, state.State.Talk);
            var turn = Dialogue.FallDue(state.State.Talk, office, now);
            await Write(state.State.After(turn, Channel, Key, Town, now));
            ResidentMeter.Happened(Town, turn);
            await Settle(); // places of forgotten runs
        }
        else if (_marks != _marksStored && !_pump.IsRunning && !_facts.IsRunning && !_photos.IsRunning) await Write(state.State);

        Pump();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        ResidentMeter.FellAsleep();
        await Task.WhenAll(_pump.Finish(), _facts.Finish(), _photos.Finish());
        if (_marks != _marksStored && !_failed) await Write(state.State, pump: false);
    }

    // A flood is recorded, and its event counts as dealt with; the procedure in hand stays as it is.
    private Turn? Hush(ResidentEvent received)
    {
        var now = services.Clock.GetUtcNow();
        (_pace, var verdict) = (_pace ?? Pace.Fresh(services.Limits.MessagesPerMinute, now)).After(received.Message, services.Limits.MessagesPerMinute, now);
        return verdict == PaceVerdict.Answer ? null
            : Dialogue.Hush(state.State.Talk, new Heard(received.Message, received.EventId, received.OccurredAt), services.Towns.Towns[Town].Phrases, speak: verdict == PaceVerdict.Ask, now);
    }

    /// <summary>Carries out what the last turn decided, and what its outcomes decide in turn: a talk that moved is told to its case and its desk at once.</summary>
    private async Task Settle()
    {
        for (var round = 0; round < MostRounds && await SettleOnce(); round++);
    }

    private const int MostRounds = 5;

    /// <summary>Carries out what is due and feeds the outcomes back: one write for all of them.</summary>
    /// <returns>False when nothing was due, or something has to wait.</returns>
    private async Task<bool> SettleOnce()
    {
        var now = services.Clock.GetUtcNow();
        // in order: what follows an intent that has to wait may build on it
        var due = state.State.Intents.Where(i => !PhotoFetcher.Handles(i.Intent)).TakeWhile(i => i.NotBefore is null || i.NotBefore <= now).ToImmutableList();
        if (due.IsEmpty) return false;
        var talk = state.State.Talk;
        var settled = new List<(PendingIntent Pending, bool Done, Turn? Turn)>();
        foreach (var pending in due)
        {
            try
            {
                if (await _performer.Perform(pending.Intent, pending.At) is not { } outcome)
                {
                    settled.Add((pending, true, null));
                    continue;
                }

                var office = await services.Offices.For(Town, talk);
                var turn = await Finish(Dialogue.Learn(talk, pending.Intent.Id, outcome, office, now), office);
                talk = turn.Next;
                settled.Add((pending, true, turn));
            }
            catch (Exception e) when (e is TimeoutException or GrainStorageException or OrleansException)
            {
                log.LogWarning("Intent {Intent} will be repeated: {Error}", pending.Intent.GetType().Name, e.GetType().Name);
                settled.Add((pending, false, null));
                break; // order is kept: what follows may build on this one
            }
        }

        var next = state.State; // read now: the pump may have marked entries as sent meanwhile
        foreach (var (pending, done, turn) in settled)
        {
            next = next with { Intents = done ? next.Intents.RemoveAll(i => i.Intent.Id == pending.Intent.Id) : next.Intents.Replace(pending, pending.Failed(now)) };
            if (turn is not null) next = next.After(turn, Channel, Key, Town, now);
        }

        await Write(next);
        foreach (var (_, _, turn) in settled) ResidentMeter.Happened(Town, turn);
        return settled.TrueForAll(s => s.Done);
    }

    private async Task<Turn> Finish(Turn turn, Office office)
    {
        while (turn.Inquiry is { } inquiry)
        {
            var now = services.Clock.GetUtcNow();
            if (inquiry is Inquiry.MakeForm form)
            {
                var (token, link) = FormTokens.Make(form, now);
                _newForm = link;
                turn = Dialogue.Continue(turn with { Inquiry = null }, new Outcome.FormMade($"/form/{Channel}/{ResidentKey.Split(Key).Pseudonym}/{token}", link.Until), office, now);
            }
            else turn = Dialogue.Continue(turn with { Inquiry = null }, await _performer.Ask(inquiry, now), office, now);
        }

        return turn;
    }

    /// <summary>The one write. If it fails the activation goes: the next one reads what is really stored.</summary>
    private async Task Write(ResidentState next, bool pump = true)
    {
        if (_newForm is { } form) next = next with { Forms = FormTokens.Keep(next.Forms, form) };
        _newForm = null;
        var marks = _marks;
        _failed = true;
        await state.Write(next, this);
        _failed = false;
        _marksStored = marks;
        (_durableSpoken, _durableFacts) = (next.Spoken, next.Facts.Seq);
        if (pump) Pump();
    }

    // A redelivered event whose answer is still unsent brings its reply token to life for another minute.
    private void Revive(ResidentEvent received)
    {
        var at = state.State.Outbox.FindIndex(e => e.Reply is { } chance && chance.Token == received.ReplyToken);
        if (at < 0) return;
        var entry = state.State.Outbox[at];
        state.State = state.State with { Outbox = state.State.Outbox.SetItem(at, entry with { Reply = entry.Reply! with { ReceivedAt = received.ReceivedAt } }) };
        Pump();
    }

    private void Pump()
    {
        _pump.Run(Send);
        _facts.Run(HandOverFacts); // apart: whoever answers faster than Records commits is answered all the same
        if (state.State.Intents.Exists(i => PhotoFetcher.Handles(i.Intent)))
            _photos.Run(() => services.Photos.Fetch(Channel, Town, state.State.Intents, done => Mark(state.State with { Intents = state.State.Intents.RemoveAll(i => i.Intent.Id == done.Id) })));
    }

    private async Task Send()
    {
        if (!await SendAnswers()) return;

        // Its fate unknown, a receipt would be said again after a crash: that it went out does not wait for the resident's next word, which may not come today.
        await _facts.Rest(); // one write for both marks
        _ = this.AsReference<IResidentGrain>().Wake();
    }

    /// <returns>True when something that must arrive has been sent.</returns>
    private async Task<bool> SendAnswers()
    {
        var receipted = false;
        while (NextToSend() is { } entry)
        {
            if (entry.NotBefore - services.Clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
            {
                if (wait > PendingFacts.Grace) break; // the sweeper comes back for it
                if (!await _pump.Pause(wait, services.Clock)) break; // between turns: holds nobody up
                continue; // a reply may have come in meanwhile, and its token would not wait
            }

            var result = await _sender.Send(entry, () => state.State);
            var outbox = state.State.Outbox;
            var at = outbox.FindIndex(e => e.Seq == entry.Seq);
            if (at >= 0) Mark(result.Left is { } left ? state.State with { Outbox = outbox.SetItem(at, left) } : state.State.Without(entry, result.Outcome, result.Detail, Channel, Key, Town, services.Clock.GetUtcNow()));
            receipted |= result.Left is null && (entry.Importance == Importance.MustArrive || result.Outcome == OutboxSender.Overtaken);
        }

        return receipted;
    }

    private async Task HandOverFacts()
    {
        while (state.State.Facts.Waiting.FindAll(f => f.Seq <= _durableFacts) is { IsEmpty: false } waiting)
        {
            await services.Records.AppendAsync(waiting);
            Mark(state.State with { Facts = state.State.Facts.HandedOver(waiting[^1].Seq) });
        }
    }

    /// <summary>The first entry in speaking order; a push that backs off holds later pushes, not replies (their token would die).</summary>
    private OutboxEntry? NextToSend()
    {
        var now = services.Clock.GetUtcNow();
        var durable = state.State.Outbox.FindAll(e => e.Seq <= _durableSpoken);
        if (durable.Find(e => e.Epoch is { } epoch && epoch != state.State.Talk.Control.Epoch) is { } overtaken) return overtaken with { NotBefore = null }; // is put away at once, and holds nobody up
        var first = durable.Find(e => e.NotBefore is null || e.NotBefore <= now || e.Reply is not null);
        if (first is { Reply: null } && durable[0].Reply is null && durable[0].NotBefore > now) first = durable.Find(e => e.Reply is not null);
        return first ?? durable.FirstOrDefault();
    }

    private void Mark(ResidentState marked)
    {
        state.State = marked;
        _marks++;
    }
}
