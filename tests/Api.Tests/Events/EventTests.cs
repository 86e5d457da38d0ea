using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using OrleansGov.Api.Access;
using OrleansGov.Api.Events;
using OrleansGov.Api.Tests.Conversations;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.Events;

/// <summary>The live feed as a console sees it.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private TalkDoor _door = null!;

    public async ValueTask InitializeAsync() => _door = await TalkDoor.OpenAsync();

    public ValueTask DisposeAsync() => _door.DisposeAsync();

    /// <summary>200 open cases, changes all the time, and a network that breaks the stream every few events: each event once, in order.</summary>
    [Fact]
    public async Task F51_Console_200OpenCases_SseMissesNothing()
    {
        string[] residents = [.. Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i:D4}").Replace('0', 'a').PadLeft(32, 'b'))];
        string last;
        await using (var begin = await Listen(_door.Officer, null)) last = (await begin.Next()).EventId!;

        var writing = Task.Run(async () =>
        {
            foreach (var part in residents.Chunk(7)) await _door.Office.Records.AppendAsync([.. part.Select(r => TownFacts.Control(1, r))]);
            foreach (var part in residents.Chunk(11)) await _door.Office.Records.AppendAsync([.. part.Select(r => TownFacts.Control(2, r, "Take", "Queued", "Human", owner: "s-1"))]);
        }, OfficeDoor.Cancel);

        List<(string Type, string Subject)> seen = [];
        for (var cut = 1; seen.Count < 400; cut++)
        {
            await using var stream = await Listen(_door.Officer, last);
            for (var i = 0; i < cut % 29 + 1 && seen.Count < 400; i++) // breaks after 1 to 29 events
            {
                var item = await stream.Next();
                if (item.EventType is "heartbeat" or "position") continue;
                last = item.EventId!;
                seen.Add((item.EventType, JsonDocument.Parse(item.Data).RootElement.GetProperty("subject").GetString()!));
            }
        }

        await writing;
        Assert.Equal(residents, seen.Where(e => e.Type == FeedTypes.HandoffInitiated).Select(e => e.Subject));
        Assert.Equal(residents, seen.Where(e => e.Type == FeedTypes.HandoffAccepted).Select(e => e.Subject));
    }

    [Fact]
    public async Task Stream_ShowsADepartmentItsOwnEventsOnly()
    {
        await using var other = await Listen(_door.Other, null);
        await using var officer = await Listen(_door.Officer, null);
        Assert.Equal("ready", (await other.Next()).EventType);
        Assert.Equal("ready", (await officer.Next()).EventType);
        await _door.Office.Records.AppendAsync([TownFacts.Control(1, "eeee"), TownFacts.Control(1, "gggg", department: "general")]);
        Assert.Equal("eeee", Subject(await officer.Next()));
        Assert.Equal("gggg", Subject(await other.Next()));
    }

    /// <summary>What lies in a proxy's log says nothing about anybody.</summary>
    [Fact]
    public async Task Events_AreThin()
    {
        await using var stream = await Listen(_door.Officer, null);
        await stream.Next();
        await _door.Office.Records.AppendAsync([TownFacts.Control(6, TownFacts.Resident), TownFacts.Heard(7, "電話は 090-1234-5678 です", attended: true)]);
        foreach (var type in (string[])[FeedTypes.HandoffInitiated, FeedTypes.MessageReceived])
        {
            var item = await stream.Next();
            Assert.Equal(type, item.EventType);
            Assert.Equal(["at", "department", "id", "subject", "type"], JsonDocument.Parse(item.Data).RootElement.EnumerateObject().Select(p => p.Name).Order());
            Assert.DoesNotContain("090", item.Data, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("99999999")]
    [InlineData("junk")]
    public async Task Stream_FromANumberThatIsNotThere_SaysResyncAndGoesOn(string last)
    {
        await using var stream = await Listen(_door.Officer, last);
        var resync = await stream.Next();
        Assert.Equal("resync", resync.EventType);
        await _door.Office.Records.AppendAsync([TownFacts.Control(1, "eeee")]);
        Assert.Equal("eeee", Subject(await stream.Next()));
    }

    [Fact]
    public async Task Poll_GivesWhatCameSinceAnd304WhenNothingDid()
    {
        var start = (await Json(await _door.Officer.GetAsync("/api/v1/events", OfficeDoor.Cancel))).GetProperty("last").GetString();
        var path = $"/api/v1/events?after={start}";
        var nothing = await _door.Officer.GetAsync(path, OfficeDoor.Cancel);
        Assert.Empty((await Json(nothing)).GetProperty("items").EnumerateArray());
        await _door.Office.Records.AppendAsync([TownFacts.Control(1, "gggg", department: "general")]);
        using (var again = new HttpRequestMessage(HttpMethod.Get, path))
        {
            again.Headers.IfNoneMatch.Add(nothing.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await _door.Officer.SendAsync(again, OfficeDoor.Cancel)).StatusCode); // another department's
        }

        await _door.Office.Records.AppendAsync([TownFacts.Control(1, "eeee")]);
        var some = await Json(await _door.Officer.GetAsync(path, OfficeDoor.Cancel));
        Assert.Equal("eeee", Assert.Single(some.GetProperty("items").EnumerateArray()).GetProperty("subject").GetString());
        Assert.False(some.GetProperty("resync").GetBoolean());
        Assert.True((await Json(await _door.Officer.GetAsync("/api/v1/events?after=99999999", OfficeDoor.Cancel))).GetProperty("resync").GetBoolean());
    }

    /// <summary>Looked up at every sign of life, which come every 15 s: well within the minute that is promised.</summary>
    [Fact]
    public async Task Stream_OfSomebodyShutOut_Ends()
    {
        Assert.True(EventPace.Usual.Heartbeat <= TimeSpan.FromSeconds(60));
        await using var office = new OfficeDoor { Pace = new(TimeSpan.FromMilliseconds(100)) };
        var key = ApiKey.Make();
        await office.Records.ChangeAsync(new StaffChange.Issue(new("k1", ApiKey.HashOf(key), "minatodai", "集計", key[^4..], "conversations:read", null, null, 1, "test", null, null, null, null)));
        await using var stream = await Listen(office.StaffClient(key), null);
        Assert.Equal("ready", (await stream.Next()).EventType);
        var sign = await stream.Next();
        Assert.Equal(("heartbeat", null), (sign.EventType, sign.EventId));

        await office.Records.ChangeAsync(new StaffChange.Revoke("minatodai", "k1", 2));

        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (true) await stream.Next();
        });
    }

    private static string? Subject(SseItem<string> item) => JsonDocument.Parse(item.Data).RootElement.GetProperty("subject").GetString();

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel)).RootElement;

    private static async Task<Stream> Listen(HttpClient client, string? lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, OfficeDoor.Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new(answer, await answer.Content.ReadAsStreamAsync(OfficeDoor.Cancel));
    }

    private sealed class Stream(HttpResponseMessage answer, System.IO.Stream body) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SseItem<string>> _items = SseParser.Create(body).EnumerateAsync(OfficeDoor.Cancel).GetAsyncEnumerator(OfficeDoor.Cancel);

        public async Task<SseItem<string>> Next() => await _items.MoveNextAsync() ? _items.Current : throw new EndOfStreamException();

        public async ValueTask DisposeAsync()
        {
            answer.Dispose();
            try
            {
                await _items.DisposeAsync();
            }
            catch (NotSupportedException)
            {
                // a read is still waiting; its stream is gone
            }
        }
    }
}
