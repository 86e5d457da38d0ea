using Npgsql;
using OrleansGov.Shared;

namespace OrleansGov.Records.Tests.Storage;

public sealed class PostgresSchemaTests : IAsyncLifetime
{
    private NpgsqlDataSource _database = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var server = await PostgresServer.SharedAsync();
        _database = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
    }

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Migrate_Again_ChangesNothing()
    {
        Assert.Equal(0, await PostgresSchema.Records.MigrateAsync(_database, TempRecords.Cancel));
        Assert.Equal(PostgresSchema.Records.Latest, await PostgresSchema.Records.MigrateAsync(_database, TempRecords.Cancel));
        await PostgresSchema.Records.EnsureCurrentAsync(_database, TempRecords.Cancel);
    }

    [Fact]
    public async Task Migrate_FromManyPlacesAtOnce_HappensOnce()
    {
        var before = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostgresSchema.Records.MigrateAsync(_database, TempRecords.Cancel)));
        Assert.Single(before, 0);
        await PostgresSchema.Records.EnsureCurrentAsync(_database, TempRecords.Cancel);
    }

    [Fact]
    public async Task Start_BeforeMigrate_IsRefused() => await AssertRefused(RecordsProblem.NotMigrated, PostgresSchema.Records.EnsureCurrentAsync);

    [Fact]
    public async Task ALaterVersion_IsNeitherMigratedNorStarted()
    {
        await PostgresSchema.Records.MigrateAsync(_database, TempRecords.Cancel);
        await Run("UPDATE schema_version SET version = 999 WHERE part = 'records'");
        await AssertRefused(RecordsProblem.UnknownVersion, PostgresSchema.Records.MigrateAsync);
        await AssertRefused(RecordsProblem.UnknownVersion, PostgresSchema.Records.EnsureCurrentAsync);
    }

    [Fact]
    public async Task AMissingDatabase_IsNamed()
    {
        await _database.DisposeAsync();
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = "nowhere" });
        await AssertRefused(RecordsProblem.NoDatabase, PostgresSchema.Records.EnsureCurrentAsync);
    }

    [Fact]
    public async Task AServerThatDoesNotAnswer_IsNamed()
    {
        await _database.DisposeAsync();
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Port = 1, Password = "secret" });
        var refused = await AssertRefused(RecordsProblem.Unreachable, PostgresSchema.Records.EnsureCurrentAsync);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    private async Task<RecordsUnavailableException> AssertRefused(RecordsProblem problem, Func<NpgsqlDataSource, CancellationToken, Task> start)
    {
        var refused = await Assert.ThrowsAsync<RecordsUnavailableException>(() => start(_database, TempRecords.Cancel));
        Assert.Equal(problem, refused.Problem);
        Assert.Contains(refused.Place, refused.Message, StringComparison.Ordinal);
        Assert.Contains("。\n", refused.Message, StringComparison.Ordinal);
        return refused;
    }

    private async Task Run(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TempRecords.Cancel);
    }
}
