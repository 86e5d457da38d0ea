namespace OrleansGov.Browser.Tests;

/// <summary>Pages without a form: readable for everyone, whatever happens on them.</summary>
public sealed class PagesTests(OpenOffice office)
{
    [Theory]
    [InlineData("/problems")]
    [InlineData("/problems/no-such-problem")]
    [InlineData("/form/minatodai/nobody/nothing")]
    [InlineData("/form/sent")]
    public async Task Page_ForPeople_IsAccessible(string path)
    {
        await using var visit = await office.VisitAsync(390, 844);
        await visit.Page.GotoAsync(path);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        visit.AssertCalm();
    }

    [Fact]
    public async Task Simulator_InEveryState_IsAccessible()
    {
        await using var visit = await office.VisitAsync();
        var phone = await Phone.OpenAsync(visit.Page, new Person(Pace.Machine));
        await Visit.AssertAccessibleAsync(visit.Page);
        await phone.SayAsync("粗大ごみ");
        await phone.SeesAsync("何を捨てますか");
        await phone.SayAsync("ソファ");
        await phone.SeesAsync("どれに近いですか");
        await Visit.AssertAccessibleAsync(visit.Page);
        await phone.Frame.GetByRole(AriaRole.Button, new() { Name = "開発者" }).ClickAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "住民を追加" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        visit.AssertCalm();
    }
}
