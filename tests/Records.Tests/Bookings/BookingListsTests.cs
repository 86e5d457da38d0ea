namespace OrleansGov.Records.Tests.Bookings;

public sealed class BookingListsInSqlite() : BookingListsTests(Provider.Sqlite);

public sealed class BookingListsInPostgres() : BookingListsTests(Provider.Postgres);

public abstract class BookingListsTests(Provider provider) : RecordsTests(provider)
{
    private static readonly DateOnly Tenth = new(2026, 11, 10);

    [Fact]
    public async Task ListBookings_OfARange_InOrderOfDayResourceAndNumber()
    {
        await Records.Store.AppendAsync([
            Records.Opened("S-3", TempRecords.Noon, day: Tenth.AddDays(1)),
            Records.Opened("S-2", TempRecords.Noon, day: Tenth, resource: "bulky-waste/south"),
            Records.Opened("S-1", TempRecords.Noon, day: Tenth),
            Records.Opened("S-4", TempRecords.Noon, day: Tenth.AddDays(2)),
            Records.Opened("S-5", TempRecords.Noon)]);

        await using var read = Records.Store.Read();
        var first = await read.ListBookingsAsync(new(TempRecords.Town, Tenth, Tenth.AddDays(1)), null, 2, TempRecords.Cancel);
        var last = first.Items[^1];
        var rest = await read.ListBookingsAsync(new(TempRecords.Town, Tenth, Tenth.AddDays(1)), new(last.Day, last.Resource, last.Number), 2, TempRecords.Cancel);

        Assert.Equal(["S-1", "S-2"], first.Items.Select(b => b.Number));
        Assert.Equal(["S-3"], rest.Items.Select(b => b.Number));
        Assert.False(rest.HasMore);
    }

    [Fact]
    public async Task ListBookings_LeavesOutWhatWasCancelled()
    {
        await Records.Store.AppendAsync([Records.Opened("S-1", TempRecords.Noon, day: Tenth), Records.Changed("S-1", "cancelled", Tenth)]);

        await using var read = Records.Store.Read();
        Assert.Empty((await read.ListBookingsAsync(new(TempRecords.Town, Tenth, Tenth), null, 9, TempRecords.Cancel)).Items);
        Assert.Single((await read.ListBookingsAsync(new(TempRecords.Town, Tenth, Tenth, WithCancelled: true), null, 9, TempRecords.Cancel)).Items);
    }
}
