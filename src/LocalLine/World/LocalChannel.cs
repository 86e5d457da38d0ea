using OrleansGov.LocalLine.Messaging;
using OrleansGov.LocalLine.RichMenus;

namespace OrleansGov.LocalLine.World;

/// <summary>A channel at work: its switches, its ledgers, its residents. State is guarded by the world's gate.</summary>
public sealed class LocalChannel
{
    private Uri? webhookUrl;

    internal LocalChannel(ChannelSettings settings)
    {
        Settings = settings;
        Standby = settings.Standby;
        WebhookOn = settings.WebhookOn;
        RedeliveryOn = settings.RedeliveryOn;
        MonthlyLimit = settings.MonthlyLimit;
        WebhookUrl = settings.WebhookUrl;
    }

    /// <summary>What it was opened with.</summary>
    public ChannelSettings Settings { get; }

    /// <inheritdoc cref="ChannelSettings.Name"/>
    public string Name => Settings.Name;

    /// <inheritdoc cref="ChannelSettings.WebhookUrl"/>
    /// <exception cref="ArgumentException">The address is not this machine: a local LINE never speaks to the world.</exception>
    public Uri? WebhookUrl
    {
        get => webhookUrl;
        set => webhookUrl = value is null || value.IsLoopback
            ? value
            : throw new ArgumentException($"The local LINE calls loopback addresses only, not '{value}'.", nameof(value));
    }

    /// <inheritdoc cref="ChannelSettings.WebhookOn"/>
    public bool WebhookOn { get; set; }

    /// <inheritdoc cref="ChannelSettings.RedeliveryOn"/>
    public bool RedeliveryOn { get; set; }

    /// <inheritdoc cref="ChannelSettings.Standby"/>
    public bool Standby { get; set; }

    /// <inheritdoc cref="ChannelSettings.MonthlyLimit"/>
    public int? MonthlyLimit { get; set; }

    /// <summary>How events are written on the wire.</summary>
    public Webhooks.WireStyle WireStyle { get; set; }

    internal Dictionary<string, LocalResident> Residents { get; } = [];

    internal ReplyTokenLedger ReplyTokens { get; } = new();

    internal RetryKeyLedger RetryKeys { get; } = new();

    internal QuotaLedger Quota { get; } = new();

    internal RichMenuShelf RichMenus { get; } = new();

    /// <summary>Events gathered for one body while a test asks for it; null = each event travels alone.</summary>
    internal List<Webhooks.SentEvent>? Gathering { get; set; }
}
