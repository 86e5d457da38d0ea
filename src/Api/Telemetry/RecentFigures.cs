namespace OrleansGov.Api.Telemetry;

/// <summary>
/// The figures of the last minutes, for whoever asks "how is it now": one look every ten seconds, kept for five minutes, of the few families that a page
/// compares.
/// </summary>
public sealed class RecentFigures(FiguresReader reader, TimeProvider clock) : BackgroundService
{
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);
    private static readonly string[] Compared =
    [
        "orleansgov.webhook.duration", "orleansgov.webhook.events", "orleansgov.reply.duration", "orleansgov.turn.duration", "orleansgov.turn.repeats", "orleansgov.line.call.duration",
        "orleansgov.storage.write.duration", "orleansgov.storage.failures", "orleansgov.records.append.duration", "orleansgov.records.lag", "orleansgov.procedure.runs",
    ];

    private readonly Lock _gate = new();
    private readonly Queue<Figures> _looks = new();

    /// <summary>The figures of now, and the ones five minutes ago (or at the start of the process).</summary>
    public (Figures Now, Figures Then) Compare()
    {
        lock (_gate) return (reader.Look(), _looks.TryPeek(out var oldest) ? oldest : Figures.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Between, clock);
        do
        {
            var look = reader.Look();
            lock (_gate)
            {
                _looks.Enqueue(look with { Families = [.. look.Families.Where(f => Compared.Contains(f.Name))] });
                while (_looks.Peek().At < look.At - Span) _looks.Dequeue();
            }
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }
}
