using System.Text.Json;
using OrleansGov.Procedures;

namespace OrleansGov.Line.Tests.Messages;

public sealed class MessageRendererTests
{
    static readonly RenderContext Town = new(new Uri("https://gov.example.jp")) { StandingQuick = [Choice.Say("やめる"), Choice.Say("戻る")] };

    [Fact]
    public void Render_OfQuickQuestion_PutsChoicesThenStandingWordsUnderTheLastMessage()
    {
        var messages = Render(new Say.Question("どの品目ですか？", [Choice.Tap("ふとん", "a|r|item|futon")]), new Say.Words("写真でもかまいません。"));
        Assert.Equal(2, messages.GetArrayLength());
        Assert.False(messages[0].TryGetProperty("quickReply", out _));
        Assert.Equal(["ふとん", "やめる", "戻る"], Labels(messages[1]));
    }

    [Fact]
    public void Render_OfTwoShortChoices_Confirms()
    {
        var template = Render(new Say.Question("この住所でよろしいですか？", [Choice.Tap("はい", "y"), Choice.Tap("いいえ", "n")], ChoiceLook.Confirm))[0].GetProperty("template");
        Assert.Equal("confirm", template.GetProperty("type").GetString());
        Assert.Equal("y", template.GetProperty("actions")[0].GetProperty("data").GetString());
    }

    [Fact]
    public void Render_WhenALabelIsLong_ShortensTheButtonAndSaysItInFull()
    {
        var label = new string('長', 21);
        var message = Render(new Say.Question("どれですか？", [Choice.Tap(label, "d")], ChoiceLook.Buttons))[0];
        Assert.Equal($"どれですか？\n・{label}", message.GetProperty("text").GetString());
        Assert.Equal(new string('長', 19) + "…", Labels(message)[0]);
    }

    [Fact]
    public void Render_Of30Choices_ListsThoseWithoutRoom()
    {
        var messages = Render(new Say.Question("どれですか？", [.. Enumerable.Range(0, 30).Select(i => Choice.Tap($"品目{i}", $"d{i}"))]));
        Assert.Equal(13, Labels(messages[1]).Count);
        Assert.Equal("carousel", messages[1].GetProperty("contents").GetProperty("type").GetString());
    }

    [Fact]
    public void Render_OfReviewCard_IsABubbleWithRowsTotalAndFilledButton()
    {
        var card = new Say.Card("申込内容の確認", [new("収集日", "12月3日（水）", Choice.Tap("修正", "e|r|date|")), new("住所", new string('あ', 300))],
            [Choice.Tap("申し込む", "s|r||") with { Primary = true }, Choice.Say("やめる")])
        { Badge = "確認", Tone = CardTone.Review, Total = new("手数料", "2,400円"), Note = "収集当日の朝8時までに出してください。" };
        var message = Render(card)[0];
        var footer = message.GetProperty("contents").GetProperty("footer").GetProperty("contents");
        Assert.Equal(["primary", "secondary"], footer.EnumerateArray().Select(b => b.GetProperty("style").GetString()!));
        Assert.StartsWith("確認\n申込内容の確認\n収集日: 12月3日（水）", message.GetProperty("altText").GetString(), StringComparison.Ordinal);
        Assert.Contains("2,400円", message.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_OfACardTooBigForLine_SaysEveryWordInTexts()
    {
        var story = string.Concat(Enumerable.Range(0, 2_400).Select(i => $"第{i}文。"));
        var messages = Render(new Say.Card("長い話", [new("内容", story, Choice.Tap("修正", "e|r|story|"))], [Choice.Tap("申し込む", "s|r||")]));
        Assert.Contains(story, string.Concat(messages.EnumerateArray().Select(m => m.GetProperty("text").GetString())), StringComparison.Ordinal);
        Assert.Equal(["修正：内容", "申し込む", "やめる", "戻る"], Labels(messages[messages.GetArrayLength() - 1]));
    }

    [Fact]
    public void Render_OfEightSentences_JoinsThemIntoFiveMessages() =>
        Assert.Equal(5, Render([.. Enumerable.Range(0, 8).Select(i => new Say.Words($"文{i}"))]).GetArrayLength());

    [Fact]
    public void Render_OfMoreThanFiveFullMessages_LeavesTheRestForAPush()
    {
        var rendered = MessageRenderer.Render([new Say.Words(new string('あ', 30_000))], Town);
        Assert.Equal(5, rendered.Messages.Count);
        Assert.Single(rendered.Rest!.Messages);
    }

    [Fact]
    public void Render_OfLinks_MakesThemAbsoluteAndAllowsHttp()
    {
        var plain = new RenderContext(new Uri("http://localhost:8080"));
        var json = MessageRenderer.Render([new Say.Question("入力ページ", [new("開く", new ChoiceAction.OpenLink("/form/あ"))], ChoiceLook.Buttons)], plain).Json;
        Assert.Contains("http://localhost:8080/form/%E3%81%82", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_OfPictures_NeedsHttps()
    {
        Assert.Equal("https://gov.example.jp/a.png", Render(new Say.Picture("/a.png", "地図"))[0].GetProperty("originalContentUrl").GetString());
        Assert.Empty(MessageRenderer.Render([new Say.Picture("/a.png", "地図")], new(new Uri("http://localhost"))).Messages);
        Assert.Empty(MessageRenderer.Render([], Town).Messages);
    }

    static JsonElement Render(params Say[] says)
    {
        var json = JsonDocument.Parse(MessageRenderer.Render(says, Town).Json).RootElement;
        Assert.Empty(MessageRules.Check(json, SendKind.Reply));
        return json;
    }

    static List<string> Labels(JsonElement message) =>
        [.. message.GetProperty("quickReply").GetProperty("items").EnumerateArray().Select(i => i.GetProperty("action").GetProperty("label").GetString()!)];
}
