using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansGov.Line;

namespace OrleansGov.Api.Webhooks;

/// <summary>
/// Whether LINE brings again what the door refuses. Its API does not tell, so a person declares it for each channel, and experience corrects the person: one
/// redelivered event proves that the switch is on; an hour after a refusal without any says that it is off. In memory, for this process.
/// </summary>
public sealed partial class RedeliveryWatch(IEnumerable<LineChannel> channels, TimeProvider clock, ILogger<RedeliveryWatch> logger) : IHostedService, IHealthCheck
{
    /// <summary>The local LINE's last attempt comes after 17 minutes; LINE's own schedule is not public.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly ImmutableDictionary<string, Experience> _channels = channels.ToImmutableDictionary(c => c.Name, c => new Experience(c.WebhookRedelivery), StringComparer.Ordinal);

    private sealed class Experience(string declared)
    {
        public string Declared => declared;
        public long Refused { get; set; }
        public DateTimeOffset? Owed { get; set; } // the first refusal since something last came again
        public DateTimeOffset? CameAgain { get; set; }
        public bool Told { get; set; }
    }

    /// <summary>Every channel as it stands now.</summary>
    public IReadOnlyList<RedeliveryView> Channels => [.. _channels.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => View(c.Key, c.Value))];

    /// <summary>A body that LINE signed was answered with something else than 2xx.</summary>
    public void Refused(string channel)
    {
        var experience = _channels[channel];
        lock (experience)
        {
            experience.Refused++;
            experience.Owed ??= clock.GetUtcNow();
        }

        TellOnce(channel, experience);
    }

    /// <summary>A body came in.</summary>
    /// <param name="again">LINE marked an event of it as redelivered.</param>
    public void Came(string channel, bool again)
    {
        var experience = _channels[channel];
        if (!again && experience.Owed is null) return;
        lock (experience)
        {
            if (again) (experience.CameAgain, experience.Owed, experience.Told) = (clock.GetUtcNow(), null, false);
        }

        TellOnce(channel, experience);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var view in Channels.Where(v => v.Warning is not null)) LogDoubt(view.Channel, view.Warning!);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Never unhealthy: what can be lost is a reason to tell a person, none to turn residents away.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(string.Join(" ", Channels.Select(v => v.Warning).OfType<string>()) is { Length: > 0 } warning ? warning : null));

    private void TellOnce(string channel, Experience experience)
    {
        if (experience.Told || View(channel, experience) is not { SeemsOff: true, Warning: { } warning }) return;
        experience.Told = true;
        LogDoubt(channel, warning);
    }

    private RedeliveryView View(string channel, Experience experience)
    {
        lock (experience)
        {
            var off = experience.Owed is { } owed && clock.GetUtcNow() - owed >= Patience;
            return new(channel, experience.Declared, experience.Refused, experience.Owed, experience.CameAgain, off, Warning(channel, experience, off));
        }
    }

    private static string? Warning(string channel, Experience experience, bool off) => (off, experience) switch
    {
        (true, _) => $"チャネル {channel}: 受け取れなかったイベントが、1時間たっても再送されません。Webhook の再送がオフのようです。LINE Developers コンソールの「Webhookの再送」をオンにしてください。",
        (_, { CameAgain: not null }) => null,
        (_, { Declared: "off" }) => $"チャネル {channel}: Webhook の再送がオフです。混雑や再起動のときに届いたメッセージは失われます。LINE Developers コンソールの「Webhookの再送」をオンにし、WebhookRedelivery=on と設定してください。",
        (_, { Declared: "unknown" }) => $"チャネル {channel}: Webhook の再送がオンかどうか分かりません。LINE Developers コンソールで確かめ、WebhookRedelivery=on と設定してください。オフの場合、混雑や再起動のときに届いたメッセージは失われます。",
        _ => null,
    };

    [LoggerMessage(LogLevel.Warning, "Webhook redelivery of channel {Channel}: {Warning}")]
    private partial void LogDoubt(string channel, string warning);
}

/// <summary>What is known of a channel's redelivery.</summary>
/// <param name="Declared">on, off or unknown: <c>Line__Channels__n__WebhookRedelivery</c>.</param>
/// <param name="Refused">Signed bodies this process answered with something else than 2xx.</param>
/// <param name="OwedSince">The first refusal since anything last came again; null = nothing is owed.</param>
/// <param name="CameAgainAt">When LINE last brought something again.</param>
/// <param name="SeemsOff">Nothing has come again within an hour.</param>
/// <param name="Warning">In Japanese, what is wrong and what to do; null = nothing.</param>
public sealed record RedeliveryView(string Channel, string Declared, long Refused, DateTimeOffset? OwedSince, DateTimeOffset? CameAgainAt, bool SeemsOff, string? Warning);
