using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OrleansGov.LocalLine.Faults;
using OrleansGov.Residents;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>
/// A booking with everything personal in it, and everything going wrong once; then nothing of a person may be found in what leaves the process: metrics,
/// traces, logs, the console.
/// </summary>
public sealed class CanaryTests
{
    private const string Words = "カナリアのひみつの相談";
    private const string MyNumber = "123456789018"; // with a valid check digit
    private const string DisplayName = "金糸雀 さえずり";

    [Fact]
    public async Task Telemetry_OfABookingWithMishaps_NamesNobody()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(120));
        using var town = new SmallTown(placesPerDay: 4);
        await using var collector = await Collector.StartAsync();
        await using var world = await LineWorld.OpenAsync(new() { RedeliveryDelays = [.. Enumerable.Repeat(TimeSpan.FromSeconds(1), 30)] });
        var console = new ConcurrentQueue<string>();
        var metrics = new Uri($"http://127.0.0.1:{FreePort()}");
        await using var office = new OfficeProcess(OfficeProcess.BuiltBesideThis(), town.Data, new Dictionary<string, string>(world.Settings)
        {
            ["Packs__Directory"] = town.Packs,
            ["Telemetry__MetricsUrl"] = metrics.ToString(),
            ["Telemetry__OtlpEndpoint"] = collector.Url.ToString(),
            ["Telemetry__OtlpHeaders"] = "api-key=canary-collector-key",
            ["Telemetry__TraceRatio"] = "1",
        })
        { Overheard = console.Enqueue };
        world.CallOffice(office.Url);
        await office.Start();
        using var http = new HttpClient();

        var booker = new VirtualResident(world, Errand.Number(0), TimeSpan.FromSeconds(5), seed: 1);
        world.Platform.Order(new Fault("push", "error-before", Count: 1));
        world.Platform.Order(new Fault("reply", "error-before", Count: 1));
        await booker.Book(limit.Token);
        var talker = world.Platform.AddResident(world.Channel, DisplayName);
        await world.Platform.SendText(talker, $"{Words} {MyNumber} 090-1234-5678").Settled.WaitAsync(limit.Token);
        await WhileTheDiskRefuses(town.Data, async () =>
        {
            Assert.False((await world.Platform.SendText(talker, Words).FirstAttempt.WaitAsync(limit.Token)).Delivered);
            await Unready(new Uri(office.Url, "/health/ready"), limit.Token);
        });
        await http.PostAsJsonAsync(new Uri(office.Url, "/webhook/minatodai"), new { destination = Words, events = new[] { new { type = Words } } }, limit.Token);
        await http.GetAsync(new Uri(office.Url, $"/api/v1/cases/{Words}?q={DisplayName}"), limit.Token);
        var pseudonym = PseudonymIn(town.Data);
        await http.GetAsync(new Uri(office.Url, $"/form/minatodai/{pseudonym}/canary-form-token"), limit.Token);

        var page = await http.GetStringAsync(new Uri(metrics, "/metrics"), limit.Token);
        Assert.Equal(0, (await office.Stop()).ExitCode); // the last of everything is sent on the way out
        var sinks = new Dictionary<string, string>
        {
            ["metrics page"] = page, ["console"] = string.Join('\n', console),
            ["exported metrics"] = Text(collector.Of("metrics")), ["exported traces"] = Text(collector.Of("traces")), ["exported logs"] = Text(collector.Of("logs")),
        };

        string[] people = [Words, MyNumber, DisplayName, "090-1234-5678", "港 花子", "みなと はなこ", "０９０", "09000000000", "5番12号", booker.Phone!.Id, talker.Id, world.Channel.Settings.Secret,
            world.Channel.Settings.LongLivedToken!, "canary-form-token", "canary-collector-key", .. world.Platform.Screen(booker.Phone).Messages.Where(m => !m.FromBot && m.Text.Length > 3).Select(m => m.Text)];
        Assert.All(sinks, sink => Assert.True(sink.Value.Length > 500, $"{sink.Key} is empty: {office.LastWords}"));
        Assert.Empty(from sink in sinks from person in people where Names(sink.Value, person) select $"{person} in {sink.Key}: {Around(sink.Value, person)}");
        // A grain's key is one person under another name: fine where one event is told, not where many are counted.
        Assert.All(["metrics page", "exported metrics"], name => Assert.DoesNotContain(pseudonym, sinks[name], StringComparison.Ordinal));

        EveryStepOfATurnIsOneTrace(collector.Spans());
        Assert.Matches(@"(?m)^\S+ \S+ fail OrleansGov\.Api\.Webhooks\.WebhookDelivery: .* trace=[0-9a-f]{32}$", sinks["console"]);
    }

    // webhook event → grain's turn → storage → LINE: whoever looks at one sees the others
    private static void EveryStepOfATurnIsOneTrace(List<Collector.Span> spans)
    {
        var byId = spans.ToLookup(s => (s.Trace, s.Id));
        foreach (var end in (string[])["storage write", "LINE reply"])
            Assert.Contains(spans, s => s.Name == end && Ancestors(s).Any(a => a.Name == "webhook event") && Ancestors(s).Any(a => a.Name.Contains("receive", StringComparison.OrdinalIgnoreCase)));

        IEnumerable<Collector.Span> Ancestors(Collector.Span span)
        {
            for (var at = byId[(span.Trace, span.Parent)].FirstOrDefault(); at is not null; at = byId[(at.Trace, at.Parent)].FirstOrDefault()) yield return at;
        }
    }

    private static async Task WhileTheDiskRefuses(string data, Func<Task> deed)
    {
        await using var other = new SqliteConnection($"Data Source={Path.Combine(data, "grains.db")};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var take = other.CreateCommand();
        take.CommandText = "BEGIN IMMEDIATE";
        await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await deed();
        take.CommandText = "ROLLBACK";
        await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task Unready(Uri readiness, CancellationToken cancel)
    {
        using var http = new HttpClient();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await http.GetAsync(readiness, cancel)).IsSuccessStatusCode) await again.WaitForNextTickAsync(cancel);
    }

    private static string PseudonymIn(string data)
    {
        using var grains = new SqliteConnection($"Data Source={Path.Combine(data, "grains.db")};Mode=ReadOnly;Pooling=False");
        grains.Open();
        using var find = grains.CreateCommand();
        find.CommandText = "SELECT grain_id FROM grain_state WHERE state_name = 'resident' LIMIT 1";
        return ((string)find.ExecuteScalar()!).Split('/')[^1];
    }

    // protobuf keeps strings as they are
    private static string Text(IEnumerable<byte[]> bodies) => string.Join('\n', bodies.Select(Encoding.UTF8.GetString));

    // digits count only where they stand alone: a sum of seconds such as 0.109000000000001 is nobody's number
    private static bool Names(string text, string person) => person.All(char.IsAsciiDigit)
        ? Regex.IsMatch(text, $@"(?<![0-9.]){person}(?![0-9])")
        : text.Contains(person, StringComparison.Ordinal);

    private static string Around(string text, string found)
    {
        var at = text.IndexOf(found, StringComparison.Ordinal);
        return text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 120)];
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
