namespace OrleansGov.LocalLine;

/// <summary>What a local LINE world may be told beforehand. Where LINE publishes no number, the default is our own choice.</summary>
public sealed record LocalLineOptions
{
    /// <summary>Seed of every invented id, token and name: the same script gives the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Messages a resident's screen keeps; older ones scroll away.</summary>
    public int ScreenLength { get; init; } = 200;

    /// <summary>Entries the journal keeps (calls and webhooks together).</summary>
    public int JournalLength { get; init; } = 2000;

    /// <summary>Findings kept.</summary>
    public int FindingsLength { get; init; } = 1000;

    /// <summary>Pictures and files kept per world; older ones count as expired (404).</summary>
    public int ContentLength { get; init; } = 2000;

    /// <summary>How long the office has until its status line must have arrived (LINE: 2 s).</summary>
    public TimeSpan WebhookBudget { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>When a failed event comes again, counted from each failure (own; LINE does not publish its schedule).</summary>
    public IReadOnlyList<TimeSpan> RedeliveryDelays { get; init; } =
        [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)];

    /// <summary>Webhooks in flight at once, over all channels.</summary>
    public int WebhookConnections { get; init; } = 256;

    /// <summary>False switches the token buckets off.</summary>
    public bool RateLimits { get; init; } = true;

    /// <summary>True refuses JSON properties LINE does not document (own; catches typing errors); false only notes a finding.</summary>
    public bool RefuseUnknownProperties { get; init; } = true;

    /// <summary>How long bulk rich-menu work and narrowcasts take after their 202.</summary>
    public TimeSpan BulkDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long LINE prepares a video or audio before it can be downloaded (202 until then).</summary>
    public TimeSpan VideoPreparation { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Sends webhooks into a test server instead of a socket. Null: real HTTP, loopback only.</summary>
    public HttpMessageHandler? WebhookHandler { get; init; }

    /// <summary>Told of every journal entry, also of those the journal does not keep: for who counts them all. Called while the office waits: must be quick.</summary>
    public Action<Journal.JournalEntry>? Noted { get; init; }
}
