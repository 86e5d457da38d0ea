using System.Text.RegularExpressions;
using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;

namespace OrleansGov.Browser.Tests;

/// <summary>
/// One browser window. It remembers everything a page should never do: open a dialog of its own, break its content security policy, log an error.
/// </summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>How long anything on a page may take on a busy machine, in ms.</summary>
    public const int Patience = 15_000;

    private readonly ConcurrentQueue<string> _complaints = new();

    private Visit(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public static async Task<Visit> StartAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(Patience);
        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`), true)");
        var visit = new Visit(context, await context.NewPageAsync());
        context.Console += (_, said) =>
        {
            // A status that a form or a problem page answers with on purpose is no complaint.
            if (said.Type == "error" && !said.Text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal)) visit._complaints.Enqueue(said.Text);
        };
        context.WebError += (_, error) => visit._complaints.Enqueue(error.Error);
        context.Dialog += (_, dialog) =>
        {
            visit._complaints.Enqueue($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        return visit;
    }

    /// <summary>Signs in as one of the invented officers, and stands on a page of the console.</summary>
    /// <param name="officer">Such as <c>minatodai-environment-lead</c>.</param>
    public async Task SignInAsync(string officer, string path = "/console")
    {
        await Page.GotoAsync(path);
        await Page.GetByRole(AriaRole.Link, new() { Name = "サインイン画面へ進む" }).ClickAsync();
        await Page.Locator($"button[value='{officer}']").ClickAsync();
        // by looking, not by events: after a row of redirects "load" may be over before anybody listens
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex($"{Regex.Escape(path)}$"), new() { Timeout = 15_000 });
    }

    /// <summary>The page is no wider than the screen.</summary>
    public static async Task AssertFitsAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen");

    /// <summary>Nothing of what a page should never do has happened.</summary>
    public void AssertCalm() => Assert.Empty(_complaints);

    /// <summary>No violation of any axe rule (WCAG 2.x A and AA, and good practice) on what the page shows now.</summary>
    public static async Task AssertAccessibleAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(v => $"{v.Id} ({v.Impact}): {v.Help}\n  {string.Join("\n  ", v.Nodes.Select(n => n.Html))}")));
        Assert.NotEmpty(result.Passes);
    }

    /// <summary>A picture of a page or a part of it, for the documentation and for the eye.</summary>
    public static Task PictureAsync(IPage page, string name, bool whole = false) =>
        page.ScreenshotAsync(new() { Path = PathOf(name), FullPage = whole, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });

    /// <inheritdoc cref="PictureAsync(IPage, string, bool)"/>
    public static Task PictureAsync(ILocator part, string name) =>
        part.ScreenshotAsync(new() { Path = PathOf(name), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });

    private static string PathOf(string name) => Path.Combine(Directory.CreateDirectory(Repository.Screens).FullName, $"{name}.png");

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
