namespace OrleansGov.Browser.Tests;

/// <summary>稼働状況 in an officer's browser and on a phone.</summary>
public sealed class StatusTests(OpenOffice office)
{
    [Theory]
    [InlineData(1280, 720)]
    [InlineData(390, 844)]
    public async Task Status_IsAccessibleAndFits(int width, int height)
    {
        await using var visit = await office.VisitAsync(width, height);
        await visit.SignInAsync("minatodai-town-lead");
        await visit.Page.GotoAsync("/status");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "稼働状況" })).ToBeVisibleAsync();
        await Visit.AssertAccessibleAsync(visit.Page);
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen");
        await Visit.PictureAsync(visit.Page, $"status-{width}", whole: true);
        visit.AssertCalm();
    }

    [Fact]
    public async Task Status_RenewsItselfByItself()
    {
        await using var visit = await office.VisitAsync();
        await visit.SignInAsync("minatodai-town-lead");
        await visit.Page.Clock.InstallAsync();
        await visit.Page.GotoAsync("/status");
        await visit.Page.EvaluateAsync("document.querySelector('.as-of').textContent = 'old'");
        await visit.Page.Clock.RunForAsync(16_000);
        await Expect(visit.Page.Locator(".as-of")).ToContainTextAsync("現在");
        visit.AssertCalm();
    }
}
