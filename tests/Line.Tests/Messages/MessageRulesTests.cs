using System.Text.Json;

namespace OrleansGov.Line.Tests.Messages;

/// <summary>Each limit of LINE's message objects at its edge and one past it. <c>{a:n}</c> stands for n letters, <c>{f:n}</c> for n family emoji (11 UTF-16 units, one grapheme).</summary>
public sealed partial class MessageRulesTests
{
    const string Uri = """{"type":"uri","label":"x","uri":"https://example.com"}""";
    const string Say = """{"type":"message","label":"x","text":"x"}""";

    [Theory]
    [InlineData("""{"type":"text","text":"{a:5000}"}""")]
    [InlineData("""{"type":"text","text":"a$","emojis":[{"index":1,"productId":"p","emojiId":"1"}],"quoteToken":"q"}""")]
    [InlineData("""{"type":"textV2","text":"{k} {{x}}","substitution":{"k":{"type":"mention","mentionee":{"type":"all"}}}}""")]
    [InlineData("""{"type":"sticker","packageId":"1","stickerId":"2"}""")]
    [InlineData("""{"type":"image","originalContentUrl":"https://a.example/a.png","previewImageUrl":"https://a.example/a.png"}""")]
    [InlineData("""{"type":"video","originalContentUrl":"https://a.example/a","previewImageUrl":"https://a.example/b","trackingId":"a-.=,+*()%$&;:@{}!?<>[]"}""")]
    [InlineData("""{"type":"audio","originalContentUrl":"https://a.example/a","duration":1.5}""")]
    [InlineData("""{"type":"location","title":"{a:100}","address":"{a:100}","latitude":35,"longitude":-1.5}""")]
    [InlineData("""{"type":"coupon","couponId":"c","deliveryTag":"a_1"}""")]
    [InlineData("""{"type":"imagemap","baseUrl":"https://a.example/a","altText":"x","baseSize":{"width":1040,"height":1},"actions":[{"type":"message","text":"{a:400}","area":{"x":0,"y":0,"width":1,"height":1}}]}""")]
    [InlineData("""{"type":"template","altText":"{a:1500}","template":{"type":"buttons","text":"{f:160}","actions":[SAY,SAY,SAY,SAY]}}""")]
    [InlineData("""{"type":"template","altText":"x","template":{"type":"confirm","text":"{f:240}","actions":[SAY,URI]}}""")]
    [InlineData("""{"type":"template","altText":"x","template":{"type":"carousel","columns":[{"text":"{f:120}","actions":[SAY]},{"text":"x","actions":[URI]}]}}""")]
    [InlineData("""{"type":"template","altText":"x","template":{"type":"image_carousel","columns":[{"imageUrl":"https://a.example/a","action":{"type":"message","label":"{f:12}","text":"x"}}]}}""")]
    [InlineData("""{"type":"text","text":"x","quickReply":{"items":[{"type":"action","action":{"type":"camera","label":"{f:20}"}},{"type":"action","action":{"type":"location","label":"x"}},{"type":"action","action":{"type":"cameraRoll","label":"x"}}]}}""")]
    [InlineData("""{"type":"text","text":"x","sender":{"name":"市役所"}}""")]
    [InlineData("""{"type":"flex","altText":"x","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"button","action":{"type":"message","label":"{f:40}","text":"{f:300}"}}]}}}""")]
    [InlineData("""{"type":"text","text":"x","quickReply":{"items":[{"type":"action","action":{"type":"datetimepicker","label":"x","data":"d","mode":"datetime","initial":"2026-12-01t09:00","min":"1900-01-01T00:00","max":"2100-12-31T23:59"}}]}}""")]
    [InlineData("""{"type":"text","text":"x","quickReply":{"items":[{"type":"action","action":{"type":"postback","label":"x","data":"{a:300}","displayText":"{f:300}","inputOption":"openKeyboard","fillInText":"{f:300}"}}]}}""")]
    public void Check_AtTheEdge_Accepts(string message) => Assert.Empty(Check(message));

    [Theory]
    [InlineData("""{"text":"x"}""", "messages[0].type")]
    [InlineData("""{"type":"foo"}""", "messages[0].type")]
    [InlineData("""7""", "messages[0]")]
    [InlineData("""{"type":"text"}""", "messages[0].text")]
    [InlineData("""{"type":"text","text":""}""", "messages[0].text")]
    [InlineData("""{"type":"text","text":7}""", "messages[0].text")]
    [InlineData("""{"type":"text","text":"\uD83E"}""", "messages[0].text")]
    [InlineData("""{"type":"text","text":"{a:5001}"}""", "messages[0].text")]
    [InlineData("""{"type":"text","text":"{f:455}"}""", "messages[0].text")] // 5,005 units, 455 graphemes
    [InlineData("""{"type":"text","text":"a$","emojis":[{"index":0,"productId":"p","emojiId":"1"}]}""", "messages[0].emojis[0].index")]
    [InlineData("""{"type":"textV2","text":"{k}"}""", "messages[0].substitution.k")]
    [InlineData("""{"type":"textV2","text":"a}"}""", "messages[0].text")]
    [InlineData("""{"type":"textV2","text":"{a b}"}""", "messages[0].text")]
    [InlineData("""{"type":"image","originalContentUrl":"http://a.example/a","previewImageUrl":"https://a.example/あ"}""", "messages[0].originalContentUrl", "messages[0].previewImageUrl")]
    [InlineData("""{"type":"video","originalContentUrl":"https://a.example/a","previewImageUrl":"https://a.example/b","trackingId":"a b"}""", "messages[0].trackingId")]
    [InlineData("""{"type":"audio","originalContentUrl":"https://a.example/a","duration":"1"}""", "messages[0].duration")]
    [InlineData("""{"type":"location","title":"{a:101}","address":"{f:10}","latitude":35}""", "messages[0].title", "messages[0].address", "messages[0].longitude")]
    [InlineData("""{"type":"coupon","couponId":"c","deliveryTag":"a-1"}""", "messages[0].deliveryTag")]
    [InlineData("""{"type":"imagemap","baseUrl":"https://a.example/a","altText":"x","baseSize":{"width":1000,"height":1},"actions":[{"type":"uri","linkUri":"ftp://x","area":{"x":-1,"y":0,"width":1,"height":1}}]}""", "messages[0].baseSize.width", "messages[0].actions[0].linkUri", "messages[0].actions[0].area.x")]
    [InlineData("""{"type":"template","altText":"{a:1501}","template":{"type":"buttons","text":"{f:161}","actions":[SAY,SAY,SAY,SAY,SAY]}}""", "messages[0].altText", "messages[0].template.text", "messages[0].template.actions")]
    [InlineData("""{"type":"template","altText":"x","template":{"type":"buttons","title":"{f:41}","text":"{a:61}","actions":[{"type":"message","label":"{f:21}","text":"{f:301}"}]}}""", "messages[0].template.title", "messages[0].template.text", "messages[0].template.actions[0].label", "messages[0].template.actions[0].text")]
    [InlineData("""{"type":"template","altText":"x","template":{"type":"buttons","text":"x","actions":[{"type":"camera","label":"x"}]}}""", "messages[0].template.actions[0].type")]
    [InlineData("""{"type":"template","altText":"x","template":{"type":"confirm","text":"{f:241}","actions":[SAY]}}""", "messages[0].template.text", "messages[0].template.actions")]
    [InlineData("""{"type":"template","altText":"x","template":{"type":"carousel","columns":[{"text":"x","title":"t","actions":[SAY]},{"text":"{a:121}","actions":[URI,URI]}]}}""", "messages[0].template.columns[1].text", "messages[0].template.columns[1].actions", "messages[0].template.columns[1].title")]
    [InlineData("""{"type":"template","altText":"x","template":{"type":"image_carousel","columns":[{"imageUrl":"https://a.example/a","action":{"type":"message","label":"{a:13}","text":"x"}}]}}""", "messages[0].template.columns[0].action.label")]
    [InlineData("""{"type":"text","text":"x","quickReply":{"items":[]}}""", "messages[0].quickReply.items")]
    [InlineData("""{"type":"text","text":"x","quickReply":{"items":[{"type":"action","action":{"type":"richmenuswitch","label":"x","richMenuAliasId":"a","data":"d"}}]}}""", "messages[0].quickReply.items[0].action.type")]
    [InlineData("""{"type":"text","text":"x","quickReply":{"items":[{"type":"action","action":{"type":"postback","label":"x","data":"{a:301}","displayText":"x","text":"x","fillInText":"x"}}]}}""", "messages[0].quickReply.items[0].action.data", "messages[0].quickReply.items[0].action.text", "messages[0].quickReply.items[0].action.fillInText")]
    [InlineData("""{"type":"text","text":"x","quickReply":{"items":[{"type":"action","action":{"type":"datetimepicker","label":"x","data":"d","mode":"date","initial":"2026-02-30","min":"2026-01-02","max":"2026-01-01"}}]}}""", "messages[0].quickReply.items[0].action.initial", "messages[0].quickReply.items[0].action.max")]
    [InlineData("""{"type":"text","text":"x","sender":{"name":"MyLine"}}""", "messages[0].sender.name")]
    [InlineData("""{"type":"flex","altText":"","contents":{"type":"bubble"}}""", "messages[0].altText", "messages[0].contents")]
    [InlineData("""{"type":"flex","altText":"x","contents":{"type":"bubble","body":{"type":"box","layout":"baseline","contents":[{"type":"image","url":"https://a.example/a"}]}}}""", "messages[0].contents.body.contents[0].type")]
    [InlineData("""{"type":"flex","altText":"x","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","margin":"3","contents":[{"type":"text","text":"","color":"red"},{"type":"button","action":{"type":"message","text":"x"}}]}}}""", "messages[0].contents.body.margin", "messages[0].contents.body.contents[0].color", "messages[0].contents.body.contents[0].text", "messages[0].contents.body.contents[1].action.label")]
    [InlineData("""{"type":"flex","altText":"x","contents":{"type":"carousel","contents":[{"type":"bubble","size":"kilo","body":BOX},{"type":"bubble","body":BOX}]}}""", "messages[0].contents.contents[1].size")]
    [InlineData("""{"type":"flex","altText":"x","contents":{"type":"bubble","size":"nano","hero":{"type":"video","url":"https://a.example/a","previewUrl":"https://a.example/a","altContent":BOX,"action":SAY}}}""", "messages[0].contents.hero.action.type", "messages[0].contents.hero")]
    [InlineData("""{"type":"flex","altText":"x","contents":{"type":"bubble","hero":{"type":"image","url":"https://a.example/a","aspectRatio":"1:4","size":"huge\n"}}}""", "messages[0].contents.hero.size", "messages[0].contents.hero.aspectRatio")]
    [InlineData("""{"type":"flex","altText":"x","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[],"background":{"type":"linearGradient","angle":"360deg","startColor":"#12345","endColor":"#123456"}}}}""", "messages[0].contents.body.background.angle", "messages[0].contents.body.background.startColor")]
    [InlineData("""{"type":"flex","altText":"x","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"{a:31000}"}]}}}""", "messages[0].contents")]
    public void Check_PastTheEdge_NamesEveryFault(string message, params string[] properties) =>
        Assert.Equal(properties, Check(message).Select(f => f.Property));

    [Fact]
    public void Check_OfTheArrayItself_CountsMessages()
    {
        Assert.Equal("messages", Assert.Single(Faults("[]")).Property);
        Assert.Equal("messages", Assert.Single(Faults("[" + string.Join(',', Enumerable.Repeat("""{"type":"text","text":"x"}""", 6)) + "]")).Property);
        Assert.Equal("messages", Assert.Single(Faults("{}")).Property);
    }

    [Fact]
    public void Check_WhenPropertyIsUnknown_SaysSoApart()
    {
        var fault = Assert.Single(Check("""{"type":"text","text":"x","txet":1}"""));
        Assert.Equal(("messages[0].txet", true), (fault.Property, fault.IsUnknownProperty));
    }

    [Fact]
    public void Check_OfQuoteTokensAndMentions_DependsOnTheSend()
    {
        const string quoting = """[{"type":"text","text":"x","quoteToken":"q"}]""";
        const string mentioning = """[{"type":"textV2","text":"{k}","substitution":{"k":{"type":"mention","mentionee":{"type":"user","userId":"U1"}}}}]""";
        Assert.Empty(Faults(quoting, SendKind.Push));
        Assert.NotEmpty(Faults(quoting, SendKind.Multicast));
        Assert.Empty(Faults(mentioning, SendKind.Reply, toGroup: true));
        Assert.NotEmpty(Faults(mentioning, SendKind.Reply, toGroup: false));
        Assert.NotEmpty(Faults(mentioning, SendKind.Broadcast));
    }

    [Fact]
    public void CheckFlex_OnLinesOwnSamples_AcceptsAll13()
    {
        var files = Samples.SdkFiles("sdk-java-flex").ToList();
        Assert.Equal(13, files.Count);
        Assert.All(files, file =>
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            Assert.Empty(MessageRules.CheckFlex(json.RootElement));
        });
    }

    [Theory]
    [InlineData("""{"size":{"width":2500,"height":1686},"selected":true,"name":"{f:300}","chatBarText":"{f:14}","areas":[{"bounds":{"x":0,"y":0,"width":1,"height":1},"action":{"type":"richmenuswitch","richMenuAliasId":"a","data":"d"}}]}""")]
    [InlineData("""{"size":{"width":2501,"height":249},"selected":1,"name":"{a:301}","chatBarText":"{f:15}","areas":[{"bounds":{"x":-1,"y":0,"width":1,"height":1},"action":{"type":"camera","label":"x"}}]}""", "size.width", "size.height", "selected", "name", "chatBarText", "areas[0].bounds.x", "areas[0].action.type")]
    [InlineData("""{"size":{"width":800,"height":600},"selected":false,"name":"x","chatBarText":"x","areas":[]}""", "size")]
    public void CheckRichMenu_NamesEveryFault(string menu, params string[] properties)
    {
        using var json = JsonDocument.Parse(Fill(menu));
        Assert.Equal(properties, MessageRules.CheckRichMenu(json.RootElement).Select(f => f.Property));
    }

    static ImmutableList<MessageFault> Check(string message) => Faults($"[{message}]");

    static ImmutableList<MessageFault> Faults(string messages, SendKind kind = SendKind.Reply, bool? toGroup = null)
    {
        using var json = JsonDocument.Parse(Fill(messages));
        return MessageRules.Check(json.RootElement, kind, toGroup);
    }

    static string Fill(string json) => Count().Replace(
        json.Replace("SAY", Say, StringComparison.Ordinal).Replace("URI", Uri, StringComparison.Ordinal).Replace("BOX", """{"type":"box","layout":"vertical","contents":[]}""", StringComparison.Ordinal),
        m => string.Concat(Enumerable.Repeat(m.Groups[1].Value == "a" ? "a" : "👨‍👩‍👧‍👦", int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture))));

    [System.Text.RegularExpressions.GeneratedRegex(@"\{([af]):(\d+)\}")]
    private static partial System.Text.RegularExpressions.Regex Count();
}
