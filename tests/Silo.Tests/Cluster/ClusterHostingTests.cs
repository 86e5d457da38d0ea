using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansGov.Silo.Cluster;
using OrleansGov.Silo.Tests.States;

namespace OrleansGov.Silo.Tests.Cluster;

/// <summary>A silo of a cluster in this process, on whichever engine the build chose and on either storage.</summary>
public sealed class ClusterHostingTests
{
    [Theory]
    [InlineData(StateStorage.GroupCommit)]
    [InlineData(StateStorage.AdoNet)]
    public async Task Grain_AfterARestartOfTheNode_StillKnowsAndIsWokenInTime(StateStorage hot)
    {
        await using var cluster = await TemporaryCluster.CreateAsync(hot: hot);
        await using (var node = await Node.StartAsync(cluster, sweep: false))
        {
            Assert.Equal(1, await node.Alarm("a:1").Count());
            Assert.Equal(2, await node.Alarm("a:1").Count());
            await node.Alarm("a:2").SetFor(DateTimeOffset.UtcNow);
        }

        await using var again = await Node.StartAsync(cluster);
        Assert.Equal(3, await again.Alarm("a:1").Count());
        await again.RingsAsync("a:2"); // by whichever of the sweepers has it
    }

    [Fact]
    public async Task AdoNetStorage_KeepsTheSamePromisesAsOurs()
    {
        await using var cluster = await TemporaryCluster.CreateAsync(hot: StateStorage.AdoNet);
        await using var node = await Node.StartAsync(cluster, sweep: false);
        var ledgers = new Ledgers(node.Storage(StorageNames.Hot));

        Task[] both = [ledgers.WriteAsync("l:first", 1), ledgers.WriteAsync("l:first", 2)];
        await Task.WhenAll(both).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.IsType<InconsistentStateException>(Assert.Single(both, t => t.IsFaulted).Exception!.InnerException);

        var state = await ledgers.ReadAsync("l:a");
        Assert.False(state.RecordExists);
        await ledgers.ChangeAsync("l:a", state, l => l with { Count = 1, Note = "山田 花子 🎉\0" });
        var stale = await ledgers.ReadAsync("l:a");
        await ledgers.ChangeAsync("l:a", state, l => l with { Count = 2 });
        await Assert.ThrowsAsync<InconsistentStateException>(() => ledgers.ChangeAsync("l:a", stale, l => l with { Count = 99 }));
        Assert.Equal((2, "山田 花子 🎉\0"), ((await ledgers.ReadAsync("l:a")).State!.Count, (await ledgers.ReadAsync("l:a")).State!.Note));

        await ledgers.ClearAsync("l:a", state);
        Assert.False((await ledgers.ReadAsync("l:a")).RecordExists);
    }

    [Fact]
    public async Task DueRows_FollowTheState_AndAreNeverLaterThanIt()
    {
        await using var cluster = await TemporaryCluster.CreateAsync(hot: StateStorage.AdoNet);
        await using var node = await Node.StartAsync(cluster, sweep: false);
        var ledgers = new Ledgers(node.Storage(StorageNames.Hot));
        var noon = new DateTimeOffset(2026, 12, 3, 12, 0, 0, TimeSpan.Zero);

        var state = await ledgers.WriteAsync("l:a", 1, noon);
        var stale = await ledgers.ReadAsync("l:a");
        Assert.Equal([("ledger/l:a", noon)], await Due());
        await ledgers.ChangeAsync("l:a", state, l => l with { Due = noon.AddHours(1) });
        Assert.Equal([("ledger/l:a", noon.AddHours(1))], await Due());
        await ledgers.ChangeAsync("l:a", state, l => l with { Due = noon.AddMinutes(1) });
        Assert.Equal([("ledger/l:a", noon.AddMinutes(1))], await Due());

        await Assert.ThrowsAsync<InconsistentStateException>(() => ledgers.ChangeAsync("l:a", stale, l => l with { Due = noon.AddHours(9) }));
        Assert.Equal([("ledger/l:a", noon.AddMinutes(1))], await Due()); // refused: what it wanted later does not count
        await Assert.ThrowsAsync<InconsistentStateException>(() => ledgers.ChangeAsync("l:a", stale, l => l with { Due = noon }));
        Assert.Equal([("ledger/l:a", noon)], await Due()); // refused: it may wake once too often

        await ledgers.ChangeAsync("l:a", state, l => l with { Due = null });
        Assert.Empty(await Due());

        async Task<(string, DateTimeOffset)[]> Due() => [.. (await new PostgresDueIndex(node.Database).DueBefore(DateTimeOffset.MaxValue, 10)).Select(d => (d.GrainId, d.NextDue))];
    }

    [Theory]
    [InlineData(StateStorage.GroupCommit)]
    [InlineData(StateStorage.AdoNet)]
    public async Task DueBefore_PagesThroughWhatIsDueInOrder(StateStorage hot)
    {
        await using var cluster = await TemporaryCluster.CreateAsync(hot: hot);
        await using var node = await Node.StartAsync(cluster, sweep: false);
        var ledgers = new Ledgers(node.Storage(StorageNames.Hot));
        var noon = new DateTimeOffset(2026, 12, 3, 12, 0, 0, TimeSpan.Zero);
        await ledgers.WriteAsync("l:later", 1, noon.AddMilliseconds(1));
        await ledgers.WriteAsync("l:never", 1);
        for (var i = 0; i < 5; i++) await ledgers.WriteAsync($"l:{i}", 1, noon.AddMinutes(-(i / 2)));

        var index = new PostgresDueIndex(node.Database);
        var seen = new List<string>();
        for (DueGrain? last = null; await index.DueBefore(noon, 2, last) is { Count: > 0 } page; last = page[^1]) seen.AddRange(page.Select(d => d.GrainId));

        Assert.Equal(["ledger/l:4", "ledger/l:2", "ledger/l:3", "ledger/l:0", "ledger/l:1"], seen);
    }

    [Theory]
    [InlineData(StateStorage.GroupCommit)]
    [InlineData(StateStorage.AdoNet)]
    public async Task AddressesOf_GivesThoseThatHaveOne(StateStorage hot)
    {
        await using var cluster = await TemporaryCluster.CreateAsync(hot: hot);
        await using var node = await Node.StartAsync(cluster, sweep: false);
        var ledgers = new Ledgers(node.Storage(StorageNames.Hot));
        await ledgers.WriteAsync("l:a", new Ledger { Home = "U1" });
        await ledgers.WriteAsync("l:b", new Ledger());
        var moved = await ledgers.WriteAsync("l:c", new Ledger { Home = "U2", Due = DateTimeOffset.UnixEpoch });
        await ledgers.ChangeAsync("l:c", moved, l => l with { Home = "U3" });

        var found = await new PostgresAddressBook(node.Database).AddressesOf(["ledger/l:a", "ledger/l:b", "ledger/l:c", "ledger/l:d"]);

        Assert.Equal([("ledger/l:a", "U1"), ("ledger/l:c", "U3")], found.Select(f => (f.Key, f.Value)).Order());
    }

    [Fact]
    [SuppressMessage("Usage", "xUnit1051", Justification = "compat's reminder table has no overloads with a token.")]
    public async Task Reminders_AreFoundByGrainAndByHash_AndRemovedByTheirVersionOnly()
    {
        await using var cluster = await TemporaryCluster.CreateAsync();
        await using var node = await Node.StartAsync(cluster, sweep: false);
        var table = node.Services.GetRequiredService<IReminderTable>();
        var at = new DateTime(2026, 12, 3, 12, 0, 0, DateTimeKind.Utc);
        var grain = GrainId.Create("sweeper", "0");

        var first = await table.UpsertRow(new() { GrainId = grain, ReminderName = "keep-alive", StartAt = at, Period = TimeSpan.FromMinutes(1) });
        var second = await table.UpsertRow(new() { GrainId = grain, ReminderName = "keep-alive", StartAt = at.AddDays(1), Period = TimeSpan.FromMinutes(2) });

        var found = Assert.Single((await table.ReadRows(grain)).Reminders);
        Assert.Equal((grain, "keep-alive", at.AddDays(1), TimeSpan.FromMinutes(2), second), (found.GrainId, found.ReminderName, found.StartAt, found.Period, found.ETag));
        var hash = grain.GetUniformHashCode();
        Assert.Single((await table.ReadRows(hash - 1, hash)).Reminders);
        Assert.Empty((await table.ReadRows(hash, hash + 1)).Reminders);
        Assert.Single((await table.ReadRows(0, 0)).Reminders);
        Assert.False(await table.RemoveRow(grain, "keep-alive", first!));
        Assert.True(await table.RemoveRow(grain, "keep-alive", second!));
        Assert.Null(await table.ReadRow(grain, "keep-alive"));
    }

    [Fact]
    public async Task WhereTheEngineIsOneProcess_ASecondNodeAndAFrontEndAreRefusedInPlainWords()
    {
        Assert.SkipUnless(typeof(Grain).Assembly.GetName().Name!.Contains("Compat", StringComparison.Ordinal), "Engine=Orleans takes any number of nodes.");
        await using var cluster = await TemporaryCluster.CreateAsync();
        await using var node = await Node.StartAsync(cluster, sweep: false);

        Assert.Contains("Engine=Orleans", (await Assert.ThrowsAsync<OrleansConfigurationException>(() => Node.StartAsync(cluster, sweep: false))).Message, StringComparison.Ordinal);
        Assert.Contains("Engine=Orleans", Assert.Throws<PlatformNotSupportedException>(() => Host.CreateApplicationBuilder().AddClusterClient(node.Database)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatOneNodeSealed_AnotherOpens()
    {
        await using var cluster = await TemporaryCluster.CreateAsync();

        var seal = Protector(await cluster.OpenAsync()).Protect("秘密");

        Assert.Equal("秘密", Protector(await cluster.OpenAsync()).Unprotect(seal));
    }

    [Fact]
    public async Task Readiness_FollowsTheDatabase()
    {
        await using var cluster = await TemporaryCluster.CreateAsync();
        await using var node = await Node.StartAsync(cluster, sweep: false);
        var health = node.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Status);

        node.Database.Health.Failed(new GrainStorageException("away", StorageFailure.Unreachable));

        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Status);
    }

    private static IDataProtector Protector(ClusterDatabase node)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddDataProtection().SetApplicationName("test").PersistKeysToCluster(node);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    }

    private sealed class Node(IHost host, ClusterDatabase database) : IAsyncDisposable
    {
        public ClusterDatabase Database => database;

        public IServiceProvider Services => host.Services;

        public static async Task<Node> StartAsync(TemporaryCluster cluster, bool sweep = true)
        {
            var (silo, gateway) = SiloHosting.FreePorts();
            var database = await ClusterDatabase.OpenAsync(cluster.Settings with { SiloPort = silo, GatewayPort = gateway });
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            builder.AddClusterSilo(database);
            builder.Services.AddSingleton<Rings>();
            builder.Services.Configure<SweepingOptions>(options =>
            {
                options.Period = TimeSpan.FromMilliseconds(50);
                if (!sweep) options.Sweepers = 0;
            });
            var node = new Node(builder.Build(), database);
            try
            {
                await node.StartAsync();
                return node;
            }
            catch
            {
                await node.DisposeAsync();
                throw;
            }
        }

        private Task StartAsync() => host.StartAsync(TestContext.Current.CancellationToken);

        public IAlarmGrain Alarm(string key) => Services.GetRequiredService<IGrainFactory>().GetGrain<IAlarmGrain>(key);

        public IGrainStorage Storage(string name) => Services.GetRequiredKeyedService<IGrainStorage>(name);

        public Task RingsAsync(string key) => Services.GetRequiredService<Rings>().Of(key).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
            await database.DisposeAsync();
        }
    }
}
