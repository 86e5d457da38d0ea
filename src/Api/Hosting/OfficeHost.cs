using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Orleans;
using OrleansGov.Api.Access;
using OrleansGov.Api.Bookings;
using OrleansGov.Api.Cases;
using OrleansGov.Api.Conversations;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Forms;
using OrleansGov.Api.Health;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Pages;
using OrleansGov.Api.Problems;
using OrleansGov.Api.Procedures;
using OrleansGov.Api.RichMenus;
using OrleansGov.Api.Settings;
using OrleansGov.Api.Telemetry;
using OrleansGov.Api.Webhooks;
using OrleansGov.Gateways;
using OrleansGov.Grains;
using OrleansGov.Records;
using OrleansGov.Silo;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.Keys;

namespace OrleansGov.Api.Hosting;

/// <summary>The process: what it opens before it can serve, in which order, and what it closes afterwards, the other way round.</summary>
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
        var isDevelopment = builder.Environment.IsDevelopment();
        var settings = OfficeSettings.Read(builder.Configuration, builder.Environment);
        var towns = TownFiles.Load(settings);
        var store = Opened(EmbeddedStore.Open(settings.DataDirectory)); // takes the directory's lock: before anything else is opened there
        var records = Opened(RecordsStore.Open(settings.DataDirectory));
        var key = await KeyRing.OpenAsync(store, settings.PseudonymKey);
        var line = settings.Simulator ? Opened(new SimulatedLine(settings, towns)) : null;
        var keys = isDevelopment ? settings.ApiKeys.Add(DevelopmentKey(settings)) : settings.ApiKeys;

        Configure(builder);
        builder.AddTelemetry(settings.Telemetry);
        builder.AddOrleansGovSilo(store);
        builder.Services.AddSingleton(settings).AddSingleton(records).AddSingleton(key).AddSingleton(TimeProvider.System)
            .AddOrleansGovGrains(
                new TownRegister(towns.Towns, settings.Line.Channels.ToImmutableDictionary(c => c.Name, settings.TownOf), settings.PersonalDetailsInTalk),
                new PackInstallation(settings.PacksDirectory, towns.Packs, isDevelopment),
                settings.Line, settings.PublicBaseUrl, new ContentStore(Path.Combine(settings.DataDirectory, "content")))
            .AddSingleton(sp => RoomsOf(sp.GetRequiredService<IGrainFactory>()))
            .AddWebhook(settings.Line, () => store.Health.Trouble?.LastError ?? records.Trouble)
            .AddStaffAccess(keys, isDevelopment)
            .AddSingleton<Cursors>()
            .AddSingleton(new ApiLimits())
            .AddSingleton(PublicAddress.Of(settings.PublicBaseUrl))
            .AddProblems().AddOfficeHealth().AddOpenApiDocument()
            .AddRichMenus(towns.Towns);
        builder.Services.AddDataProtection().SetApplicationName("OrleansGov").PersistKeysToFileSystem(KeyFolder(settings));

        App = Opened(builder.Build());
        if (line is not null) await line.ListenAsync(settings.Line);
        App.UseProblems().UseSecurityHeaders();
        if (line is null) App.Use((http, next) => http.Request.Path.StartsWithSegments("/simulator") ? Problem.NotFound.Answer().ExecuteAsync(http) : next(http));
        App.UseStaticFiles();
        App.UseOpenApiDocument();
        App.UseAuthentication();
        App.Use((http, next) => http.RequestServices.GetRequiredService<ApiLimits>().Run(http, next));
        App.UseAuthorization();

        App.MapWebhook().MapForms().MapHealth().MapProblemPages();
        App.MapGroup("/api/v1").AddEndpointFilter(Asked.Check).AddEndpointFilter(StaffAccess.OwnPagesOnly)
            .MapCases().MapBookings().MapConversations().MapPacks();
        if (isDevelopment) App.MapDevelopmentLogin([.. towns.Towns.Values]);
        line?.OpenAt(App);
        App.MapGet("/", () => Results.Redirect(line is null ? "/swagger" : "/simulator")).ExcludeFromDescription().AllowAnonymous();
        SayWhatWasDecided(settings);
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 10 << 20;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        // The framework logs every URL at Information, and a form's link is a key.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // warns that KeyFolder is all the protection there is
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            var options = json.SerializerOptions;
            options.NumberHandling = JsonNumberHandling.Strict;
            options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.AllowDuplicateProperties = false;
            options.RespectNullableAnnotations = true;
            options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        });
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "og-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true; // ours is stricter
        });
    }

    // Readable by the office's own account only: that, not another key beside it, is what protects these files.
    private static DirectoryInfo KeyFolder(OfficeSettings settings)
    {
        var path = Path.Combine(settings.DataDirectory, "keys");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static Rooms RoomsOf(IGrainFactory grains) => new(
        key => grains.GetGrain<IResidentGrain>(key), key => grains.GetGrain<ICaseGrain>(key), key => grains.GetGrain<IProcedureCatalogGrain>(key));

    // A key for this run only: nothing to clean up, nothing to leak.
    private static ApiKey DevelopmentKey(OfficeSettings settings)
    {
        var key = ApiKey.Make();
        Console.WriteLine($"Development API key (this run only): {key}");
        return new(new("開発用キー", settings.DefaultTown, null), ApiKey.HashOf(key), Scopes.All);
    }

    private void SayWhatWasDecided(OfficeSettings settings)
    {
        if (settings.PersonalDetailsInTalk)
            App.Logger.LogWarning("Privacy__PersonalDetails=Talk: personal details are asked in the talk room (a recorded decision of the municipality)");
        var url = settings.PublicBaseUrl.ToString().TrimEnd('/');
        string[] pages = settings.Simulator ? ["/simulator  residents' phones", "/swagger    API", "/health/ready"] : ["/swagger    API", "/health/ready"];
        App.Lifetime.ApplicationStarted.Register(() => App.Logger.LogInformation("Ready. Where to look:\n{Pages}", string.Join('\n', pages.Select(p => $"  {url}{p}"))));
    }

    private T Opened<T>(T part)
        where T : notnull
    {
        _opened.Push(part);
        return part;
    }
}
