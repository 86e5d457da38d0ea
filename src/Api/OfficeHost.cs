using Microsoft.AspNetCore.DataProtection;
using Orleans;
using OrleansGov.Api.Forms;
using OrleansGov.Api.Health;
using OrleansGov.Api.Pages;
using OrleansGov.Api.Problems;
using OrleansGov.Api.Settings;
using OrleansGov.Api.Simulator;
using OrleansGov.Api.Webhooks;
using OrleansGov.Records;
using OrleansGov.Silo;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.Keys;

namespace OrleansGov.Api;

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
        var settings = OfficeSettings.Read(builder.Configuration, builder.Environment);
        var store = Opened(EmbeddedStore.Open(settings.DataDirectory)); // takes the directory's lock: before anything else is opened there
        var records = Opened(RecordsStore.Open(settings.DataDirectory));
        var pseudonymKey = await KeyRing.OpenAsync(store, settings.PseudonymKey);
        SimulatedLine? line = null;
        if (settings.Simulator)
        {
            (line, settings) = await SimulatedLine.StartAsync(settings);
            _opened.Push(line);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 10 << 20;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        // The framework logs every URL at Information, and a form's link is a key.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddDataProtection().SetApplicationName("OrleansGov").PersistKeysToFileSystem(new(Path.Combine(settings.DataDirectory, "keys")));
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "og-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true; // ours is stricter
        });
        builder.Services.AddSingleton(settings).AddSingleton(records).AddSingleton(TimeProvider.System)
            .AddSingleton(new PublicAddress(settings.PublicBaseUrl))
            .AddSingleton(new DoorChannels(settings.Channels.Select(c => new DoorChannel(c.Name, c.Secret, c.NextSecret, c.BotUserId))))
            .AddSingleton<WebhookDelivery>()
            .AddSingleton(sp => new DoorGuard(() => store.Health.Trouble?.LastError ?? records.Trouble, sp.GetRequiredService<IHostApplicationLifetime>()))
            .AddSingleton(pseudonymKey)
            .AddSingleton(sp => RoomsOf(sp.GetRequiredService<IGrainFactory>()))
            .AddProblems()
            .AddOfficeHealth();

        builder.AddOrleansGovSilo(store);
        builder.Services.AddOffice(settings, builder.Environment);

        App = Opened(builder.Build());
        App.UseProblems().UseSecurityHeaders();
        App.UseStaticFiles();
        App.MapWebhook().MapForms().MapHealth().MapProblemPages();
        line?.OpenAt(App);
    }

    private static Rooms RoomsOf(IGrainFactory grains) => new(
        key => grains.GetGrain<IResidentGrain>(key), key => grains.GetGrain<ICaseGrain>(key), key => grains.GetGrain<IProcedureCatalogGrain>(key));

    private T Opened<T>(T part)
        where T : notnull
    {
        _opened.Push(part);
        return part;
    }
}
