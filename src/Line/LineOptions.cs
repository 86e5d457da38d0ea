using System.Text.RegularExpressions;

namespace OrleansGov.Line;

/// <summary>Configuration section <c>Line</c>.</summary>
public sealed class LineOptions
{
    /// <summary>Everything but content and rich-menu images.</summary>
    public Uri ApiBaseUrl { get; set; } = new("https://api.line.me");

    /// <summary>Content and rich-menu images.</summary>
    public Uri ApiDataBaseUrl { get; set; } = new("https://api-data.line.me");

    /// <summary>How long one call may take. A call that takes longer has an unknown outcome.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    // A list with a setter: configuration binding needs both.
    public IList<LineChannel> Channels { get; set; } = [];

    /// <summary>The channel of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public LineChannel Channel(string name) =>
        Channels.FirstOrDefault(c => c.Name == name) ?? throw new KeyNotFoundException($"No LINE channel is called '{name}'; configured: {string.Join(", ", Channels.Select(c => c.Name))}.");
}

/// <summary>One LINE channel, that is one official account.</summary>
public sealed class LineChannel
{
    /// <summary>Our name for it, part of the webhook path and of every resident's key; <c>[a-z0-9-]</c>, 1–32 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>Town it belongs to; null = the default town.</summary>
    public string? Municipality { get; set; }

    /// <summary>Channel secret: verifies webhooks, issues stateless tokens.</summary>
    public string Secret { get; set; } = "";

    /// <summary>A reissued secret, accepted beside the old one while changing over.</summary>
    public string? NextSecret { get; set; }

    /// <summary>Long-lived access token from LINE's console; null = stateless tokens by <see cref="ChannelId"/> and <see cref="Secret"/>.</summary>
    public string? AccessToken { get; set; }

    public string? ChannelId { get; set; }

    /// <summary>User id of the bot, equal to a webhook's <c>destination</c>; null = not checked.</summary>
    public string? BotUserId { get; set; }

    /// <summary>Events a second that each of our doors takes for this channel; more is refused with 429. The default is what LINE would let us answer.</summary>
    public int EventsPerSecond { get; set; } = 2000;

    /// <summary>
    /// Whether the console's <i>Webhook redelivery</i> is on: <c>on</c>, <c>off</c> or <c>unknown</c>. LINE's API does not tell, so a person says it. What the door refuses while
    /// it is off is lost.
    /// </summary>
    public string WebhookRedelivery { get; set; } = "unknown";

    /// <summary>Never shows a secret or a token, so that a channel may appear in logs.</summary>
    public override string ToString() => $"LINE channel '{Name}' ({(AccessToken is { Length: > 0 } ? "long-lived token" : "stateless tokens")})";
}

/// <summary>Says in words what is wrong with the configuration, before the first webhook finds out.</summary>
public static partial class LineOptionsValidator
{
    /// <summary>Every fault, each naming its setting; empty = good. Values of secrets are never repeated.</summary>
    public static ImmutableList<string> Check(LineOptions options)
    {
        var faults = ImmutableList.CreateBuilder<string>();
        Address("Line__ApiBaseUrl", options.ApiBaseUrl);
        Address("Line__ApiDataBaseUrl", options.ApiDataBaseUrl);
        if (options.Timeout <= TimeSpan.Zero) faults.Add("Line__Timeout must be longer than zero.");

        for (var i = 0; i < options.Channels.Count; i++)
        {
            var (channel, at) = (options.Channels[i], $"Line__Channels__{i}");
            if (!ChannelName().IsMatch(channel.Name)) faults.Add($"{at}__Name is '{channel.Name}', but must be 1–32 characters of a–z, 0–9 and '-'.");
            else if (options.Channels.Take(i).Any(c => c.Name == channel.Name)) faults.Add($"{at}__Name is '{channel.Name}', which an earlier channel is called already.");
            if (string.IsNullOrWhiteSpace(channel.Secret)) faults.Add($"{at}__Secret is missing: without the channel secret no webhook can be verified (LINE Developers Console, Basic settings).");
            if (channel.WebhookRedelivery is not ("on" or "off" or "unknown")) faults.Add($"{at}__WebhookRedelivery is '{channel.WebhookRedelivery}', but must be on, off or unknown.");
            if (channel.EventsPerSecond < 1) faults.Add($"{at}__EventsPerSecond is {channel.EventsPerSecond}, but must be at least 1.");
            if (channel.NextSecret is not null && string.IsNullOrWhiteSpace(channel.NextSecret)) faults.Add($"{at}__NextSecret is empty; leave it out when there is none.");
            if (string.IsNullOrWhiteSpace(channel.AccessToken) && string.IsNullOrWhiteSpace(channel.ChannelId))
                faults.Add($"{at} has neither AccessToken (long-lived) nor ChannelId (stateless tokens): nothing could be sent.");
        }
        return faults.ToImmutable();

        void Address(string name, Uri? url)
        {
            if (url is not { IsAbsoluteUri: true } || url.Scheme is not ("http" or "https")) faults.Add($"{name} must be an absolute http or https address.");
            else if (url.Scheme == "http" && !url.IsLoopback) faults.Add($"{name} is http: access tokens would travel in the clear. Only a loopback address may be http.");
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex ChannelName();
}
