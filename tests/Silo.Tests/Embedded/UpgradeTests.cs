using Microsoft.Data.Sqlite;
using OrleansGov.Silo.Tests.States;

namespace OrleansGov.Silo.Tests.Embedded;

/// <summary>A file of an earlier version, opened by this one.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly TemporaryData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Open_OfTheFirstFormat_KeepsEveryStateAndFindsItsAddresses()
    {
        MakeFirstFormat(residents: 3);

        await using var store = EmbeddedStore.Open(_data.Directory);

        await ShowsEverybody(store, residents: 3);
    }

    [Fact]
    public async Task Open_AfterAnUpgradeWasCutShort_FinishesIt()
    {
        MakeFirstFormat(residents: 3);
        Sql("ALTER TABLE grain_state ADD COLUMN address TEXT NULL; UPDATE grain_state SET address = 'U1' WHERE grain_id = 'resident/r:main/1'");

        await using var store = EmbeddedStore.Open(_data.Directory);

        await ShowsEverybody(store, residents: 3);
    }

    [Fact]
    public async Task Open_OfALargeFileOfTheFirstFormat_FindsTheLastAddressToo()
    {
        MakeFirstFormat(residents: 25_000);

        await using var store = EmbeddedStore.Open(_data.Directory);

        await ShowsEverybody(store, residents: 25_000);
    }

    [Fact]
    public async Task Open_OfWhatWasUpgraded_OpensAgain()
    {
        MakeFirstFormat(residents: 1);
        await EmbeddedStore.Open(_data.Directory).DisposeAsync();

        await using var store = EmbeddedStore.Open(_data.Directory);

        await ShowsEverybody(store, residents: 1);
    }

    private static async Task ShowsEverybody(EmbeddedStore store, int residents)
    {
        string[] ids = ["resident/r:main/1", $"resident/r:main/{residents}", "resident/r:main/nobody", "case/c:minatodai/1", "resident/r:main/broken"];
        var found = await new SqliteAddressBook(store).AddressesOf(ids.Distinct().ToList());
        Assert.Equal(new Dictionary<string, string> { ["resident/r:main/1"] = "U1", [$"resident/r:main/{residents}"] = $"U{residents}" }, found);

        var state = new GrainState<Ledger>();
        await new SqliteGrainStorage(store).ReadStateAsync("resident", GrainId.Parse("resident/r:main/1", null), state);
        Assert.Equal(("1", 1), (state.ETag, state.State!.Count));
        Assert.Single(await new SqliteDueIndex(store).DueBefore(DateTimeOffset.MaxValue, 10));
    }

    // The tables as the first release made them: never to be changed.
    private void MakeFirstFormat(int residents)
    {
        Directory.CreateDirectory(_data.Directory);
        Sql($$"""
            CREATE TABLE grain_state(
              id INTEGER PRIMARY KEY,
              grain_id TEXT NOT NULL,
              state_name TEXT NOT NULL,
              version INTEGER NOT NULL,
              body BLOB NOT NULL,
              next_due INTEGER NULL,
              changed_at INTEGER NOT NULL,
              UNIQUE(grain_id, state_name)) STRICT;
            CREATE INDEX grain_state_due ON grain_state(next_due) WHERE next_due IS NOT NULL;
            CREATE TABLE reminder(
              grain_id TEXT NOT NULL,
              name TEXT NOT NULL,
              hash INTEGER NOT NULL,
              start_at INTEGER NOT NULL,
              period INTEGER NOT NULL,
              etag TEXT NOT NULL,
              PRIMARY KEY(grain_id, name)) STRICT, WITHOUT ROWID;
            CREATE INDEX reminder_hash ON reminder(hash);
            CREATE TABLE store_info(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
            PRAGMA application_id = 1330081654;
            PRAGMA user_version = 1;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{residents}})
            INSERT INTO grain_state(grain_id, state_name, version, body, next_due, changed_at)
              SELECT 'resident/r:main/' || i, 'resident', 1, CAST('{"lineUserId":"U' || i || '","count":1}' AS BLOB), NULL, 0 FROM n;
            INSERT INTO grain_state(grain_id, state_name, version, body, next_due, changed_at) VALUES
              ('case/c:minatodai/1', 'case', 1, CAST('{"lineUserId":"Ux"}' AS BLOB), 5, 0),
              ('resident/r:main/broken', 'resident', 1, CAST('{"lineUserId"' AS BLOB), NULL, 0);
            """);
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_data.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
