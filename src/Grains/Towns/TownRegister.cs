namespace OrleansGov.Grains;

/// <summary>Which municipality a channel speaks for. Fixed at start from configuration and the town files.</summary>
/// <param name="Towns">By id; at least one.</param>
/// <param name="Channels">Town id by channel name.</param>
/// <param name="PersonalDetailsInTalk">The installation's recorded decision (<c>Privacy__PersonalDetails=Talk</c>).</param>
public sealed record TownRegister(ImmutableDictionary<string, Town> Towns, ImmutableDictionary<string, string> Channels, bool PersonalDetailsInTalk)
{
    /// <exception cref="InvalidOperationException">The channel is not configured: the door lets none such through.</exception>
    public string OfChannel(string channel) => Channels.TryGetValue(channel, out var town) ? town
        : throw new InvalidOperationException($"Channel '{channel}' is not configured.");
}
