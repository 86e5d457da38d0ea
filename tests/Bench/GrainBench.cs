using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.TestingHost;
using OrleansGov.Gateways;
using OrleansGov.Records;
using OrleansGov.Silo;

namespace OrleansGov.Bench;

/// <summary>A whole turn of a resident's grain without the disk: the call, the dialogue, the write to memory; what is said goes to a LINE that says yes.</summary>
public class GrainBench
{
    private readonly string _directory = Directory.CreateTempSubdirectory("bench-").FullName;
    private RecordsStore _records = null!;
    private InProcessTestCluster _cluster = null!;
    private int _events;

    [GlobalSetup]
    public void Open() => Deploy().GetAwaiter().GetResult(); // the tool does not wait for a setup that takes its time

    private async Task Deploy()
    {
        _records = RecordsStore.Open(_directory);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton(_records);
            host.Services.AddOrleansGovGrains(
                new TownRegister(ImmutableDictionary<string, Town>.Empty.Add("minatodai", Counter.Office.Town), ImmutableDictionary<string, string>.Empty.Add("main", "minatodai"), PersonalDetailsInTalk: false),
                new PackInstallation("", ImmutableDictionary<string, ImmutableList<string>>.Empty, RepublishChanged: false),
                new LineOptions { Channels = [new LineChannel { Name = "main", Secret = "secret", AccessToken = "token" }] },
                new Uri("https://office.example"), new ContentStore(Path.Combine(_directory, "content")));
            host.Services.AddSingleton(new HttpClient(new Agreeable()));
            host.Services.Configure<SweepingOptions>(o => o.Sweepers = 0);
            host.Logging.ClearProviders();
        });
        builder.ConfigureSilo((_, silo) => silo.UseOffice().AddMemoryGrainStorage(StorageNames.Hot).AddMemoryGrainStorage(StorageNames.Other));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    [Benchmark]
    public Task Greeting()
    {
        var n = Interlocked.Increment(ref _events);
        var now = DateTimeOffset.UtcNow;
        return _cluster.Client.GetGrain<IResidentGrain>($"r:main/{n % 1000}")
            .Receive(new("main", $"U{n % 1000}", $"event-{n}", now, now, $"token-{n}", false, new InboundMessage.Text("こんにちは")));
    }

    [GlobalCleanup]
    public void Close()
    {
        _cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _records.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class Agreeable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"sentMessages":[]}""") });
    }
}
