namespace OrleansGov.Records.Tests.Bookings;

public sealed class BookingListsTests : IDisposable
{
    private readonly TempRecords _records = new();
    private static readonly DateOnly Tenth = new(2026, 11, 10);

    public void Dispose() => _records.Dispose();

    [Fact]
    public async Task ListBookings_OfARange_InOrderOfDayResourceAndNumber()
    {
        await _records.Store.AppendAsync([
            _records.Opened("S-3", TempRecords.Noon, day: Tenth.AddDays(1)),
            _records.Opened("S-2", TempRecords.Noon, day: Tenth, resource: "bulky-waste/south"),
            _records.Opened("S-1", TempRecords.Noon, day: Tenth),
            _records.Opened("S-4", TempRecords.Noon, day: Tenth.AddDays(2)),
            _records.Opened("S-5", TempRecords.Noon)]);

        await using var read = _records.Store.Read();
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
        await _records.Store.AppendAsync([_records.Opened("S-1", TempRecords.Noon, day: Tenth), _records.Changed("S-1", "cancelled", Tenth)]);

        await using var read = _records.Store.Read();
        Assert.Empty((await read.ListBookingsAsync(new(TempRecords.Town, Tenth, Tenth), null, 9, TempRecords.Cancel)).Items);
        Assert.Single((await read.ListBookingsAsync(new(TempRecords.Town, Tenth, Tenth, WithCancelled: true), null, 9, TempRecords.Cancel)).Items);
    }
}
