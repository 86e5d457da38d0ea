using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;
using OrleansGov.Gateways;
using OrleansGov.Line;
using OrleansGov.Records;
using OrleansGov.Shared;
using OrleansGov.Silo;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.States;

namespace OrleansGov.Grains.Tests;

/// <summary>
/// The whole office in this process: real grains, real embedded files, real client; LINE is <see cref="LineOnTheWire"/> and the clock stands
/// still until told. Restarting it keeps its files, the clock and LINE.
/// </summary>
internal sealed class TownOffice : IAsyncDisposable
{
    public const string Channel = "main", TownId = "minato";
    public static readonly byte[] PseudonymKey = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>Tuesday, 24 November 2026, 10:00 in the town.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, Procedures.Town.Offset);

    private readonly string _directory = Directory.CreateTempSubdirectory("office-").FullName;
    private readonly bool _personalDetailsInTalk;
    private ResidentLimits _limits = ResidentLimits.None;
    private EmbeddedStore? _store;
    private InProcessTestCluster? _cluster;

    private readonly BroadcastOptions _broadcasts;

    private TownOffice(bool personalDetailsInTalk, BroadcastOptions? broadcasts)
    {
        _personalDetailsInTalk = personalDetailsInTalk;
        _broadcasts = broadcasts ?? new BroadcastOptions();
        Line = new LineOnTheWire(Time);
        Contents = new ContentStore(Path.Combine(_directory, "content"));
    }

    /// <summary>Two departments whose officers take talks over on weekdays, 8:30 to 17:15.</summary>
    public static readonly Town Minato = new(TownId, "みなと市", "000-000-0000", Phrases.Default) { Departments = [new Department("general", "総務課", null), new Department("waste", "環境課", null)] };

    public Town Town { get; private init; } = Minato;

    public ManualTime Time { get; } = new(Start.ToUniversalTime());
    public LineOnTheWire Line { get; }
    public ContentStore Contents { get; }
    public StorageValve Storage { get; private set; } = null!;
    public RecordsStore Records { get; private set; } = null!;
    public IGrainFactory Grains => _cluster!.Client;
    public IServiceProvider Services => _cluster!.Silos[0].ServiceProvider;
    public IProcedureCatalogGrain Catalog => Grains.GetGrain<IProcedureCatalogGrain>(CatalogKey.For(TownId));
    public string GrainsFile => Path.Combine(_directory, "grains.db");
    public string RecordsFile => Path.Combine(_directory, "records.db");

    /// <summary>An office with the booking pack (and the report pack) published.</summary>
    /// <param name="messagesPerMinute">Of one resident; 0 = as many as the test likes.</param>
    /// <param name="takesOver">False: nobody answers in the talk.</param>
    /// <param name="desk">Other times than usual.</param>
    public static async Task<TownOffice> OpenAsync(int capacity = 3, bool personalDetailsInTalk = false, BroadcastOptions? broadcasts = null, int messagesPerMinute = 0, bool takesOver = true, DeskSettings? desk = null)
    {
        var office = new TownOffice(personalDetailsInTalk, broadcasts)
        {
            _limits = new(messagesPerMinute),
            Town = Minato with { Departments = [.. Minato.Departments.Select(d => d with { TakesOver = takesOver, Desk = desk ?? d.Desk })] },
        };
        await office.DeployAsync();
        Assert.Empty((await office.Catalog.Publish(SamplePacks.Pickup(capacity), "test")).Faults);
        Assert.Empty((await office.Catalog.Publish(SamplePacks.Reports, "test")).Faults);
        return office;
    }

    public TestResident Resident(string name = "U1") => new(this, name);

    public ISlotDayGrain Day(DateOnly date, string resource = "pickup-north") => Grains.GetGrain<ISlotDayGrain>(SlotKey.For(TownId, resource, date));

    public ICaseGrain Case(string number) => Grains.GetGrain<ICaseGrain>(CaseKey.For(TownId, number));

    /// <summary>Stops the process and starts it again on the same files.</summary>
    /// <param name="kill">Nothing is said goodbye to: what was not written is gone.</param>
    public async Task RestartAsync(bool kill = false)
    {
        await StopAsync(kill);
        await DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(kill: false);
        Directory.Delete(_directory, recursive: true);
    }

    private async Task DeployAsync()
    {
        _store = EmbeddedStore.Open(_directory, Time);
        Storage = new StorageValve(new SqliteGrainStorage(_store));
        Records = RecordsStore.Open(_directory);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) =>
        {
            var services = host.Services;
            services.AddSingleton<TimeProvider>(Time);
            services.UseTimeProviderForBackgroundAreas(TimeProvider.System); // the engine's own housekeeping lives in real time
            services.AddSingleton(Records);
            services.AddSingleton(_broadcasts);
            services.AddSingleton(_limits);
            services.AddSingleton(new HousekeepingOptions { Every = null }); // tests say when time has come
            services.Configure<SweepingOptions>(o => o.Sweepers = 0); // tests say when time has come
            services.AddOrleansGovGrains(
                new TownRegister(ImmutableDictionary<string, Town>.Empty.Add(TownId, Town), ImmutableDictionary<string, string>.Empty.Add(Channel, TownId), _personalDetailsInTalk),
                new PackInstallation("", ImmutableDictionary<string, ImmutableList<string>>.Empty, RepublishChanged: false),
                new LineOptions { Channels = [new LineChannel { Name = Channel, Secret = "secret", AccessToken = "token" }] },
                new Uri("https://office.example"), Contents);
            services.AddSingleton(new HttpClient(Line, disposeHandler: false));
            host.Logging.ClearProviders();
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseOffice().UseEmbeddedStore(_store);
            foreach (var name in new[] { StorageNames.Hot, StorageNames.Other }) silo.Services.AddGrainStorage(name, (_, _) => Storage);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private async Task StopAsync(bool kill)
    {
        if (_cluster is null) return;
        if (kill) await _cluster.KillSiloAsync(_cluster.Silos[0]);
        await _cluster.DisposeAsync();
        Records.Dispose();
        await _store!.DisposeAsync();
        _cluster = null;
    }
}
