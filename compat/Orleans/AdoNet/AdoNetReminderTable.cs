using System.Data;
using System.Data.Common;
using System.Globalization;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>Reminders in the table OrleansRemindersTable.</summary>
internal sealed class AdoNetReminderTable(AdoNetReminderTableOptions options, string serviceId) : IReminderTable
{
    private readonly StoredQueries queries = new(options.DataSource, nameof(AdoNetReminderTable));

    private (string, DbType, object?) Service => ("ServiceId", DbType.String, serviceId);

    public Task StartAsync(CancellationToken cancellationToken = default) => queries.LoadAsync(cancellationToken);

    public async Task<ReminderTableData> ReadRows(GrainId grainId) => new(await queries.Run("ReadReminderRowsKey", Entry, Service, Grain(grainId)));

    // The table's hashes are signed: there the ring ends at the greatest signed number.
    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var (from, to) = unchecked(((int)begin, (int)end));
        return new(await queries.Run(from < to ? "ReadRangeRows1Key" : "ReadRangeRows2Key", Entry, Service, ("BeginHash", DbType.Int32, from), ("EndHash", DbType.Int32, to)));
    }

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await queries.Run("ReadReminderRowKey", Entry, Service, Grain(grainId), Name(reminderName))).SingleOrDefault();

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var versions = await queries.Run("UpsertReminderRowKey", row => row.GetInt32(0), Service, Grain(entry.GrainId), Name(entry.ReminderName),
            ("StartTime", DbType.DateTime, DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)),
            ("Period", DbType.Int64, (long)entry.Period.TotalMilliseconds),
            ("GrainHash", DbType.Int32, unchecked((int)entry.GrainId.GetUniformHashCode())));
        return versions.Single().ToString(CultureInfo.InvariantCulture);
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        (await queries.Run("DeleteReminderRowKey", row => Convert.ToBoolean(row.GetValue(0), CultureInfo.InvariantCulture), Service, Grain(grainId), Name(reminderName),
            ("Version", DbType.Int32, int.Parse(eTag, CultureInfo.InvariantCulture)))).Single();

    public Task TestOnlyClearTable() => queries.Run("DeleteReminderRowsKey", _ => 0, Service);

    private static ReminderEntry Entry(DbDataReader row) => new()
    {
        GrainId = GrainId.Parse(row.GetString(row.GetOrdinal("GrainId")), CultureInfo.InvariantCulture),
        ReminderName = row.GetString(row.GetOrdinal("ReminderName")),
        StartAt = DateTime.SpecifyKind(row.GetDateTime(row.GetOrdinal("StartTime")), DateTimeKind.Utc),
        Period = TimeSpan.FromMilliseconds(row.GetInt64(row.GetOrdinal("Period"))),
        ETag = row.GetInt32(row.GetOrdinal("Version")).ToString(CultureInfo.InvariantCulture),
    };

    private static (string, DbType, object?) Grain(GrainId grainId) => ("GrainId", DbType.String, grainId.ToString());

    private static (string, DbType, object?) Name(string reminderName) => ("ReminderName", DbType.String, reminderName);
}
