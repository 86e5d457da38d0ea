using System.Text.RegularExpressions;

namespace OrleansGov.Browser.Tests;

/// <summary>A resident's phone and officers' desks at the same time: who waits is seen, who takes first has the talk, and the bot goes on where it stopped.</summary>
public sealed partial class TakeoverTests(OpenOffice office)
{
    private const string Officer = "minatodai-environment-officer-1", Colleague = "minatodai-environment-officer-2", Lead = "minatodai-environment-lead";

    [GeneratedRegex(@"受付番号は (\S+) です")]
    private static partial Regex Number();

    [Fact]
    public async Task Resident_TalksWithAPersonInTheMiddle_AndGoesOnAtTheSameQuestion()
    {
        await using var desk = await office.VisitAsync();
        await desk.SignInAsync(Officer, "/console/queue");
        await using var street = await office.VisitAsync();
        var (phone, number) = await WaitsAsync(street, "港 花子");

        // nobody touched the officer's window: who waits appears in it
        var waiting = Waiting(desk, number);
        await Expect(waiting).ToContainTextAsync("職員待ち");
        await Expect(desk.Page).ToHaveTitleAsync(new Regex(@"^\(\d+\) 受付一覧"));
        await LookAsync(desk, "queue");
        await waiting.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(desk.Page.Locator(".talk-side")).ToContainTextAsync("ここで止まっています");
        await Expect(desk.Page.Locator(".talk-side")).ToContainTextAsync("何を捨てますか");
        await LookAsync(desk, "talk-waiting");

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "引き受ける" }).ClickAsync();
        await phone.SeesAsync("環境課の職員が対応します。");
        await ReplyAsync(desk, "環境課です。どうされましたか？");
        await phone.SeesAsync("どうされましたか？");
        await Expect(desk.Page.Locator(".line.staff").Last).ToContainTextAsync("LINEへ送信済み");
        await phone.SayAsync("ソファは2点でも1回で頼めますか？");
        await Expect(desk.Page.Locator(".line.resident").Last).ToContainTextAsync("2点でも");

        // colleagues read a note, the resident never does
        await desk.Page.Locator("summary", new() { HasText = "内部メモ" }).ClickAsync();
        await desk.Page.GetByLabel("内部メモ").FillAsync("2点の回収は同じ日でよい。");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "メモを残す" }).ClickAsync();
        await Expect(desk.Page.Locator(".line.note")).ToContainTextAsync("同じ日でよい");
        await ReplyAsync(desk, "はい、同じ日に回収できます。ボットに戻しますので、数を「2点」にして続けてください。");
        await phone.SeesAsync("同じ日に回収できます");
        await Expect(desk.Page.Locator(".line.staff").Last).ToContainTextAsync("LINEへ送信済み");
        await Expect(phone.Frame).Not.ToContainTextAsync("同じ日でよい");
        await LookAsync(desk, "talk");

        await desk.Page.Locator("summary", new() { HasText = "ボットに戻す" }).ClickAsync();
        await LookAsync(desk, "talk-return", onlyWide: true);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "ボットに戻す" }).ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("ボットに戻しました。");
        await phone.SeesAsync("職員の対応が終わりました。");
        await phone.TapAsync("続きから");
        await Expect(phone.Said("いくつですか")).ToBeVisibleAsync();
        await Expect(phone.Chip("2点")).ToBeVisibleAsync();
        await Expect(desk.Page.Locator(".talk-head .state")).ToContainTextAsync("ボット");
        await LookAsync(desk, "talk-returned");
        desk.AssertCalm();
        street.AssertCalm();
    }

    [Fact]
    public async Task TwoOfficers_ReachForOneResident_OneHasIt_TheOtherIsToldWho()
    {
        await using var first = await office.VisitAsync();
        await using var second = await office.VisitAsync();
        await using var street = await office.VisitAsync();
        var (_, number) = await WaitsAsync(street, "浜田 みさき");
        await first.SignInAsync(Officer, "/console/queue");
        await second.SignInAsync(Colleague, "/console/queue");
        await Task.WhenAll(new[] { first, second }.Select(v => Waiting(v, number).GetByRole(AriaRole.Button).ClickAsync()));
        foreach (var visit in new[] { first, second }) await Expect(visit.Page.Locator(".talk-head")).ToContainTextAsync(number);

        var said = await Task.WhenAll(new[] { first, second }.Select(v => v.Page.Locator(".flash, .notice[role=alert]").First.InnerTextAsync()));
        Assert.Single(said, s => s.Contains("引き受けました。", StringComparison.Ordinal) && !s.Contains("先に", StringComparison.Ordinal));
        Assert.Single(said, s => s.Contains("さんが先に引き受けました。", StringComparison.Ordinal));
        var (winner, loser) = said[0].Contains("先に", StringComparison.Ordinal) ? (second, first) : (first, second);
        await Expect(loser.Page.Locator("#Text")).ToHaveCountAsync(0);
        await LookAsync(loser, "talk-other");

        // Japanese input: the Enter that ends a conversion sends nothing
        var text = winner.Page.Locator("#Text");
        await text.FillAsync("へんかんちゅう");
        await text.EvaluateAsync("e => { for (const init of [{ isComposing: true }, { keyCode: 229 }]) e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, ...init })) }");
        await text.PressAsync("Enter");
        await Expect(winner.Page.Locator(".line.staff")).ToHaveCountAsync(0);

        // a lead moves the talk while its owner writes: nothing is sent, and the words are still there
        await text.FillAsync("書きかけの返信です。");
        await using var lead = await office.VisitAsync();
        await lead.SignInAsync(Lead, new Uri(winner.Page.Url).AbsolutePath);
        await lead.Page.Locator("summary", new() { HasText = "担当を替える" }).ClickAsync();
        await lead.Page.GetByLabel("新しい担当者").SelectOptionAsync(new SelectOptionValue { Value = $"dev-{Lead}" });
        await lead.Page.GetByLabel("理由").FillAsync("急ぎのため");
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "担当を替える" }).ClickAsync();
        await Expect(lead.Page.Locator(".talk-head .state")).ToContainTextAsync("担当：あなた");
        await Expect(winner.Page.Locator(".desk")).ToContainTextAsync("書きかけの返信です。");
        await Expect(winner.Page.Locator("#Text")).ToHaveCountAsync(0);

        await lead.Page.Locator("summary", new() { HasText = "終了" }).ClickAsync();
        await lead.Page.GetByLabel("結果").SelectOptionAsync("answered");
        await lead.Page.GetByLabel("分類").FillAsync("粗大ごみ、数量");
        await LookAsync(lead, "talk-close", onlyWide: true);
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "対応を終了する" }).ClickAsync();
        await Expect(lead.Page.Locator(".talk-head .state")).ToContainTextAsync("終了");
        foreach (var visit in new[] { first, second, lead }) visit.AssertCalm();
    }

    [Fact]
    public async Task Officer_WithoutScript_TakesAnswersAndGivesBack()
    {
        await using var street = await office.VisitAsync();
        var (phone, number) = await WaitsAsync(street, "山手 ひろし");
        await using var desk = await office.VisitWithoutScriptAsync();
        await desk.SignInAsync(Officer, "/console/queue");
        await Waiting(desk, number).GetByRole(AriaRole.Button).ClickAsync();
        await desk.Page.Locator("#Text").FillAsync("お待たせしました。");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "送信", Exact = true }).ClickAsync();
        await phone.SeesAsync("お待たせしました。");
        await desk.Page.Locator("summary", new() { HasText = "ボットに戻す" }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "ボットに戻す" }).ClickAsync();
        await phone.SeesAsync("職員の対応が終わりました。");
    }

    /// <summary>A new resident in the middle of 粗大ごみ who has asked for a person.</summary>
    private static async Task<(Phone Phone, string Number)> WaitsAsync(Visit street, string name)
    {
        var phone = await Phone.OpenAsync(street.Page, new Person(Pace.Machine), name);
        await phone.SayAsync("粗大ごみ");
        await phone.SeesAsync("何を捨てますか");
        await phone.SayAsync("ソファ（2人掛け）");
        await phone.SeesAsync("いくつですか");
        await phone.SayAsync("職員と話す");
        await phone.SeesAsync("職員におつなぎします");
        return (phone, Number().Match(await phone.Said("職員におつなぎします").InnerTextAsync()).Groups[1].Value);
    }

    private static ILocator Waiting(Visit desk, string number) => desk.Page.Locator(".talk", new() { HasText = number });

    private static async Task ReplyAsync(Visit desk, string words)
    {
        await desk.Page.Locator("#Text").FillAsync(words);
        await desk.Page.Locator("#Text").PressAsync("Control+Enter");
        await Expect(desk.Page.Locator(".line.staff", new() { HasText = words })).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("#Text")).ToHaveValueAsync("");
    }

    // At a desk and on a phone.
    private static async Task LookAsync(Visit desk, string picture, bool onlyWide = false)
    {
        foreach (var (width, height) in onlyWide ? [(1280, 720)] : new[] { (1280, 720), (390, 844) })
        {
            await desk.Page.SetViewportSizeAsync(width, height);
            await Visit.AssertAccessibleAsync(desk.Page);
            await Visit.AssertFitsAsync(desk.Page);
            await Visit.PictureAsync(desk.Page, $"console-{picture}-{width}");
        }

        await desk.Page.SetViewportSizeAsync(1280, 720);
    }
}
