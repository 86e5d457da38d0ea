using Orleans.Runtime;

namespace Orleans;

/// <summary>Keeps reminders; they are as durable as the table is.</summary>
public interface IReminderTable
{
    /// <summary>Called before the first use.</summary>
    Task StartAsync(CancellationToken cancellationToken = default)
#pragma warning disable CS0618 // the older name of the same step
        => Init();
#pragma warning restore CS0618

    /// <summary>The older name of <see cref="StartAsync"/>.</summary>
    [Obsolete("Implement and use StartAsync instead")]
    Task Init() => Task.CompletedTask;

    /// <summary>All reminders of a grain.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>Reminders with <see cref="GrainId.GetUniformHashCode"/> in (begin, end]; begin ≥ end: the ring around, so (0, 0) is everything.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>One reminder, or null.</summary>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Stores and returns the new version.</summary>
    Task<string?> UpsertRow(ReminderEntry entry);

    /// <summary>Removes the version; false when another is stored.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    /// <summary>For tests.</summary>
    Task TestOnlyClearTable();

    /// <summary>Called after the last use.</summary>
    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}

/// <summary>Some reminders.</summary>
[GenerateSerializer]
public sealed class ReminderTableData
{
    /// <summary>None.</summary>
    public ReminderTableData() => Reminders = [];

    /// <summary>One.</summary>
    public ReminderTableData(ReminderEntry entry) => Reminders = [entry];

    /// <summary>Several.</summary>
    public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = new List<ReminderEntry>(list);

    /// <summary>The reminders.</summary>
    [Id(0)]
    public IList<ReminderEntry> Reminders { get; private set; }
}

/// <summary>A reminder as the table keeps it.</summary>
[GenerateSerializer]
public sealed class ReminderEntry
{
    /// <summary>Whose.</summary>
    [Id(0)]
    public GrainId GrainId { get; set; }

    /// <summary>Unique per grain.</summary>
    [Id(1)]
    public string ReminderName { get; set; } = null!;

    /// <summary>The first time, UTC.</summary>
    [Id(2)]
    public DateTime StartAt { get; set; }

    /// <summary>The time between ticks.</summary>
    [Id(3)]
    public TimeSpan Period { get; set; }

    /// <summary>The version.</summary>
    [Id(4)]
    public string? ETag { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"<GrainId={GrainId} ReminderName={ReminderName} Period={Period}>";
}
