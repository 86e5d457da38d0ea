namespace OrleansGov.Grains;

/// <summary>The desk's door to a resident: staff look, take, speak and hand back.</summary>
public sealed partial class ResidentGrain
{
    public async Task<TalkView> Look() => View(await services.Offices.For(Town, state.State.Talk));

    public async Task<ControlAnswer> Change(ControlCommand command) => new(ControlVerdict.IllegalTransition, await Look());

    public async Task<StaffSayAnswer> Say(StaffMessage message) => new(StaffSayVerdict.NotOwner, 0, await Look());

    public async Task<ProposalAnswer> Propose(StaffProposal proposal) => new(ProposalVerdict.NotInHand, null, await Look());

    public Task<bool> Attend(string staff) => Task.FromResult(false);

    public Task<EraseAnswer> Erase(string by) => Task.FromResult(new EraseAnswer(false, null));

    private TalkView View(Office office) => TalkViews.Of(state.State, Key, Town, office, services.Clock.GetUtcNow());
}
