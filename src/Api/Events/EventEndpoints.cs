using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using OrleansGov.Api.Access;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Events;

/// <summary>
/// The live feed. A stream that breaks goes on where it was (<c>Last-Event-ID</c>) for ten minutes; later it says <c>resync</c>. Every few seconds it asks
/// again who is listening, so that a stream ends soon after its listener was shut out.
/// </summary>
public static class EventEndpoints
{
    public static IEndpointRouteBuilder MapEvents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/events", Get).WithTags("events").RequireAuthorization().WithName("watchEvents")
            .WithSummary("できごとを受け取る")
            .WithDescription("""
                Accept: text/event-stream なら SSE で送り続けます。各できごとに id があり、切れたときは Last-Event-ID に指定すると、10 分前までのものを漏れなく送ります。
                event は種類（handoff.initiated、message.received など）のほか、ready（開始時。id はいまの番号）、heartbeat（15 秒ごと。id なし）、position（見えないできごとの分だけ id を進める）、resync（間のできごとが残っていない。一覧を取得し直す）です。
                それ以外の Accept なら after より後のできごとを 1 回返します。プロキシが SSE をためるときは、5 秒ごとに If-None-Match を付けて取得してください。
                """.ReplaceLineEndings(""))
            .Answers(new EventsView([EventView.Example], "10482", false), Answered.Tagged).Refuses(Problem.Validation)
            .WithMetadata(new StreamWords("text/event-stream", $"id: {EventView.Example.Id}\nevent: {EventView.Example.Type}\ndata: {{\"id\":\"{EventView.Example.Id}\",\"type\":\"{EventView.Example.Type}\",\"subject\":\"{EventView.Example.Subject}\",\"department\":\"general\",\"at\":\"2026-11-02T12:00:00+09:00\"}}\n\n"));
        return api;
    }

    private static async Task<IResult> Get([AsParameters] EventQuery query, HttpContext http, ClaimsPrincipal user, FeedTail tail, RecordsStore records, Listeners listeners, EventPace pace, IHostApplicationLifetime lifetime)
    {
        var staff = Staff.Of(user);
        if (!http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)) return await Poll(query, staff, tail, records, http.RequestAborted);
        http.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy that waits for more makes a live feed a dead one
        http.Response.Headers.CacheControl = "no-store";
        var from = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last
            ? long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1
            : query.After;
        return TypedResults.ServerSentEvents(Listen(http, from, tail, records, listeners, pace, lifetime.ApplicationStopping, http.RequestAborted));
    }

    private static async Task<IResult> Poll(EventQuery query, Staff staff, FeedTail tail, RecordsStore records, CancellationToken cancel)
    {
        if (query.After is not { } after)
        {
            await using var read = records.Read();
            var head = Number(await read.FeedHeadAsync(cancel));
            return new Tagged<EventsView>(new([], head, false), $"\"{head}\"");
        }

        var part = await tail.ReadAsync(staff.Town, after, cancel);
        EventView[] items = [.. part.Items.Where(row => EventView.IsFor(staff, row)).Select(EventView.Of)];
        // nothing for this caller, nothing new: the tag does not follow what others see
        return new Tagged<EventsView>(new(items, Number(part.Last), !part.IsComplete), $"\"{(items is [.., var newest] ? newest.Id : Number(after))}{(part.IsComplete ? "" : "-resync")}\"");
    }

    private static async IAsyncEnumerable<SseItem<EventView?>> Listen(
        HttpContext http, long? from, FeedTail tail, RecordsStore records, Listeners listeners, EventPace pace, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping);
        if (await listeners.StillAsync(http, end.Token) is not { } staff) yield break;
        long cursor, told;
        if (from is { } wanted) cursor = told = wanted;
        else
        {
            await using var read = records.Read();
            cursor = told = await read.FeedHeadAsync(end.Token);
            // an id to come back with, before the first event
            yield return new(null, "ready") { EventId = Number(cursor), ReconnectionInterval = TimeSpan.FromSeconds(2) };
        }

        var asked = Stopwatch.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            var part = await tail.ReadAsync(staff.Town, cursor, end.Token);
            if (!part.IsComplete) yield return new(null, "resync") { EventId = Number(told = part.Last) };
            foreach (var row in part.Items.Where(row => EventView.IsFor(staff, row)))
                yield return new(EventView.Of(row), row.Type) { EventId = Number(told = row.Seq) };
            cursor = part.Last;

            if (!await News(records.Feed, cursor, pace.Heartbeat - Stopwatch.GetElapsedTime(asked), end.Token)) continue;
            asked = Stopwatch.GetTimestamp();
            if (await listeners.StillAsync(http, end.Token) is not { } still) yield break;
            staff = still;
            // Others' events move on too: an id that stays behind would be too old one day without anything having been missed.
            if (told < cursor) yield return new(null, "position") { EventId = Number(told = cursor) };
            yield return new(null, "heartbeat");
        }
    }

    /// <returns>True: nothing came until it was time for a sign of life, or everything ends.</returns>
    private static async Task<bool> News(FeedSignal feed, long after, TimeSpan patience, CancellationToken end)
    {
        if (patience <= TimeSpan.Zero) return true;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(end);
        enough.CancelAfter(patience);
        try
        {
            await feed.WaitAsync(after, enough.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            end.ThrowIfCancellationRequested();
            return true;
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How often a stream shows that it lives.</summary>
/// <param name="Heartbeat">The caller is looked up again as often: at most a minute.</param>
public sealed record EventPace(TimeSpan Heartbeat)
{
    public static readonly EventPace Usual = new(TimeSpan.FromSeconds(15));
}
