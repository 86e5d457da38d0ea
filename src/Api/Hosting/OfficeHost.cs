using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using OrleansGov.Api.Access;
using OrleansGov.Api.Health;
using OrleansGov.Api.Pages;
using OrleansGov.Api.Problems;
using OrleansGov.Api.RichMenus;
using OrleansGov.Api.Settings;
using OrleansGov.Api.Telemetry;
using OrleansGov.Gateways;
using OrleansGov.Grains;

namespace OrleansGov.Api.Hosting;

/// <summary>
/// The process: what it opens before it can serve, in which order, and what it closes afterwards, the other way round. Mode and role decide what it
/// keeps things in (<see cref="OfficeStores"/>), whether it has grains and whether it has doors (<see cref="OfficeDoors"/>).
/// </summary>
internal sealed class OfficeHost : IAsyncDisposable
{
    private readonly Stack<object> _opened = new();

    public WebApplication App { get; private set; } = null!;

    public static async Task<OfficeHost> OpenAsync(string[] args)
    {
        var office = new OfficeHost();
        try
        {
            await office.Open(args);
            return office;
        }
        catch
        {
            await office.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_opened.TryPop(out var part))
            if (part is IAsyncDisposable patient) await patient.DisposeAsync();
            else ((IDisposable)part).Dispose();
    }

    private async Task Open(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot") });
        builder.Configuration.AddSecretFiles();
        var isDevelopment = builder.Environment.IsDevelopment();
        var settings = OfficeSettings.Read(builder.Configuration, builder.Environment);
        var towns = TownFiles.Load(settings);
        var stores = await OfficeStores.OpenAsync(settings, _opened);
        var line = settings.Simulator ? Opened(new SimulatedLine(settings, towns)) : null;
        var keys = isDevelopment && settings.HasDoors ? settings.ApiKeys.Add(DevelopmentKey(settings)) : settings.ApiKeys;

        Configure(builder);
        builder.AddTelemetry(settings.Telemetry, settings.HasGrains);
        stores.Join(builder);
        builder.Services.AddSingleton(settings).AddSingleton(towns).AddSingleton(new BroadcastOptions { MostRecipients = settings.MostBroadcastRecipients }).AddSingleton(stores.Records).AddSingleton(stores.Key).AddSingleton(TimeProvider.System)
            .AddSingleton(PublicAddress.Of(settings.PublicBaseUrl)).AddSingleton(settings.Residents).AddProblems().AddOfficeHealth();
        stores.Seal(builder.Services.AddDataProtection().SetApplicationName("OrleansGov"));
        builder.Services.AddSingleton(new ContentStore(settings.ContentDirectory));
        builder.Services.AddSingleton(_ => new HookCaller(allowLoopback: isDevelopment));
        if (settings.HasGrains)
            builder.Services.AddOrleansGovGrains(
                new TownRegister(towns.Towns, settings.Line.Channels.ToImmutableDictionary(c => c.Name, settings.TownOf), settings.PersonalDetailsInTalk),
                new PackInstallation(settings.PacksDirectory, towns.Packs, isDevelopment),
                settings.Line, settings.PublicBaseUrl, new ContentStore(settings.ContentDirectory)).AddRichMenus(towns.Towns);
        else builder.Services.AddSilosHealth();
        if (settings.HasDoors) builder.AddDoors(settings, stores, keys);
        if (isDevelopment && settings.HasDoors && settings.SignIn is { Authority.AbsolutePath: DevelopmentProvider.Path } signIn)
        {
            builder.Services.AddSingleton(sp => new DevelopmentProvider(signIn.Issuer, towns.Towns.Values, sp.GetRequiredService<TimeProvider>()));
            await DevelopmentOfficer.EnterAsync(stores.Records, towns.Towns.Values, signIn.Issuer, TimeProvider.System);
        }


        App = Opened(builder.Build());
        if (line is not null) await line.ListenAsync(settings.Line);
        App.UseTrustedProxies(settings.TrustedNetworks).UseProblems().UseSecurityHeaders();
        if (settings.HasDoors) App.MapDoors(towns, line);
        else App.MapHealth();
        SayWhatWasDecided(settings);
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 10 << 20;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.MaxConcurrentConnections = 1024; // the queue before every door: each holds one request that somebody must at least refuse
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30); // a phone that has sent its form makes room
            kestrel.Limits.MaxConcurrentUpgradedConnections = 256;
        });
        // The framework logs every URL at Information, and a form's link is a key.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // warns that where the keys lie is all the protection there is
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.ConfigureHttpJsonOptions(json => Strict(json.SerializerOptions));
    }

    private static void Strict(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }

    // A key for this run only: nothing to clean up, nothing to leak.
    private static ApiKey DevelopmentKey(OfficeSettings settings)
    {
        var key = ApiKey.Make();
        Console.WriteLine($"Development API key (this run only): {key}");
        return new(Staff.Machine("開発用キー", settings.DefaultTown, null, Scopes.All), ApiKey.HashOf(key), Scopes.All);
    }

    private void SayWhatWasDecided(OfficeSettings settings)
    {
        if (settings.PersonalDetailsInTalk)
            App.Logger.LogWarning("Privacy__PersonalDetails=Talk: personal details are asked in the talk room (a recorded decision of the municipality)");
        if (settings.Cluster is { } cluster) App.Logger.LogInformation("{Mode}, {Role}: {Cluster}", settings.Mode, settings.Role, cluster);
        var url = settings.PublicBaseUrl.ToString().TrimEnd('/');
        string[] pages = settings switch
        {
            { HasDoors: false } => ["/health/ready"],
            { Simulator: true } => ["/simulator  residents' phones", "/console    staff", "/swagger    API", "/health/ready"],
            { SignIn: not null } => ["/console    staff", "/swagger    API", "/health/ready"],
            _ => ["/swagger    API", "/health/ready"],
        };
        App.Lifetime.ApplicationStarted.Register(() => App.Logger.LogInformation("Ready. Where to look:\n{Pages}", string.Join('\n', pages.Select(p => $"  {url}{p}"))));
    }

    private T Opened<T>(T part)
        where T : notnull
    {
        _opened.Push(part);
        return part;
    }
}
