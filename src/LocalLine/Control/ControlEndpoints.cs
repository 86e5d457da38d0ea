using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGov.LocalLine.Faults;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Control;

/// <summary>
/// The remote control of the world, for the simulator page, tests and load testers (docs/local-line.md). It is ours, not LINE's, and
/// never lives under /v2. It has no sign-in: whoever maps it decides who may reach it.
/// </summary>
public static class ControlEndpoints
{
    /// <summary>Maps the control calls under a prefix.</summary>
    /// <param name="app">Where.</param>
    /// <param name="prefix">For example <c>/simulator/api</c>.</param>
    /// <param name="platform">The world to steer.</param>
    /// <returns>The group, to put a policy on.</returns>
    public static RouteGroupBuilder MapLocalLineControl(this IEndpointRouteBuilder app, string prefix, LocalLinePlatform platform)
    {
        var group = app.MapGroup(prefix).ExcludeFromDescription();
        group.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (Exception mistake) when (mistake is InvalidOperationException or KeyNotFoundException or JsonException or FormatException)
            {
                // The caller asked for something the world does not offer, such as writing while blocked.
                return Results.Problem(mistake.Message, statusCode: StatusCodes.Status409Conflict);
            }
        });

        group.MapGet("/state", () => ControlViews.State(platform));
        group.MapGet("/journal", (long? after, string? resident, int? limit) => new
        {
            Entries = platform.Journal.Where(e => e.Seq > (after ?? 0) && (resident is null || e.Resident == resident)).TakeLast(limit ?? 200),
        });
        group.MapGet("/findings", () => new { Items = platform.Findings });
        group.MapGet("/counters", () => platform.Counters.Snapshot());
        group.MapGet("/events", (HttpContext http) => ControlStream.Run(http, platform));
        group.MapPost("/faults", (Fault fault) =>
        {
            platform.Order(fault);
            return Results.NoContent();
        });
        group.MapDelete("/faults", () =>
        {
            platform.ClearFaults();
            return Results.NoContent();
        });
        group.MapGet("/content/{messageId}", (string messageId) =>
            platform.Contents.Find(messageId) is { Gone: false } content ? Results.Bytes(content.Bytes, content.MediaType) : Results.NotFound());
        group.MapGet("/rich-menus/{id}/image", (string id) => platform.MenuImage(id) is { } image ? Results.Bytes(image.Bytes, image.MediaType) : Results.NotFound());
        group.MapPost("/residents", (NewResident? wanted) => ControlViews.Resident(platform, platform.AddResident(
            wanted?.Channel is { } name ? platform.Channel(name) : platform.Channels[0], wanted?.Name, wanted?.Language ?? "ja")));
        MapResident(group, platform, prefix);
        return group;
    }

    private static void MapResident(RouteGroupBuilder group, LocalLinePlatform platform, string prefix)
    {
        var one = group.MapGroup("/residents/{id}");
        one.MapGet("/screen", (string id) => With(id, resident => ControlViews.Screen(platform, resident, prefix)));
        one.MapPost("/open", (string id) => Do(id, platform.Open));
        one.MapPost("/close", (string id) => Do(id, platform.Close));
        one.MapPost("/block", (string id) => Do(id, resident => platform.Block(resident)));
        one.MapPost("/unblock", (string id) => Do(id, resident => platform.Unblock(resident)));
        one.MapPost("/expire-next-token", (string id) => Do(id, platform.ExpireNextToken));
        one.MapPost("/unsend", (string id, Unsending unsending) => Do(id, resident => platform.Unsend(resident, unsending.MessageId)));
        one.MapPost("/events", (string id, JsonObject raw) => Do(id, resident => platform.SendEvent(resident, raw)));
        one.MapPost("/taps", (string id, Tapping tap) => Do(id, resident => platform.Tap(resident, tap.Action,
            tap.Params?.Date ?? tap.Params?.Datetime ?? tap.Params?.Time)));
        one.MapPost("/resend", async (string id) =>
        {
            if (platform.FindResident(id) is not { } resident) return Results.NotFound();
            await platform.Redeliver(resident);
            return Results.NoContent();
        });
        one.MapPost("/messages", async (string id, HttpRequest request) =>
        {
            if (platform.FindResident(id) is not { } resident) return Results.NotFound();
            if (request.HasFormContentType) await ControlMessages.SendFiles(platform, resident, request);
            else ControlMessages.Send(platform, resident, await request.ReadFromJsonAsync<JsonElement>());
            return Results.NoContent();
        });

        IResult With(string id, Func<LocalResident, object> show) =>
            platform.FindResident(id) is { } resident ? Results.Ok(show(resident)) : Results.NotFound();

        IResult Do(string id, Action<LocalResident> act)
        {
            if (platform.FindResident(id) is not { } resident) return Results.NotFound();
            act(resident);
            return Results.NoContent();
        }
    }

    internal sealed record NewResident(string? Channel, string? Name, string? Language);

    internal sealed record Unsending(string MessageId);

    internal sealed record Tapping(JsonElement Action, TapParams? Params);

    internal sealed record TapParams(string? Date, string? Time, string? Datetime);
}
