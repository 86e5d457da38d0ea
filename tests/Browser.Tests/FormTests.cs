using System.Text.RegularExpressions;

namespace OrleansGov.Browser.Tests;

/// <summary>The one-time form as a resident on a phone meets it.</summary>
public sealed class FormTests(OpenOffice office)
{
    [Fact]
    public async Task Form_WithMistakes_KeepsWhatWasTypedAndLeadsToEachError()
    {
        await using var visit = await office.VisitAsync(390, 844);
        var person = new Person(Pace.Machine);
        var form = await FormOfAsync(visit, person);
        await Visit.AssertAccessibleAsync(form.Page);
        await Visit.PictureAsync(form.Page, "form", whole: true);

        await form.FillAsync(name: "", phone: "12345");
        await form.SendAsync();
        var summary = form.Page.Locator(".error-summary");
        await Expect(summary).ToBeFocusedAsync();
        await Expect(form.Page).ToHaveTitleAsync(new Regex("^エラー"));
        await Expect(form.Field("電話番号")).ToHaveValueAsync("12345");
        await Expect(form.Field("フリガナ")).ToHaveValueAsync("みなと はなこ");
        await Expect(form.Field("番地・建物名")).ToHaveValueAsync("5番12号");
        foreach (var label in new[] { "お名前", "電話番号" })
        {
            await Expect(form.Field(label)).ToHaveAttributeAsync("aria-invalid", "true");
            var beside = await form.Page.Locator(".field", new() { HasText = label }).Locator(".error").InnerTextAsync();
            await Expect(summary).ToContainTextAsync(beside);
        }
        await Visit.AssertAccessibleAsync(form.Page);
        await Visit.PictureAsync(form.Page, "form-errors", whole: true);

        await summary.GetByRole(AriaRole.Link, new() { NameRegex = new("^お名前") }).ClickAsync();
        await Expect(form.Field("お名前")).ToBeFocusedAsync();
        await form.Field("お名前").FillAsync("港 花子");
        await form.Field("電話番号").FillAsync("０９０ー００００ー００００");
        await form.SendAsync();
        await Expect(form.Page.GetByRole(AriaRole.Heading, new() { Name = "送信しました" })).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(form.Page);
        visit.AssertCalm();
    }

    [Fact]
    public async Task Form_WhenItsLinkWasUsed_SaysSoKindly()
    {
        await using var visit = await office.VisitAsync(390, 844);
        var form = await FormOfAsync(visit, new Person(Pace.Machine));
        var link = form.Page.Url;
        await form.FillAsync();
        await form.SendAsync();
        await Expect(form.Page.GetByRole(AriaRole.Heading, new() { Name = "送信しました" })).ToBeVisibleAsync();

        var answer = await form.Page.GotoAsync(link);
        Assert.Equal(410, answer!.Status);
        await Expect(form.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("このページは使えません");
        await Expect(form.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("すでに送信が済んで");
        await Visit.AssertAccessibleAsync(form.Page);
        visit.AssertCalm();
    }

    private static async Task<FormTab> FormOfAsync(Visit visit, Person person)
    {
        var phone = await Phone.OpenAsync(visit.Page, person);
        await phone.SayAsync("粗大ごみ");
        await phone.SeesAsync("何を捨てますか");
        await phone.SayAsync("ふとん 1枚");
        await phone.TapChipAsync("これで全部");
        await phone.SeesAsync("どこに取りに行きますか");
        await phone.SayAsync("山手一丁目");
        await person.TapAsync(phone.Day(0));
        return new FormTab(await phone.OpenFormAsync(), person);
    }
}
