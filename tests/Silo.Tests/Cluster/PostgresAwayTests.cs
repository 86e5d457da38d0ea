using OrleansGov.Shared;
using OrleansGov.Silo.Cluster;

namespace OrleansGov.Silo.Tests.Cluster;

/// <summary>The database goes and comes back under an office that goes on running.</summary>
public sealed class PostgresAwayTests
{
    [Fact]
    public async Task Write_AfterARestartInAnIdleMoment_NoticesNothing()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var server = await PostgresServer.CreateAsync(maxConnections: 30);
        await using var cluster = await TemporaryCluster.CreateAsync(server);
        var node = await cluster.OpenAsync();
        var ledgers = new Ledgers(new PostgresGrainStorage(node));
        var state = await ledgers.WriteAsync("a", 1);
        await ledgers.ReadAsync("a");

        await server.StopAsync();
        await server.StartAsync();
        await ledgers.ChangeAsync("a", state, l => l with { Count = 2 });

        Assert.Equal(2, (await ledgers.ReadAsync("a")).State!.Count);
        Assert.True(node.Health.IsHealthy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_WhileTheDatabaseIsAway_IsRefusedAndTriedAgainByItselfAfterwards(bool kill)
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var server = await PostgresServer.CreateAsync(maxConnections: 30);
        await using var cluster = await TemporaryCluster.CreateAsync(server);
        var node = await cluster.OpenAsync();
        var ledgers = new Ledgers(new PostgresGrainStorage(node));
        var state = await ledgers.WriteAsync("a", 1);

        if (kill) await server.KillAsync();
        else await server.StopAsync(immediate: true);
        var refused = await Assert.ThrowsAsync<GrainStorageException>(() => ledgers.ChangeAsync("a", state, l => l with { Count = 2 }));
        Assert.Equal(StorageFailure.Unreachable, refused.Failure);
        Assert.False(node.Health.IsHealthy);
        await Assert.ThrowsAsync<GrainStorageException>(() => ledgers.ReadAsync("a"));

        await server.StartAsync();
        await UntilAsync(() => node.Health.IsHealthy); // nobody writes: it finds out by itself

        Assert.Equal(1, (await ledgers.ReadAsync("a")).State!.Count); // what was refused did not happen
        await ledgers.ChangeAsync("a", await ledgers.ReadAsync("a"), l => l with { Count = 3 });
        Assert.Equal(3, (await ledgers.ReadAsync("a")).State!.Count);
    }

    [Fact]
    public async Task Read_WhileWritesAreRefused_DoesNotMakeTheNodeReady()
    {
        await using var cluster = await TemporaryCluster.CreateAsync();
        var node = await cluster.OpenAsync();
        var ledgers = new Ledgers(new PostgresGrainStorage(node));
        var state = await ledgers.WriteAsync("a", 1);
        await cluster.RunAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$");
        await cluster.RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await Assert.ThrowsAsync<GrainStorageException>(() => ledgers.ChangeAsync("a", state, l => l with { Count = 2 })); // as on a full disk: it reads, it does not write
        Assert.Equal(1, (await ledgers.ReadAsync("a")).State!.Count);

        Assert.False(node.Health.IsHealthy);
    }

    [Fact]
    public async Task Question_WhileTheDatabaseIsAway_ShowsInHealthBeforeAnybodyWrites()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var server = await PostgresServer.CreateAsync(maxConnections: 30);
        await using var cluster = await TemporaryCluster.CreateAsync(server);
        var node = await cluster.OpenAsync();

        await server.StopAsync();
        await Assert.ThrowsAsync<GrainStorageException>(() => new PostgresDueIndex(node).DueBefore(DateTimeOffset.MaxValue, 1));

        Assert.False(node.Health.IsHealthy);
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!happened()) await again.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
