namespace OrleansGov.LocalLine.World;

/// <summary>One Messaging API channel as its console would show it.</summary>
public sealed record ChannelSettings
{
    /// <summary>How we call it, unique in the world ("minato").</summary>
    public required string Name { get; init; }

    /// <summary>Channel id, the <c>client_id</c> of token calls.</summary>
    public required string ChannelId { get; init; }

    /// <summary>Channel secret: signs webhooks, issues tokens.</summary>
    public required string Secret { get; init; }

    /// <summary>User id of the bot, <c>U</c> + 32 hex; the <c>destination</c> of every webhook.</summary>
    public required string BotUserId { get; init; }

    /// <summary>Where events go. May be set later with <see cref="LocalChannel.WebhookUrl"/>. Loopback only.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>The console's "Use webhook" switch.</summary>
    public bool WebhookOn { get; init; } = true;

    /// <summary>The console's "Webhook redelivery" switch.</summary>
    public bool RedeliveryOn { get; init; } = true;

    /// <summary>True: another system talks; events say <c>standby</c> and carry no reply token.</summary>
    public bool Standby { get; init; }

    /// <summary>Counted messages a month; null = unlimited (<c>type: none</c>).</summary>
    public int? MonthlyLimit { get; init; }

    /// <summary>A long-lived access token from the console; null = none.</summary>
    public string? LongLivedToken { get; init; }

    /// <summary>LINE Login channel of the same provider, whose id tokens name our residents; null = none.</summary>
    public string? LoginChannelId { get; init; }

    /// <summary>Public RSA keys for JWT assertions by <c>kid</c> (v2.1 and stateless tokens), as PEM.</summary>
    public IReadOnlyDictionary<string, string> AssertionKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>Verified or premium account: may list followers.</summary>
    public bool Verified { get; init; }

    /// <summary>Shown to people; not LINE's.</summary>
    public string? Municipality { get; init; }
}
