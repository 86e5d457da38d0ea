using System.Text;
using System.Text.RegularExpressions;
using OrleansGov.Procedures;

namespace OrleansGov.Line.Tests.Webhooks;

public sealed partial class WebhookParserTests
{
    [Fact]
    public void Parse_OnSignedBodies_ReadsEveryEventOfEveryBody() => Assert.All(Samples.Bodies, item =>
    {
        var body = Read(Samples.Bytes(item.File));
        Assert.Equal(Samples.Destination, body.Destination);
        Assert.Equal(item.Events, body.Events.Select(e => e.Type));
        Assert.All(body.Events, e => Assert.Null(e.Unreadable));
    });

    [Fact]
    public void Parse_OnSdkBodies_ReadsEveryEvent()
    {
        var files = Samples.SdkFiles("sdk-java").Concat(Samples.SdkFiles("sdk-python")).ToList();
        Assert.Equal(33, files.Count);
        Assert.All(files, file => Assert.All(Read(File.ReadAllBytes(file)).Events, e => Assert.Null(e.Unreadable)));
    }

    [Fact]
    public void Parse_OnAllVectors_NeverThrows() =>
        Assert.All(Samples.AllVectors(), v => Assert.True(WebhookParser.Parse(v.Body) is { Body: null, Fault: not null } or { Body: not null, Fault: null }));

    [Theory]
    [InlineData("i am not jason", WebhookFault.NotJson)]
    [InlineData("", WebhookFault.NotJson)]
    [InlineData("{\"events\":[]", WebhookFault.NotJson)]
    [InlineData("[]", WebhookFault.NotAnObject)]
    [InlineData("null", WebhookFault.NotAnObject)]
    [InlineData("{}", WebhookFault.EventsNotAnArray)]
    [InlineData("{\"events\":{}}", WebhookFault.EventsNotAnArray)]
    public void Parse_WhenBodyIsNoWebhook_NamesTheFault(string body, WebhookFault fault) => Assert.Equal(fault, WebhookParser.Parse(Encoding.UTF8.GetBytes(body)).Fault);

    [Fact]
    public void Parse_WhenBytesAreInvalidUtf8AndNoEventWouldBeLost_IsNoJson() =>
        Assert.Equal(WebhookFault.NotJson, WebhookParser.Parse(Samples.OwnVectors().Single(v => v.Name == "own-invalid-utf8-bytes").Body).Fault);

    [Fact]
    public void Parse_WithByteOrderMark_ReadsOn() =>
        Assert.Empty(Read(Samples.OwnVectors().Single(v => v.Name == "own-body-with-bom").Body).Events);

    [Fact]
    public void Parse_WhenOneEventIsBroken_KeepsItsNeighbours()
    {
        var events = Read("""{"events":[{"type":"message","message":{"type":"text","id":"1","text":"A"}},7,{"type":3.5},{"type":null},{"type":"message","message":"x"},{"type":"postback","postback":{}},{"type":"unsend"},{"type":"message","message":{"type":"text","id":"2","text":"B"}}]}""").Events;
        Assert.Equal(["A", "B"], events.Select(e => e.Message).OfType<InboundMessage.Text>().Select(t => t.Body));
        Assert.Equal(6, events.Count(e => e.IsUnreadable));
    }

    [Fact]
    public void Parse_WhenTextIsDamaged_ReadsReplacementCharacters()
    {
        var body = Encoding.UTF8.GetBytes("""{"events":[{"type":"message","message":{"type":"text","id":"1","text":"a\uD83E\n\"b"}},{"type":"message","message":{"type":"text","id":"2","text":"x?y"}}]}""");
        body[Array.LastIndexOf(body, (byte)'?')] = 0xFF;
        Assert.Equal(["a\uFFFD\n\"b", "x\uFFFDy"], Read(body).Events.Select(e => ((InboundMessage.Text)e.Message!).Body));
    }

    [Fact]
    public void Parse_WhenAPropertyNameIsNoText_KeepsTheNeighbours()
    {
        var events = Read("""{"events":[{"type":"follow","\uD83Eabcdefghijklmnopqrstuvw":1,"\uD83E":2},{"type":"unfollow"}]}""").Events;
        Assert.Equal(new InboundMessage.Unfollowed(), events[1].Message);
        WebhookParser.Parse("""{"\uD83Edestination":1,"\uD83Eevents":[]}"""u8.ToArray());
    }

    [Fact]
    public void Parse_WhenMessageIdIsANumber_KeepsItsDigits() =>
        Assert.Equal(new InboundMessage.Text("x", "610830548529053697"), Message("""{"type":"text","id":610830548529053697,"text":"x"}"""));

    [Fact]
    public void Parse_WhenPropertiesAreDoubledOrOfWrongType_GoesOn()
    {
        var read = One("""{"message":{"text":"a","text":"b","type":"text","id":"1"},"timestamp":"soon","mode":7,"deliveryContext":[],"source":"x","replyToken":{},"webhookEventId":[],"type":"message"}""");
        Assert.Equal(new InboundMessage.Text("b", "1"), read.Message);
        Assert.Equal((EventSource.None, (string?)null, false), (read.Source, read.ReplyToken, read.IsRedelivery));
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffff")]
    public void Parse_WhenReplyTokenIsADummy_DropsIt(string token) =>
        Assert.Null(One($$"""{"type":"follow","replyToken":"{{token}}"}""").ReplyToken);

    [Fact]
    public void Parse_WhenStandby_HasNoReplyToken()
    {
        var read = One("""{"type":"follow","mode":"standby","replyToken":"abc"}""");
        Assert.True(read.IsStandby);
        Assert.Null(read.ReplyToken);
    }

    [Fact]
    public void Parse_WithoutEventId_DerivesAStableOne()
    {
        string First() => Read(Samples.Bytes("event-without-delivery-context.json")).Events[0].WebhookEventId;
        Assert.Matches(UlidShape(), First());
        Assert.Equal(First(), First());
        Assert.NotEqual(First(), One("""{"type":"follow"}""").WebhookEventId);
    }

    [Fact]
    public void Parse_MapsEachKind()
    {
        Assert.Equal(new InboundMessage.Photo("1", false), Message("""{"type":"image","id":"1","contentProvider":{"type":"external"}}"""));
        Assert.Equal(new InboundMessage.Photo("1"), Message("""{"type":"image","id":"1"}"""));
        Assert.Equal(new InboundMessage.Attachment("audio", "1"), Message("""{"type":"audio","id":"1","duration":"?"}"""));
        Assert.Equal(new InboundMessage.Attachment("file", "1", "../../x", 9), Message("""{"type":"file","id":"1","fileName":"../../x","fileSize":9}"""));
        Assert.Equal(new InboundMessage.Location(35.5, 139.25, null, "杉並区", "1"), Message("""{"type":"location","id":"1","address":"杉並区","latitude":35.5,"longitude":139.25}"""));
        Assert.Equal(new InboundMessage.Sticker("4", "2", "hi there", "1"), Message("""{"type":"sticker","id":"1","packageId":"4","stickerId":"2","keywords":["hi","there",3]}"""));
        Assert.Equal(new InboundMessage.Unknown("hologram", "1"), Message("""{"type":"hologram","id":"1"}"""));
        Assert.Equal(new InboundMessage.Unknown("text", "1"), Message("""{"type":"text","id":"1","text":5}"""));
        Assert.Equal(new InboundMessage.Tapped("dt", "2026-12-25T01:00"), Read(Samples.Bytes("postback-datetime.json")).Events[0].Message);
        Assert.Equal(new InboundMessage.Unsent("9"), One("""{"type":"unsend","unsend":{"messageId":"9"}}""").Message);
        Assert.Equal(new InboundMessage.Followed(true), One("""{"type":"follow","follow":{"isUnblocked":true}}""").Message);
        Assert.Equal(new InboundMessage.Unfollowed(), One("""{"type":"unfollow"}""").Message);
        Assert.Null(One("""{"type":"greatNewFeature"}""").Message);
    }

    [Fact]
    public void Parse_OfSeveralResidents_KeepsWhoSaidWhat()
    {
        var events = Read(Samples.Bytes("mixed-users-one-webhook.json")).Events;
        Assert.Equal([SourceKind.User, SourceKind.User, SourceKind.Group], events.Select(e => e.Source.Kind));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1767225600060), events[0].Timestamp);
        Assert.Equal(("01J0000000000000000000003C", "0000000000000000000000000000103c"), (events[0].WebhookEventId, events[0].ReplyToken));
        Assert.Equal("Cc3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3", events[2].Source.GroupId);
    }

    [Fact]
    public void Parse_OnDamagedBytes_NeverThrows()
    {
        var seed = Encoding.UTF8.GetBytes("""{"destination":"U","events":[{"type":"message","timestamp":1,"source":{"type":"user","userId":"U1"},"message":{"type":"text","id":"1","text":"\uD83E\uDD28 é"}}]}""");
        var random = new Random(20261201);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])seed.Clone();
            for (var k = random.Next(1, 6); k > 0; k--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            WebhookParser.Parse(bytes);
        }
    }

    [GeneratedRegex("^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
    private static partial Regex UlidShape();

    static InboundMessage? Message(string message) => One($$"""{"type":"message","message":{{message}}}""").Message;
    static WebhookEvent One(string json) => Assert.Single(Read($$"""{"events":[{{json}}]}""").Events);
    static WebhookBody Read(string json) => Read(Encoding.UTF8.GetBytes(json));
    static WebhookBody Read(byte[] body)
    {
        var reading = WebhookParser.Parse(body);
        Assert.Null(reading.Fault);
        return reading.Body!;
    }
}
