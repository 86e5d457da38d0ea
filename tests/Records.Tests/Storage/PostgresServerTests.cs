using Npgsql;
using OrleansGov.Shared;

namespace OrleansGov.Records.Tests.Storage;

/// <summary>The tool of the tests itself: what it promises, other tests build upon.</summary>
public sealed class PostgresServerTests
{
    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    [InlineData("kill")]
    public async Task Start_AfterAnEnd_HasWhatWasCommittedAtTheSameAddress(string end)
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var server = await PostgresServer.CreateAsync(maxConnections: 20);
        await using var database = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        await Run(database, "CREATE TABLE kept (line text); INSERT INTO kept VALUES ('残ること')");

        await (end == "kill" ? server.KillAsync() : server.StopAsync(immediate: end == "immediate"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Run(database, "SELECT 1"));
        await server.StartAsync();
        database.Clear();

        Assert.Equal("残ること", await Run(database, "SELECT line FROM kept"));
    }

    [Fact]
    public async Task CreateDatabase_WithALocale_OrdersAsItsPeopleDo()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var server = await PostgresServer.SharedAsync();
        await using var bytes = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        await using var people = NpgsqlDataSource.Create(await server.CreateDatabaseAsync("ja"));

        Assert.Equal(true, await Run(bytes, "SELECT 'Z' < 'a'"));
        Assert.Equal(false, await Run(people, "SELECT 'Z' < 'a'"));
    }

    private static async Task<object?> Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
