using OrleansGov.Browser.Tests;

[assembly: AssemblyFixture(typeof(OpenOffice))]
// One after the other: a person whose seconds are counted must not share the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace OrleansGov.Browser.Tests;

/// <summary>One office and one Chromium for all tests; each test visits with a browser profile of its own.</summary>
public sealed class OpenOffice : IAsyncLifetime
{
    private static readonly string[] Candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private Office? _office;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address => _office!.Address;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Candidates, File.Exists) is not { } chromium) return; // VisitAsync says so, test by test
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        SetDefaultExpectTimeout(Visit.Patience);
        var starting = Office.StartAsync(CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        _office = await starting;
    }

    /// <summary>A fresh browser window in Japanese, in Japan. Skips the test where there is no Chromium.</summary>
    public Task<Visit> VisitAsync(int width = 1280, int height = 720) => VisitAsync(width, height, script: true);

    /// <summary>A window in which no script runs.</summary>
    public Task<Visit> VisitWithoutScriptAsync() => VisitAsync(1280, 720, script: false);

    private async Task<Visit> VisitAsync(int width, int height, bool script)
    {
        if (_browser is null) Assert.Skip($"Chromium is not installed (looked for {string.Join(", ", Candidates)}).");
        var phone = width < 700;
        return await Visit.StartAsync(await _browser.NewContextAsync(new()
        {
            BaseURL = Address.OriginalString,
            ViewportSize = new() { Width = width, Height = height },
            DeviceScaleFactor = phone ? 2 : 1,
            HasTouch = phone,
            IsMobile = phone,
            Locale = "ja-JP",
            TimezoneId = "Asia/Tokyo",
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce, // or axe measures the contrast of what is still fading in
        }));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_office is not null) await _office.DisposeAsync();
    }
}
