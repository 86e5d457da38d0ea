namespace OrleansGov.Api.Webhooks;

/// <summary>A LINE channel as its door needs it.</summary>
/// <param name="Name">The last part of the webhook's URL.</param>
/// <param name="Secret">Channel secret.</param>
/// <param name="NextSecret">The secret that replaces it; both verify until the old one is taken out.</param>
/// <param name="BotUserId">Expected <c>destination</c>; null = not checked.</param>
public sealed record DoorChannel(string Name, string Secret, string? NextSecret = null, string? BotUserId = null);

/// <summary>The channels that have a door, by name.</summary>
public sealed class DoorChannels(IEnumerable<DoorChannel> channels)
{
    private readonly ImmutableDictionary<string, DoorChannel> _byName = channels.ToImmutableDictionary(c => c.Name, StringComparer.Ordinal);

    public DoorChannel? Find(string name) => _byName.GetValueOrDefault(name);
}
