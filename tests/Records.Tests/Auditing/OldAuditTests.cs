using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansGov.Shared;

namespace OrleansGov.Records.Tests.Auditing;

/// <summary>Trails of before there was a chain: their lines are linked as they are.</summary>
public sealed class OldAuditTests
{
    private const string Lines = """
        INSERT INTO audit (at, town, principal, action, subject, detail) VALUES
          (1, 'minatodai', '課のキー', 'transcript-read', 'abc', NULL), (2, 'elsewhere', '山田', 'procedure-published', 'bulky-waste v2', NULL),
          (3, 'minatodai', '山田', 'broadcast-started', 'b-1', 'main, 12 recipients'), (4, 'minatodai', '', 'transcript-read', '', '');
        """;

    [Fact]
    public async Task Open_OfAnOldFile_LinksWhatIsThere()
    {
        var directory = Directory.CreateTempSubdirectory("records-");
        await using (var file = new SqliteConnection($"Data Source={Path.Combine(directory.FullName, "records.db")};Pooling=False"))
        {
            await file.OpenAsync(TempRecords.Cancel);
            await using var old = file.CreateCommand();
            old.CommandText = $"""
                {Script("sqlite/0001-records")} {Script("sqlite/0002-broadcasts")} {Lines}
                PRAGMA application_id = {0x4F477263};
                CREATE TABLE schema_version (only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL) STRICT;
                INSERT INTO schema_version VALUES (1, 2);
                """;
            await old.ExecuteNonQueryAsync(TempRecords.Cancel);
        }

        using (var store = RecordsStore.Open(directory.FullName)) await AssertOneChain(store);
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Migrate_OfAnOldDatabase_LinksWhatIsThere()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var place = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("ja");
        await using (var database = NpgsqlDataSource.Create(place))
        {
            await using var old = database.CreateCommand($"""
                {Script("postgresql/0001-records")} {Script("postgresql/0002-broadcasts")} {Lines}
                CREATE TABLE schema_version (part text NOT NULL PRIMARY KEY, version integer NOT NULL); INSERT INTO schema_version VALUES ('records', 2);
                """);
            await old.ExecuteNonQueryAsync(TempRecords.Cancel);
        }

        await RecordsStore.MigrateAsync(place, _ => { });
        using var store = await RecordsStore.OpenAsync(place, TempRecords.Cancel);
        await AssertOneChain(store);
    }

    private static async Task AssertOneChain(RecordsStore store)
    {
        await store.AuditAsync(AuditEntry.Read(TempRecords.Noon, TempRecords.Town, "鈴木", "audit", "-"));
        await using var read = store.Read();
        Assert.Equal(["elsewhere", TempRecords.Town], await read.AuditedTownsAsync(TempRecords.Cancel));
        Assert.Equal(new AuditVerdict(TempRecords.Town, 4, null, null), await read.VerifyAuditAsync(TempRecords.Town, TempRecords.Cancel));
        Assert.Equal(new AuditVerdict("elsewhere", 1, null, null), await read.VerifyAuditAsync("elsewhere", TempRecords.Cancel));
        Assert.Equal(["read", "change", "read", "read"], (await read.ListAuditAsync(new(TempRecords.Town), null, 9, TempRecords.Cancel)).Items.Reverse().Select(a => a.Kind));
    }

    private static string Script(string name)
    {
        using var script = new StreamReader(typeof(RecordsStore).Assembly.GetManifestResourceStream($"Schema/{name}.sql")!);
        return script.ReadToEnd();
    }
}
