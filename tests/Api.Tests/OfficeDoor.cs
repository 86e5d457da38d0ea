using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OrleansGov.Api.Access;

namespace OrleansGov.Api.Tests;

/// <summary>The real application on files of its own; behind its doors stand rooms that a test can look into.</summary>
public sealed class OfficeDoor : WebApplicationFactory<Program>
{
    public const string Channel = "minatodai";
    public const string Secret = "8c570fa6dd201bb328f1c1eac23a96d8";
    public const string NextSecret = "next-secret-next-secret-next-sec";

    public const string DepartmentKey = "og_live_department";
    public const string TownKey = "og_live_town";
    public const string ExpiredKey = "og_live_expired";

    private readonly string _directory = Directory.CreateTempSubdirectory("office-").FullName;

    public string? BotUserId { get; init; }

    public string? Trouble { get; set; }

    /// <summary>By which an hour passes for <see cref="OrleansGov.Api.Webhooks.RedeliveryWatch"/>.</summary>
    public TimeProvider WatchClock { get; init; } = TimeProvider.System;

    /// <summary>How often the live feed shows that it lives.</summary>
    public OrleansGov.Api.Events.EventPace Pace { get; init; } = OrleansGov.Api.Events.EventPace.Usual;

    /// <summary>True: webhooks may go to this machine, where the test listens.</summary>
    public bool HooksReachThisMachine { get; init; }

    public string Environment { get; init; } = "Production";

    /// <summary>The identity provider as the office reaches it; null = the development provider of this office.</summary>
    public HttpMessageHandler? Provider { get; init; }

    /// <summary>By which sessions and keys end.</summary>
    public TimeProvider? Clock { get; init; }

    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Residents by grain key.</summary>
    public ConcurrentDictionary<string, ResidentStub> Residents { get; } = new();

    public CatalogStub Catalog { get; } = new();

    public LogLines Log { get; } = new();

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ResidentStub Resident(string key) => Residents.GetOrAdd(key, _ => new());

    public OrleansGov.Records.RecordsStore Records => Services.GetRequiredService<OrleansGov.Records.RecordsStore>();

    public static string Sign(byte[] body, string secret = Secret) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public async Task<HttpResponseMessage> Post(string body, string? signature = null, string channel = Channel, string secret = Secret)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhook/{channel}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation("x-line-signature", signature ?? Sign(bytes, secret));
        return await CreateClient().SendAsync(request, Cancel);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("Data:Directory", _directory);
        builder.UseSetting("Line:Channels:0:Name", Channel);
        builder.UseSetting("Line:Channels:0:Secret", Secret);
        builder.UseSetting("Line:Channels:0:NextSecret", NextSecret);
        builder.UseSetting("Line:Channels:0:AccessToken", "token");
        builder.UseSetting("Simulator:Enabled", "false");
        builder.UseSetting("Public:BaseUrl", "https://minatodai.example");
        builder.UseSetting("Packs:Directory", Packs());
        builder.UseSetting("Api:Keys:0:Name", "部署のキー");
        builder.UseSetting("Api:Keys:0:Hash", ApiKey.HashOf(DepartmentKey));
        builder.UseSetting("Api:Keys:0:Scopes", "cases:read bookings:read conversations:read procedures:read");
        builder.UseSetting("Api:Keys:0:Departments", "environment");
        builder.UseSetting("Api:Keys:1:Name", "全体のキー");
        builder.UseSetting("Api:Keys:1:Hash", ApiKey.HashOf(TownKey));
        builder.UseSetting("Api:Keys:1:Scopes", string.Join(' ', Scopes.All));
        builder.UseSetting("Api:Keys:2:Name", "期限切れのキー");
        builder.UseSetting("Api:Keys:2:Hash", ApiKey.HashOf(ExpiredKey));
        builder.UseSetting("Api:Keys:2:Scopes", "cases:read");
        builder.UseSetting("Api:Keys:2:Expires", "2020-01-01T00:00:00+09:00");
        if (BotUserId is not null) builder.UseSetting("Line:Channels:0:BotUserId", BotUserId);
        foreach (var (key, value) in Settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
        builder.ConfigureTestServices(services => services.AddSingleton(Pace));
        if (HooksReachThisMachine) builder.ConfigureTestServices(services => services.AddSingleton(_ => new OrleansGov.Gateways.HookCaller(allowLoopback: true)));
        if (Clock is { } clock) builder.ConfigureTestServices(services => services.AddSingleton(clock));
        // the development provider is this same office: the office asks it without a network
        builder.ConfigureTestServices(services => services.Configure<OpenIdConnectOptions>(SignIn.Provider, oidc => oidc.BackchannelHttpHandler = Provider ?? new WayIn(() => Server.CreateHandler())));
        builder.ConfigureTestServices(services => services
            .AddHealthChecks().AddCheck("storage-of-the-test", () => Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy(), tags: ["ready"]).Services
            .AddSingleton(new PseudonymKey(new byte[32]))
            .AddSingleton(sp => new Rooms(Resident, key => sp.GetRequiredService<Orleans.IGrainFactory>().GetGrain<ICaseGrain>(key), _ => Catalog,
                key => sp.GetRequiredService<Orleans.IGrainFactory>().GetGrain<IBroadcastGrain>(key), key => sp.GetRequiredService<Orleans.IGrainFactory>().GetGrain<IIdempotencyGrain>(key))
            {
                Presence = key => sp.GetRequiredService<Orleans.IGrainFactory>().GetGrain<IPresenceGrain>(key),
                Hooks = key => sp.GetRequiredService<Orleans.IGrainFactory>().GetGrain<IHooksGrain>(key),
            })
            .AddSingleton(sp => new OrleansGov.Api.Webhooks.RedeliveryWatch(sp.GetRequiredService<OrleansGov.Api.Settings.OfficeSettings>().Line.Channels, WatchClock, sp.GetRequiredService<ILogger<OrleansGov.Api.Webhooks.RedeliveryWatch>>()))
            .AddSingleton(sp => new OrleansGov.Api.Webhooks.DoorGuard(() => Trouble, sp.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>(), sp.GetRequiredService<TimeProvider>())));
    }

    public HttpClient StaffClient(string? key = TownKey)
    {
        var client = CreateClient();
        if (key is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>A browser that has signed in as one of the invented officers; needs Environment = Development.</summary>
    /// <param name="subject">Such as <c>environment-lead</c>, <c>town-admin</c>.</param>
    public async Task<Browser> SignInAsync(string subject)
    {
        var browser = new Browser(this);
        var page = await browser.SignInAsync($"minatodai-{subject}");
        Assert.True(page.StatusCode == HttpStatusCode.OK, $"{page.StatusCode} {page.RequestMessage!.RequestUri}");
        return browser;
    }

    // The town without its packs: these tests look at the doors, and a pack takes a second to check.
    private string Packs()
    {
        var towns = Directory.CreateDirectory(Path.Combine(_directory, "packs", "towns"));
        File.WriteAllText(Path.Combine(towns.FullName, "minatodai.yaml"), """
            id: minatodai
            name: みなと台市
            phone: 000-000-0000
            departments:
              - id: environment
                name: 環境課
              - id: general
                name: 市民相談室
            menu: []
            closed-days: []
            packs: []
            phrases: {}
            """);
        return Path.Combine(_directory, "packs");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

/// <summary>From the office to its own doors.</summary>
internal sealed class WayIn(Func<HttpMessageHandler> server) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        InnerHandler ??= server();
        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>A resident's room with glass walls.</summary>
public sealed class ResidentStub : IResidentGrain
{
    public ConcurrentQueue<ResidentEvent> Heard { get; } = new();

    /// <summary>What happens to an event before it is durable.</summary>
    public Func<ResidentEvent, Task> Turn { get; set; } = _ => Task.CompletedTask;

    public FormView? Form { get; set; }

    public Func<ImmutableDictionary<string, string>, FormResult> Filling { get; set; } = _ => new(FormState.Saved, ImmutableDictionary<string, string>.Empty);

    public List<ImmutableDictionary<string, string>> Filled { get; } = [];

    public async Task Receive(ResidentEvent received)
    {
        await Turn(received);
        Heard.Enqueue(received);
    }

    public Task<FormView?> LookAtForm(string token) => Task.FromResult(Form);

    public Task<FormResult> FillForm(string token, ImmutableDictionary<string, string> values)
    {
        Filled.Add(values);
        return Task.FromResult(Filling(values));
    }

    public Task Wake() => Task.CompletedTask;

    /// <summary>The talk as the next look shows it.</summary>
    public TalkView View { get; set; } = TownFacts.Talk();

    /// <summary>What staff asked for.</summary>
    public ConcurrentQueue<ControlCommand> Commands { get; } = new();

    public ConcurrentQueue<StaffMessage> Said { get; } = new();

    public Func<ControlCommand, ControlVerdict> Deciding { get; set; } = _ => ControlVerdict.Done;

    public Func<StaffMessage, StaffSayAnswer> Saying { get; set; } = _ => new(StaffSayVerdict.Accepted, 7, TownFacts.Talk());

    public ProposalVerdict Proposing { get; set; } = ProposalVerdict.Asked;

    public ConcurrentQueue<string> Attending { get; } = new();

    public Task<TalkView> Look() => Task.FromResult(View);

    public Task<ControlAnswer> Change(ControlCommand command)
    {
        Commands.Enqueue(command);
        return Task.FromResult(new ControlAnswer(Deciding(command), View) { Missing = "reason" });
    }

    public Task<StaffSayAnswer> Say(StaffMessage message)
    {
        Said.Enqueue(message);
        return Task.FromResult(Saying(message));
    }

    public Task<ProposalAnswer> Propose(StaffProposal proposal) => Task.FromResult(new ProposalAnswer(Proposing, "日付の形で入力してください。", View));

    public Task<bool> Attend(string staff)
    {
        Attending.Enqueue(staff);
        return Task.FromResult(true);
    }

    public Task<EraseAnswer> Erase(string by) => throw Unseen();

    private static InvalidOperationException Unseen() => new("Nobody is erased here.");
}

/// <summary>A catalogue that keeps what it is given.</summary>
public sealed class CatalogStub : IProcedureCatalogGrain
{
    public List<PackFiles> Published { get; } = [];

    public ImmutableList<PackFault> Faults { get; set; } = [];

    private ImmutableList<PublishedVersion> _versions = [];
    private ImmutableList<PublishedVersion> _current = [];

    public Task<CatalogHead> Head() => Task.FromResult(new CatalogHead(_versions.Count, _current, _versions));

    public Task<PackFiles?> Files(string id, int version) => Task.FromResult(Published.LastOrDefault(p => p.Id == id));

    public Task<ImmutableList<PackFault>> Validate(PackFiles pack) => Task.FromResult(Faults);

    public Task<PublishResult> Publish(PackFiles pack, string by)
    {
        if (!Faults.IsEmpty) return Task.FromResult(new PublishResult(null, Faults));
        Published.Add(pack);
        var version = new PublishedVersion(pack.Id, Published.Count(p => p.Id == pack.Id), "粗大ごみの申込み", new string('0', 64), DateTimeOffset.UnixEpoch, by);
        _versions = _versions.Add(version);
        _current = [.. _current.Where(v => v.Id != pack.Id), version];
        return Task.FromResult(new PublishResult(version.Version, []));
    }

    public Task<bool> MakeCurrent(string id, int version, string by)
    {
        if (_versions.Find(v => v.Id == id && v.Version == version) is not { } found) return Task.FromResult(false);
        _current = [.. _current.Where(v => v.Id != id), found];
        return Task.FromResult(true);
    }
}

/// <summary>Everything that was logged, as text.</summary>
public sealed class LogLines : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Line(this);

    public void Dispose()
    {
    }

    private sealed class Line(LogLines log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
    }
}

/// <summary>What every refusal has in common.</summary>
public static class ProblemAssertions
{
    public static async Task<JsonElement> IsProblem(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.True((int)answer.StatusCode == status, $"expected {status} {code}, got {(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.EndsWith($"/problems/{code}", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Matches(@"[\p{IsHiragana}\p{IsKatakana}]", problem.GetProperty("title").GetString()!);
        Assert.Matches(@"[\p{IsHiragana}\p{IsKatakana}]", problem.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.GetProperty("instance").GetString()!);
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString()!);
        if (status is 429 or 503) Assert.NotNull(answer.Headers.RetryAfter);
        return problem;
    }
}
