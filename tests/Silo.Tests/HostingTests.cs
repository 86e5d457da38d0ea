using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansGov.Silo.Reminders;

namespace OrleansGov.Silo.Tests;

/// <summary>The whole silo in this process, on whichever engine the build chose.</summary>
public sealed class HostingTests : IDisposable
{
    private readonly TemporaryData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Grain_AfterARestartOfTheHost_StillKnows()
    {
        await using (var office = await Office.StartAsync(_data.Directory))
        {
            Assert.Equal(1, await office.Alarm("a:1").Count());
            Assert.Equal(2, await office.Alarm("a:1").Count());
        }

        await using var again = await Office.StartAsync(_data.Directory);
        Assert.Equal(3, await again.Alarm("a:1").Count());
    }

    [Fact]
    public async Task Grain_WhoseTimeHasCome_IsWokenWithoutBeingCalled()
    {
        await using var office = await Office.StartAsync(_data.Directory);

        await office.Alarm("a:1").SetFor(DateTimeOffset.UtcNow);

        await office.RingsAsync("a:1");
    }

    [Fact]
    public async Task Grain_WhoseTimeCameWhileNobodyRan_IsWokenAfterTheStart()
    {
        await using (var office = await Office.StartAsync(_data.Directory, sweep: false)) await office.Alarm("a:1").SetFor(DateTimeOffset.UtcNow);

        await using var again = await Office.StartAsync(_data.Directory);

        await again.RingsAsync("a:1");
    }

    [Fact]
    public async Task Silo_AfterItsStart_HasADurableReminderForItsSweeper()
    {
        await using var office = await Office.StartAsync(_data.Directory);
        await office.Alarm("a:1").SetFor(DateTimeOffset.UtcNow);
        await office.RingsAsync("a:1"); // the sweeper runs, so its reminder is set

        var rows = await new SqliteReminderTable(office.Store).ReadRows(0, 0);

        Assert.Equal("keep-alive", Assert.Single(rows.Reminders).ReminderName);
    }

    [Fact]
    public async Task Silo_BesideAnother_StartsOnPortsOfItsOwn()
    {
        using var other = new TemporaryData();
        await using var first = await Office.StartAsync(_data.Directory);
        await using var second = await Office.StartAsync(other.Directory);

        Assert.Equal(1, await first.Alarm("a:1").Count());
        Assert.Equal(1, await second.Alarm("a:1").Count());
    }

    [Fact]
    public async Task Readiness_FollowsTheStore()
    {
        await using var office = await Office.StartAsync(_data.Directory, sweep: false);
        var health = office.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Status);

        office.Store.Health.Failed(new GrainStorageException("no room", StorageFailure.DiskFull));

        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Status);
    }

    private sealed class Office(IHost host, EmbeddedStore store) : IAsyncDisposable
    {
        public EmbeddedStore Store => store;

        public IServiceProvider Services => host.Services;

        public static async Task<Office> StartAsync(string directory, bool sweep = true)
        {
            var store = EmbeddedStore.Open(directory);
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.AddOrleansGovSilo(store);
            builder.Services.AddSingleton<Rings>();
            builder.Services.Configure<SweepingOptions>(options =>
            {
                options.Period = TimeSpan.FromMilliseconds(50);
                if (!sweep) options.Sweepers = 0;
            });
            var host = builder.Build();
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new Office(host, store);
        }

        public IAlarmGrain Alarm(string key) => host.Services.GetRequiredService<IGrainFactory>().GetGrain<IAlarmGrain>(key);

        public Task RingsAsync(string key) => host.Services.GetRequiredService<Rings>().Of(key).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync(TestContext.Current.CancellationToken);
            host.Dispose();
            await store.DisposeAsync();
        }
    }
}
