namespace OrleansGov.Browser.Tests;

/// <summary>Whatever a resident writes is words: nothing of it ever runs, opens or loads.</summary>
public sealed class HostileWordsTests(OpenOffice office)
{
    private static readonly string[] Corpus =
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg/onload=alert(1)>",
        "' onfocus='alert(1)' autofocus='",
        "</textarea></title></style><script>alert(1)</script>",
        "<iframe srcdoc=\"<script>parent.alert(1)</script>\"></iframe>",
        "<a href=\"javascript:alert(1)\">こちら</a> javascript:alert(1)",
        "<style>@import '//example.invalid/x.css';</style>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "{{constructor.constructor('alert(1)')()}}${alert(1)}<%= alert(1) %>",
        "%3Cscript%3Ealert(1)%3C/script%3E &lt;script&gt;alert(1)&lt;/script&gt;",
        "\u202Eしんぶん\u202C <base href=//example.invalid> <meta http-equiv=refresh content=0;url=//example.invalid>",
    ];

    [Fact]
    public async Task Words_AsTextsNamesAndAnswers_StayWords()
    {
        await using var visit = await office.VisitAsync();
        var phone = await Phone.OpenAsync(visit.Page, new Person(Pace.Machine), Corpus[1], Corpus[2]);
        await Expect(phone.Frame).ToContainTextAsync(Corpus[1]);
        await phone.SayAsync("粗大ごみ");
        await phone.SeesAsync("何を捨てますか");
        foreach (var words in Corpus)
        {
            var answers = await phone.Frame.Locator(".row.bot").CountAsync();
            var field = phone.Frame.GetByRole(AriaRole.Textbox);
            await field.FillAsync(words);
            await field.PressAsync("Enter");
            await Expect(phone.Frame.Locator(".row.mine", new() { HasText = words.Replace("\u202E", "").Replace("\u202C", "")[^12..] }).Last).ToBeVisibleAsync();
            await Expect(phone.Frame.Locator(".row.bot").Nth(answers)).ToBeVisibleAsync();
        }
        Assert.Equal(0, await phone.Frame.Locator(".thread :is(script, iframe, style, base, meta, math)").CountAsync());
        await phone.Frame.GetByRole(AriaRole.Button, new() { Name = "開発者" }).ClickAsync();

        await phone.SayAsync("ふとん 1枚");
        await phone.TapChipAsync("これで全部");
        await phone.SayAsync("山手一丁目");
        await phone.Day(0).ClickAsync();
        var form = new FormTab(await phone.OpenFormAsync(), new Person(Pace.Machine));
        await form.FillAsync(name: Corpus[2], kana: Corpus[3], phone: Corpus[0], block: Corpus[4]);
        await form.SendAsync();
        await Expect(form.Page.Locator(".error-summary")).ToBeFocusedAsync();
        await Expect(form.Field("お名前")).ToHaveValueAsync(Corpus[2]);
        await Expect(form.Field("電話番号")).ToHaveValueAsync(Corpus[0]);
        Assert.Equal(1, await form.Page.Locator("script").CountAsync());
        visit.AssertCalm();
    }
}
