using OrleansGov.Silo.Reminders;

namespace OrleansGov.Silo.Tests.Reminders;

public sealed class SqliteReminderTableTests : IAsyncLifetime
{
    private readonly TemporaryData _data = new();
    private EmbeddedStore _store = null!;
    private SqliteReminderTable _table = null!;

    public ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(_data.Directory);
        _table = new SqliteReminderTable(_store);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Upsert_ThenReadAfterReopening_GivesTheReminder()
    {
        var set = Reminder("a", "keep/alive?");
        var etag = await _table.UpsertRow(set);
        await _store.DisposeAsync();
        await InitializeAsync();

        var read = await _table.ReadRow(set.GrainId, set.ReminderName);

        Assert.Equal((set.GrainId, set.ReminderName, set.StartAt, set.Period, etag), (read!.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
    }

    [Fact]
    public async Task Remove_WithAnOldETagOrName_RemovesNothing()
    {
        var set = Reminder("a", "one");
        var old = await _table.UpsertRow(set);
        var current = await _table.UpsertRow(set);

        Assert.False(await _table.RemoveRow(set.GrainId, "one", old!));
        Assert.False(await _table.RemoveRow(set.GrainId, "two", current!));
        Assert.True(await _table.RemoveRow(set.GrainId, "one", current!));
        Assert.False(await _table.RemoveRow(set.GrainId, "one", current!));
        Assert.Null(await _table.ReadRow(set.GrainId, "one"));
    }

    [Fact]
    public async Task ReadRows_OfAGrain_GivesAllOfItsReminders()
    {
        foreach (var (key, name) in ((string, string)[])[("a", "one"), ("a", "two"), ("b", "one")]) await _table.UpsertRow(Reminder(key, name));

        var rows = await _table.ReadRows(Grain("a"));

        Assert.Equal(["one", "two"], rows.Reminders.Select(r => r.ReminderName).Order());
    }

    [Fact]
    public async Task ReadRows_OfARange_IsOpenBelowClosedAboveAndRunsOverTheEndOfTheRing()
    {
        foreach (var i in Enumerable.Range(0, 60)) await _table.UpsertRow(Reminder($"g{i}", "one"));
        var hashes = Enumerable.Range(0, 60).Select(i => Grain($"g{i}").GetUniformHashCode()).Order().ToArray();
        var (low, high) = (hashes[10], hashes[40]);

        Assert.Equal(60, (await _table.ReadRows(0, uint.MaxValue)).Reminders.Count);
        Assert.Equal(60, (await _table.ReadRows(0, 0)).Reminders.Count);
        var inside = await HashesAsync(low, high);
        var around = await HashesAsync(high, low);
        Assert.Equal(hashes[11..41], inside);
        Assert.Equal(hashes[..11].Concat(hashes[41..]), around);
    }

    private async Task<uint[]> HashesAsync(uint begin, uint end) =>
        [.. (await _table.ReadRows(begin, end)).Reminders.Select(r => r.GrainId.GetUniformHashCode()).Order()];

    private static GrainId Grain(string key) => GrainId.Create("sweeper", key);

    private static ReminderEntry Reminder(string key, string name) => new()
    {
        GrainId = Grain(key),
        ReminderName = name,
        StartAt = new DateTime(2026, 12, 3, 9, 0, 0, DateTimeKind.Utc),
        Period = TimeSpan.FromMinutes(1),
    };
}
