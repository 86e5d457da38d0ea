using Orleans;
using OrleansGov.Api.Access;
using OrleansGov.Api.AuditEvents;
using OrleansGov.Api.Bookings;
using OrleansGov.Api.Broadcasts;
using OrleansGov.Api.Replies;
using OrleansGov.Api.Cases;
using OrleansGov.Api.Contents;
using OrleansGov.Api.Conversations;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Events;
using OrleansGov.Api.Forms;
using OrleansGov.Api.Health;
using OrleansGov.Api.Hooks;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Me;
using OrleansGov.Api.Pages;
using OrleansGov.Api.Problems;
using OrleansGov.Api.Procedures;
using OrleansGov.Api.Settings;
using OrleansGov.Api.StaffConsole;
using OrleansGov.Api.Status;
using OrleansGov.Api.Webhooks;

namespace OrleansGov.Api.Hosting;

/// <summary>The doors of the office: LINE's webhook, forms, the API of the staff and its document.</summary>
internal static class OfficeDoors
{
    public static void AddDoors(this WebApplicationBuilder builder, OfficeSettings settings, OfficeStores stores, ImmutableList<ApiKey> keys)
    {
        builder.Services
            .AddSingleton(sp => RoomsOf(sp.GetRequiredService<IGrainFactory>()))
            .AddWebhook(settings.Line, stores.Trouble)
            .AddStaffAccess(settings, keys, builder.Environment.IsDevelopment())
            .AddStaffConsole()
            .AddSingleton<Cursors>()
            .AddSingleton<FeedTail>().AddSingleton<Listeners>().AddSingleton(EventPace.Usual)
            .AddSingleton(new ApiLimits(signIns: settings.SignIn?.AttemptsPerAddress ?? SignInSettings.UsualAttempts))
            .AddOpenApiDocument()
            .AddAntiforgery(antiforgery =>
            {
                antiforgery.Cookie.Name = "og-form";
                antiforgery.Cookie.SameSite = SameSiteMode.Strict;
                antiforgery.Cookie.HttpOnly = true;
                antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                antiforgery.HeaderName = "X-CSRF-Token";
                antiforgery.SuppressXFrameOptionsHeader = true; // ours is stricter
            });
    }

    public static void MapDoors(this WebApplication app, TownFiles towns, SimulatedLine? line)
    {
        if (line is null) app.Use((http, next) => http.Request.Path.StartsWithSegments("/simulator") ? Problem.NotFound.Answer().ExecuteAsync(http) : next(http));
        app.UseStaticFiles();
        app.UseOpenApiDocument();
        app.UseAuthentication();
        app.Use((http, next) => http.RequestServices.GetRequiredService<ApiLimits>().Run(http, next));
        app.UseAuthorization();

        app.MapWebhook().MapPictures().MapForms().MapHealth().MapStatus().MapProblemPages();
        app.MapGroup("/api/v1").AddEndpointFilter(Asked.Check).AddEndpointFilter(StaffAccess.OwnPagesOnly)
            .MapCases().MapBookings().MapConversations().MapCannedReplies().MapAuditEvents().MapMe().MapEvents().MapHooks().MapPacks().MapBroadcasts();
        app.MapStaffConsole();
        if (app.Services.GetService<SignInSettings>() is not null) app.MapSignIn();
        app.Services.GetService<DevelopmentProvider>()?.Map(app);
        line?.OpenAt(app);
        app.MapGet("/", () => Results.Redirect(line is null ? "/swagger" : "/simulator")).ExcludeFromDescription().AllowAnonymous();
    }

    private static Rooms RoomsOf(IGrainFactory grains) => new(
        key => grains.GetGrain<IResidentGrain>(key), key => grains.GetGrain<ICaseGrain>(key), key => grains.GetGrain<IProcedureCatalogGrain>(key),
        key => grains.GetGrain<IBroadcastGrain>(key), key => grains.GetGrain<IIdempotencyGrain>(key))
    {
        Presence = key => grains.GetGrain<IPresenceGrain>(key),
        Hooks = key => grains.GetGrain<IHooksGrain>(key),
    };
}
