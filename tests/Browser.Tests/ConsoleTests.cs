namespace OrleansGov.Browser.Tests;

/// <summary>The console of the staff: its frame, at a desk and on a phone.</summary>
public sealed class ConsoleTests(OpenOffice office)
{
    [Theory]
    [InlineData("/console", "今日の状況", "today", "minatodai-environment-lead")]
    public async Task Page_IsAccessibleAndFits(string path, string title, string picture, string officer)
    {
        foreach (var (width, height) in new[] { (1280, 720), (390, 844) })
        {
            await using var visit = await office.VisitAsync(width, height);
            await visit.SignInAsync(officer, path);
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = title })).ToBeVisibleAsync();
            await Visit.AssertAccessibleAsync(visit.Page);
            await Visit.AssertFitsAsync(visit.Page);
            await Visit.PictureAsync(visit.Page, $"console-{picture}-{width}");
            visit.AssertCalm();
        }
    }

    [Fact]
    public async Task SigningIn_IsAccessible_AndOutAgain()
    {
        await using var visit = await office.VisitAsync();
        await visit.Page.GotoAsync("/console");
        await Visit.AssertAccessibleAsync(visit.Page);
        await Visit.PictureAsync(visit.Page, "sign-in");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "サインイン画面へ進む" }).ClickAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        await visit.Page.Locator("button[value='minatodai-environment-viewer']").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "サインアウト" }).ClickAsync();
        await Expect(visit.Page.GetByText("サインアウトしました。")).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        await visit.Page.GotoAsync("/console");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "職員のサインイン" })).ToBeVisibleAsync();
        visit.AssertCalm();
    }

    [Fact]
    public async Task Phone_OpensAndClosesTheMenuByKeyboard()
    {
        await using var visit = await office.VisitAsync(390, 844);
        await visit.SignInAsync("minatodai-town-admin");
        var (menu, button) = (visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "メニュー" }), visit.Page.GetByRole(AriaRole.Button, new() { Name = "メニュー" }));
        await Expect(menu).ToBeHiddenAsync();
        await button.PressAsync("Enter");
        await Expect(menu).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(menu).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();
        visit.AssertCalm();
    }

    [Theory]
    [InlineData("/console/nothing-here", "ページが見つかりません")]
    public async Task Refusal_IsAPageForPeople(string path, string title)
    {
        await using var visit = await office.VisitAsync();
        await visit.SignInAsync("minatodai-environment-viewer");
        await visit.Page.GotoAsync(path);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = title })).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
    }

    [Fact]
    public async Task SilentPerson_IsWarnedBeforeTheSessionEnds_AndStays()
    {
        await using var visit = await office.VisitAsync();
        await visit.SignInAsync("minatodai-environment-officer-2");
        await visit.Page.Clock.InstallAsync();
        await visit.Page.ReloadAsync();
        await visit.Page.Clock.RunForAsync(13 * 60_000 + 10_000);
        await Expect(visit.Page.GetByText("まもなくサインアウトします。")).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "続ける" }).ClickAsync();
        await Expect(visit.Page.GetByText("まもなくサインアウトします。")).ToBeHiddenAsync();
        visit.AssertCalm();
    }
}
