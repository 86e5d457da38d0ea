using System.Text.Json;
using OrleansGov.Api.Tests.Conversations;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.Contents;

/// <summary>Pictures that staff send, and files that residents sent.</summary>
public sealed class ContentTests : IAsyncLifetime
{
    // one pixel, with a text chunk that says where it was taken
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private TalkDoor _door = null!;

    public async ValueTask InitializeAsync() => _door = await TalkDoor.OpenAsync();

    public ValueTask DisposeAsync() => _door.DisposeAsync();

    [Fact]
    public async Task F26_StaffImage_OpenedAfter3Days_Loads()
    {
        var clock = new Later();
        await using var office = new OfficeDoor { Clock = clock };
        await office.Records.AppendAsync([TownFacts.Heard(1, "こんにちは")]);
        var made = await Post(office.StaffClient(), Png, "image/png");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var phone = office.CreateClient(); // LINE: no key, no cookie

        clock.By = TimeSpan.FromDays(3);
        var seen = await phone.GetAsync(made.Headers.Location, OfficeDoor.Cancel);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (seen.StatusCode, seen.Content.Headers.ContentType!.MediaType));
        Assert.Equal(Png.Length, (await seen.Content.ReadAsByteArrayAsync(OfficeDoor.Cancel)).Length);
        Assert.Contains("nosniff", seen.Headers.GetValues("X-Content-Type-Options"));

        clock.By = TimeSpan.FromDays(63);
        await (await phone.GetAsync(made.Headers.Location, OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
    }

    [Fact]
    public async Task APicture_GoesOutWithTheMessageThatNamesIt()
    {
        _door.Resident.View = TownFacts.Talk(ControlState.Human, 17, "key:環境課の窓口");
        var id = JsonDocument.Parse(await (await Post(_door.Officer, Png, "image/png")).Content.ReadAsStringAsync(OfficeDoor.Cancel)).RootElement.GetProperty("contentId").GetString()!;
        await _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Post, "/messages", $$"""{"text":"","contentIds":["{{id}}"]}""", key: "k"), OfficeDoor.Cancel);
        Assert.Equal([id], _door.Resident.Said.Single().ContentIds);
        // a resident's own file never gets a public address
        await (await _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Post, "/messages", """{"text":"","contentIds":["m-123"]}""", key: "k2"), OfficeDoor.Cancel)).IsProblem(400, "request/validation");
    }

    [Fact]
    public async Task WhatIsNoPicture_IsRefusedWhateverItIsCalled()
    {
        foreach (var bytes in (byte[][])["<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), "<html></html>"u8.ToArray(), [], "%PDF-1.7"u8.ToArray()])
            await (await Post(_door.Officer, bytes, "image/jpeg")).IsProblem(415, "media/unsupported-type");
        await (await Post(_door.Other, Png, "image/png")).IsProblem(404, "resource/not-found");
        await (await Post(_door.Reader, Png, "image/png")).IsProblem(403, "auth/forbidden");
    }

    [Fact]
    public async Task AResidentsFile_IsAnAttachmentForWhoeverSeesTheTalk()
    {
        var contents = (OrleansGov.Gateways.ContentStore)_door.Office.Services.GetService(typeof(OrleansGov.Gateways.ContentStore))!;
        await contents.PutAsync("minatodai", "m-9", new MemoryStream(Png), OfficeDoor.Cancel);
        await _door.Office.Records.AppendAsync([new($"r:{OfficeDoor.Channel}/{TownFacts.Resident}", 6, TownFacts.Noon, new FactBody.Heard("minatodai", OfficeDoor.Channel, "photo", null, "line-9") { ContentId = "m-9" })]);

        var file = await _door.Reader.GetAsync($"{TalkDoor.Path}/messages/6/contents/m-9", OfficeDoor.Cancel);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", string.Join(' ', file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        await using (var read = _door.Office.Records.Read()) Assert.Contains(read.Audit, a => a.Action == "conversation-media-read" && a.Kind == "read");

        await (await _door.Other.GetAsync($"{TalkDoor.Path}/messages/6/contents/m-9", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await _door.Reader.GetAsync($"{TalkDoor.Path}/messages/5/contents/m-9", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await _door.Office.CreateClient().GetAsync("/content/minatodai/m-9", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await _door.Office.Records.AppendAsync([new($"r:{OfficeDoor.Channel}/{TownFacts.Resident}", 7, TownFacts.Noon, new FactBody.Unsent("line-9"))]);
        await (await _door.Reader.GetAsync($"{TalkDoor.Path}/messages/6/contents/m-9", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(type);
        return client.PostAsync($"{TalkDoor.Path}/contents", content, OfficeDoor.Cancel);
    }

    /// <summary>The hour is another one, and everything runs on.</summary>
    private sealed class Later : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}
