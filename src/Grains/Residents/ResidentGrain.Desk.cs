using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>The desk's door to a resident: staff look, take, speak and hand back. Each is one turn and one write, like the resident's own words.</summary>
public sealed partial class ResidentGrain
{
    private const int MostPictures = 4, LongestWords = 20_000;

    // Memory only: after a move of the grain the owner counts as away until the next heartbeat, and that is all it means.
    private DateTimeOffset? _attendedUntil;

    public async Task<TalkView> Look() => View(await services.Offices.For(Town, state.State.Talk));

    public async Task<ControlAnswer> Change(ControlCommand command)
    {
        await Settle(); // a request under way comes first: what staff see includes it
        var office = await services.Offices.For(Town, state.State.Talk);
        var now = services.Clock.GetUtcNow();
        var decided = StaffCommands.Decide(state.State.Talk, command, office, now);
        if (decided.Turn is { } turn)
        {
            turn = await Finish(turn, office);
            await Write(state.State.After(turn, Channel, Key, Town, now));
            if (turn.Next.Control.Owner is not null) _attendedUntil = now + DeskSettings.Lease;
            ResidentMeter.Happened(Town, turn);
            await Settle(); // the case and the desk hear of it before staff look again
        }

        return new(decided.Verdict, decided.Verdict == ControlVerdict.NotVisible ? null : View(office)) { Missing = decided.Missing };
    }

    public async Task<StaffSayAnswer> Say(StaffMessage message)
    {
        var office = await services.Offices.For(Town, state.State.Talk);
        var now = services.Clock.GetUtcNow();
        if (!StaffCommands.Sees(state.State.Talk, message.By, office)) return new(StaffSayVerdict.NotVisible, 0, null);
        if (state.State.StaffKeys.Find(k => k.Key == message.Key) is { } known)
            return known.Digest == message.Digest ? new(StaffSayVerdict.Repeated, known.Position, View(office)) : new(StaffSayVerdict.KeyReused, 0, View(office));
        var control = state.State.Talk.Control;
        var newer = message.LastSeen is { } seen ? state.State.HeardLately.FindAll(p => p > seen) : [];
        if (newer.IsEmpty && state.State.LastHeard > message.LastSeen) newer = [state.State.LastHeard];
        var bubbles = MessageRenderer.Bubbles(message.Text).Concat(message.ContentIds.Select(_ => "（写真）")).ToImmutableList();
        StaffSayVerdict? refusal = !message.By.May(StaffRights.Reply) ? StaffSayVerdict.Forbidden
            : control.State != ControlState.Human || control.Owner != message.By.Id ? StaffSayVerdict.NotOwner
            : bubbles.IsEmpty || message.ContentIds.Count > MostPictures || message.Text.Length > LongestWords ? StaffSayVerdict.Invalid
            : message.IfEpoch is null ? StaffSayVerdict.PreconditionRequired
            : message.IfEpoch != control.Epoch ? StaffSayVerdict.Stale
            : !newer.IsEmpty && !message.Acknowledge ? StaffSayVerdict.NewerMessages
            : bubbles.Count - message.ContentIds.Count > 1 && !message.Acknowledge ? StaffSayVerdict.WouldSplit
            : null;
        if (refusal is { } no)
            return new(no, 0, View(office)) { Newer = no == StaffSayVerdict.NewerMessages ? newer : [], Bubbles = no == StaffSayVerdict.WouldSplit ? bubbles : [] };

        var shown = StaffCommands.SenderOf(office.Town.DepartmentOf(control.Handoff!.Department), office.Town.Phrases);
        var says = message.ContentIds.Select(id => (Say)new Say.Picture($"/content/{Town}/{id}", "写真"));
        if (message.Text.Length > 0) says = says.Prepend(new Say.Words(message.Text));
        await Write(state.State.After(message, StaffCommands.Spoken(state.State.Talk, office, now), shown, [.. says], Channel, Key, Town, now));
        return new(StaffSayVerdict.Accepted, state.State.StaffKeys[^1].Position, View(office));
    }

    public async Task<ProposalAnswer> Propose(StaffProposal proposal)
    {
        var office = await services.Offices.For(Town, state.State.Talk);
        var now = services.Clock.GetUtcNow();
        var control = state.State.Talk.Control;
        if (!StaffCommands.Sees(state.State.Talk, proposal.By, office)) return new(ProposalVerdict.NotVisible, null, null);
        ProposalVerdict? refusal = !proposal.By.May(StaffRights.Reply) ? ProposalVerdict.Forbidden
            : control.State != ControlState.Human || control.Owner != proposal.By.Id ? ProposalVerdict.NotOwner
            : proposal.IfEpoch is null ? ProposalVerdict.PreconditionRequired
            : proposal.IfEpoch != control.Epoch ? ProposalVerdict.Stale
            : null;
        if (refusal is { } no) return new(no, null, View(office));
        var (turn, why) = StaffCommands.Propose(state.State.Talk, proposal.Step, proposal.Text, proposal.By.Id, office, now);
        if (turn is null) return new(why is null ? ProposalVerdict.NotInHand : ProposalVerdict.Invalid, why, View(office));
        await Write(state.State.After(turn, Channel, Key, Town, now));
        return new(ProposalVerdict.Asked, null, View(office));
    }

    public Task<bool> Attend(string staff)
    {
        if (state.State.Talk.Control.Owner != staff) return Task.FromResult(false);
        _attendedUntil = services.Clock.GetUtcNow() + DeskSettings.Lease;
        return Task.FromResult(true);
    }

    public async Task<EraseAnswer> Erase(string by)
    {
        if (state.State.LineUserId is null || state.State.Talk.Control.State == ControlState.Erased) return new(false, null);
        var office = await services.Offices.For(Town, state.State.Talk);
        var now = services.Clock.GetUtcNow();
        var number = state.State.Talk.Control.CaseNumber;
        var turn = StaffCommands.Erase(state.State.Talk, by, office, now);
        // Facts on their way go too; what Records has already goes when it learns of this one. Ids of events stay: they name nobody, and a late repeat must not bring words back.
        var facts = (state.State.Facts with { Waiting = [] }).Add(Key, now, new FactBody.Erased(Town, Channel, by));
        await Write(new ResidentState
        {
            Talk = turn.Next,
            Seen = state.State.Seen,
            Facts = facts,
            Spoken = state.State.Spoken,
            Intents = [.. turn.Intents.Select(i => new PendingIntent(i, now)), .. state.State.Intents.Where(i => i.Intent is Intent.FetchPhoto).Select(i => new PendingIntent(new Intent.DropPhoto(((Intent.FetchPhoto)i.Intent).ContentId) { Id = $"drop.{i.Intent.Id}" }, now))],
        });
        await Settle();
        return new(true, number);
    }

    // Whoever writes after an erasure is somebody new; only the epoch goes on, since it fences.
    private void Begin() => state.State = state.State with { Talk = Conversation.New with { Control = Control.Start with { Epoch = state.State.Talk.Control.Epoch + 1 } } };

    private TalkView View(Office office) => TalkViews.Of(state.State, Key, Town, office, _attendedUntil, services.Clock.GetUtcNow());
}
