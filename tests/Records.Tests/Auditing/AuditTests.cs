using System.Data.Common;

namespace OrleansGov.Records.Tests.Auditing;

public sealed class AuditInSqlite() : AuditTests(Provider.Sqlite);

public sealed class AuditInPostgres() : AuditTests(Provider.Postgres);

public abstract class AuditTests(Provider provider) : RecordsTests(provider)
{
    [Theory]
    [InlineData("UPDATE audit SET principal = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    public async Task Audit_CanOnlyGrow(string tampering)
    {
        await Records.Store.AuditAsync(new(TempRecords.Noon, TempRecords.Town, "課のキー", "transcript-read", TempRecords.Resident));

        await Assert.ThrowsAnyAsync<DbException>(() => Records.Rows(tampering, _ => 0));

        await using var read = Records.Store.Read();
        Assert.Equal("課のキー", (await read.Audit.SingleAsync(TempRecords.Cancel)).Principal);
    }
}
