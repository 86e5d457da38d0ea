namespace OrleansGov.Browser.Tests;

/// <summary>The console of the staff: its frame, at a desk and on a phone.</summary>
public sealed class ConsoleTests(OpenOffice office)
{
    [Theory]
    [InlineData("/console", "今日の状況", "today", "minatodai-environment-lead")]
    [InlineData("/console/cases", "案件検索", "cases", "minatodai-environment-lead")]
    [InlineData("/console/applications", "申請", "applications", "minatodai-environment-lead")]
    [InlineData("/console/bookings", "予約", "bookings", "minatodai-environment-lead")]
    [InlineData("/console/replies", "定型文", "replies", "minatodai-environment-lead")]
    [InlineData("/console/hours", "開庁時間・祝日", "hours", "minatodai-environment-lead")]
    [InlineData("/console/staff", "職員・役割・部署", "staff", "minatodai-town-admin")]
    [InlineData("/console/staff/new", "職員を追加", "staff-new", "minatodai-town-admin")]
    [InlineData("/console/staff/dev-minatodai-environment-lead", "佐藤 みなと", "person", "minatodai-town-admin")]
    [InlineData("/console/staff/dev-minatodai-environment-viewer/disable", "田中 そら さんを停止しますか", "disable", "minatodai-town-admin")]
    [InlineData("/console/keys", "APIキー", "keys", "minatodai-town-admin")]
    [InlineData("/console/keys/new", "キーを発行", "key-new", "minatodai-town-admin")]
    [InlineData("/console/keys/hooks", "Webhook", "hooks", "minatodai-town-admin")]
    [InlineData("/console/keys/hooks/new", "送信先を追加", "hook-new", "minatodai-town-admin")]
    [InlineData("/console/audit", "監査ログ", "audit", "minatodai-town-auditor")]
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

    [Fact]
    public async Task Administrator_LetsSomebodyIn_AndMakesAKey()
    {
        await using var newcomer = await office.VisitAsync();
        await newcomer.Page.GotoAsync("/sign-in/start");
        await newcomer.Page.Locator("button[value='newcomer']").ClickAsync();
        await Expect(newcomer.Page.GetByText("このアカウントは登録されていません")).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(newcomer.Page);

        await using var visit = await office.VisitAsync();
        await visit.SignInAsync("minatodai-town-admin", "/console/staff");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "登録待ち" })).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        await Visit.PictureAsync(visit.Page, "console-staff-waiting");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "新人 まなぶ を登録" }).ClickAsync();

        // a mistake: the summary is read out first and leads to the field
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "追加する" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        await Visit.PictureAsync(visit.Page, "console-errors");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "役割を選んでください。" }).ClickAsync();
        await Expect(visit.Page.GetByLabel("役割")).ToBeFocusedAsync();
        await visit.Page.GetByLabel("役割").SelectOptionAsync("officer");
        await visit.Page.GetByLabel("部署").SelectOptionAsync("environment");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "追加する" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("新人 まなぶ さんを追加しました。");
        await Visit.AssertAccessibleAsync(visit.Page);

        await visit.Page.GotoAsync("/console/keys/new");
        await visit.Page.GetByLabel("利用するシステムの名前").FillAsync("図書館システム");
        await visit.Page.GetByLabel("案件を見る").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "発行する" }).ClickAsync();
        await Expect(visit.Page.Locator("#key")).ToContainTextAsync("og_live_");
        await Visit.AssertAccessibleAsync(visit.Page);
        await visit.Page.Locator("#key").EvaluateAsync("e => e.textContent = 'og_live_' + '●'.repeat(40)"); // a picture with a key in it would set off every alarm
        await Visit.PictureAsync(visit.Page, "console-key-made");

        await visit.Page.GotoAsync("/console/keys/hooks/new");
        await visit.Page.GetByLabel("送信先の URL").FillAsync("https://koho.example.jp/hooks");
        await visit.Page.GetByLabel("職員への引き継ぎ").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "追加する" }).ClickAsync();
        await Expect(visit.Page.Locator("#secret")).ToContainTextAsync("whsec_");
        await Visit.AssertAccessibleAsync(visit.Page);
        await visit.Page.Locator("#secret").EvaluateAsync("e => e.textContent = 'whsec_' + '●'.repeat(32)");
        await Visit.PictureAsync(visit.Page, "console-hook");
        visit.AssertCalm();
    }

    [Theory]
    [InlineData("/console/audit", "この操作をする権限がありません")]
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
    public async Task HostileName_IsShownAsItIs_OnEveryPage()
    {
        const string Name = "<img src=x onerror=alert(1)>\"><svg/onload=alert(2)> javascript:alert(3) \u202Ecod.exe";
        await using var visit = await office.VisitAsync();
        await visit.SignInAsync("minatodai-town-admin", "/console/staff/new");
        await visit.Page.GetByLabel("氏名").FillAsync(Name);
        await visit.Page.GetByLabel("識別子").FillAsync("\"><script>alert(4)</script>");
        await visit.Page.GetByLabel("役割").SelectOptionAsync("auditor");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "追加する" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("onerror");
        foreach (var path in (string[])["/console/staff", "/console/staff?words=%22%3E%3Csvg%2Fonload%3Dalert(5)%3E&role=%22x"])
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            Assert.Equal(0, await visit.Page.Locator("main img, main script").CountAsync());
        }

        visit.AssertCalm();
    }

    [Fact]
    public async Task F50_SessionExpiry_MidCompose_KeepsDraft()
    {
        const string Words = "お問い合わせの件、明日までに確認してご連絡します。";
        await using var visit = await office.VisitAsync();
        // any text of the console can be a draft; this page has one that nothing else touches
        await visit.Page.RouteAsync("**/console/keys/new", async route =>
        {
            if (route.Request.Method != "GET")
            {
                await route.ContinueAsync();
                return;
            }

            var page = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = page, Body = (await page.TextAsync()).Replace("<textarea ", "<textarea data-draft=\"a-talk\" ", StringComparison.Ordinal) });
        });
        await visit.SignInAsync("minatodai-town-admin");
        await visit.Page.GotoAsync("/console/keys/new");
        var text = visit.Page.Locator("textarea");
        await text.FillAsync(Words);

        var elsewhere = await visit.Context.NewPageAsync();
        await elsewhere.GotoAsync("/console");
        await elsewhere.GetByRole(AriaRole.Button, new() { Name = "サインアウト" }).ClickAsync();
        await Expect(elsewhere.GetByText("サインアウトしました。")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "発行する" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "サインイン画面へ進む" }).ClickAsync();
        await visit.Page.Locator("button[value='minatodai-town-admin']").ClickAsync();
        await visit.Page.WaitForURLAsync("**/console/keys/new"); // back where it was
        await visit.Page.ReloadAsync(); // a redirect passes the route above by
        await Expect(text).ToHaveValueAsync(Words);
        visit.AssertCalm();
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
