namespace OrleansGov.Records.Tests.Broadcasts;

public sealed class AudiencesInSqlite() : AudiencesTests(Provider.Sqlite)
{
    [Fact]
    public async Task Open_OfRecordsOfTheFirstVersion_FindsOutWhoCanBeReached()
    {
        await Says("a", "followed");
        await Says("b", "followed", "unfollowed");
        await Says("c", "unfollowed", "followed", "text");

        await Records.ReopenAsync(AsOfTheFirstVersion);

        Assert.Equal(["a", "c"], await Audience());
    }

    // the same talks in a file that has had the first script only
    private static void AsOfTheFirstVersion(string place)
    {
        using var script = new StreamReader(typeof(RecordsStore).Assembly.GetManifestResourceStream("Schema/sqlite/0001-records.sql")!);
        using (var file = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={place}.old;Pooling=False"))
        {
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = $"""
                {script.ReadToEnd()}
                PRAGMA application_id = {0x4F477263};
                CREATE TABLE schema_version (only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL) STRICT;
                INSERT INTO schema_version VALUES (1, 1);
                ATTACH '{place}' AS new;
                INSERT INTO conversations SELECT id, town, channel, opened_at, last_at FROM new.conversations;
                INSERT INTO messages SELECT conversation, seq, at, direction, what, text, line_message_id, unsent FROM new.messages;
                INSERT INTO streams SELECT stream, last_seq FROM new.streams;
                DETACH new;
                """;
            command.ExecuteNonQuery();
        }

        File.Move($"{place}.old", place, overwrite: true);
    }
}

public sealed class AudiencesInPostgres() : AudiencesTests(Provider.Postgres);

/// <summary>Whom a broadcast reaches.</summary>
public abstract class AudiencesTests(Provider provider) : RecordsTests(provider)
{
    [Fact]
    public async Task Audience_IsEverybodyWhoFollowsOrSpokeAndHasNotBlocked()
    {
        await Says("a", "followed");
        await Says("b", "text");
        await Says("c", "followed", "unfollowed");
        await Says("d", "unfollowed"); // may come from people never seen
        await Says("e", "followed", "unfollowed", "followed");
        await Says("f", "followed", "unfollowed", "text");

        Assert.Equal(["a", "b", "e", "f"], await Audience());
        await using var read = Records.Store.Read();
        Assert.Equal(4, await read.CountAudienceAsync(TempRecords.Town, "main", TempRecords.Cancel));
        Assert.Equal(["b", "e"], (await read.StillReachableAsync(["b", "c", "e", "nobody"], TempRecords.Cancel)).Order());
    }

    [Fact]
    public async Task Audience_OfOneChannelAndTown_LeavesOthersAlone()
    {
        await Says("a", "followed");
        await Records.Store.AppendAsync([
            Records.Next("r:other/x", TempRecords.Noon, new FactBody.Heard(TempRecords.Town, "other", "followed", null, null)),
            Records.Next("r:main2/y", TempRecords.Noon, new FactBody.Heard("tonari", "main", "followed", null, null))]);

        Assert.Equal(["a"], await Audience());
    }

    [Fact]
    public async Task Audience_OfAnInstant_LeavesOutWhoBecameReachableLater()
    {
        await Says("a", "followed");
        await Says("b", TempRecords.Noon.AddSeconds(1), "followed");

        Assert.Equal(["a"], await Audience());
        Assert.Equal(["a", "b"], await Audience(at: TempRecords.Noon.AddSeconds(1)));
    }

    [Fact]
    public async Task Audience_ReadInParts_MissesNobody()
    {
        foreach (var name in (string[])["a", "b", "c", "d", "e"]) await Says(name, "followed");

        Assert.Equal(["a", "b"], await Audience(limit: 2));
        Assert.Equal(["c", "d"], await Audience(after: "b", limit: 2));
        Assert.Equal(["e"], await Audience(after: "d", limit: 2));
    }

    [Fact]
    public async Task ABlock_ThatArrivesAfterTheFollowThatCameLater_ChangesNothing()
    {
        await Says("a", "followed");
        await Says("a", TempRecords.Noon.AddMinutes(2), "followed");
        await Says("a", TempRecords.Noon.AddMinutes(1), "unfollowed");

        Assert.Equal(["a"], await Audience(at: TempRecords.Noon.AddHours(1)));
    }

    [Fact]
    public async Task ABroadcast_ThatIsTold_IsListedAsItStoodLast()
    {
        FactBody.BroadcastChanged Told(string id, int minute, string stage, int sent) => new(id, TempRecords.Town, "main", "題", "本文", "課", TempRecords.Noon.AddMinutes(minute), stage, 2, 10, sent, 0, 0, 0);
        await Records.Store.AppendAsync([
            Records.Next("b:minatodai/one", TempRecords.Noon, Told("one", 0, "sending", 5)),
            Records.Next("b:minatodai/two", TempRecords.Noon, Told("two", 1, "draft", 0)),
            Records.Next("b:minatodai/one", TempRecords.Noon, Told("one", 0, "done", 10) with { EndedAt = TempRecords.Noon.AddHours(1) })]);

        await using var read = Records.Store.Read();
        var page = await read.ListBroadcastsAsync(TempRecords.Town, null, null, 10, TempRecords.Cancel);

        Assert.Equal([("two", "draft", 0), ("one", "done", 10)], page.Items.Select(b => (b.Id, b.Stage, b.Sent)));
        Assert.Equal(["one"], (await read.ListBroadcastsAsync(TempRecords.Town, "done", null, 10, TempRecords.Cancel)).Items.Select(b => b.Id));
        Assert.Empty((await read.ListBroadcastsAsync("tonari", null, null, 10, TempRecords.Cancel)).Items);
    }

    protected Task Says(string name, params string[] what) => Says(name, TempRecords.Noon, what);

    protected Task Says(string name, DateTimeOffset at, params string[] what) =>
        Records.Store.AppendAsync([.. what.Select(w => Records.Next($"r:main/{name}", at, new FactBody.Heard(TempRecords.Town, "main", w, null, null)))]);

    protected async Task<ImmutableList<string>> Audience(DateTimeOffset? at = null, string? after = null, int limit = 100)
    {
        await using var read = Records.Store.Read();
        return await read.AudienceAsync(TempRecords.Town, "main", at ?? TempRecords.Noon, after, limit, TempRecords.Cancel);
    }
}
