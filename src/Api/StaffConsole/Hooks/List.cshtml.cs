using OrleansGov.Api.Access;

namespace OrleansGov.Api.StaffConsole;

/// <summary>Webhook: where other systems hear of events.</summary>
[Right(Scopes.ManageHooks)]
public sealed class HookListModel : HookPage
{
    public ImmutableList<HookEndpoint> Hooks { get; private set; } = [];

    public async Task OnGetAsync() => Hooks = await VisibleAsync();
}
