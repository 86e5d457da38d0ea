using Microsoft.Data.Sqlite;

namespace OrleansGov.Records.Tests.Auditing;

public sealed class AuditTests : IDisposable
{
    private readonly TempRecords _records = new();

    public void Dispose() => _records.Dispose();

    [Theory]
    [InlineData("UPDATE audit SET principal = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    public async Task Audit_CanOnlyGrow(string tampering)
    {
        await _records.Store.AuditAsync(new(TempRecords.Noon, TempRecords.Town, "課のキー", "transcript-read", TempRecords.Resident));

        using var outsider = new SqliteConnection($"Data Source={_records.Store.Path};Pooling=False");
        outsider.Open();
        using var command = outsider.CreateCommand();
        command.CommandText = tampering;
        Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());

        await using var read = _records.Store.Read();
        Assert.Equal("課のキー", (await read.Audit.SingleAsync(TempRecords.Cancel)).Principal);
    }
}
