using System.Diagnostics;
using System.Text.RegularExpressions;
using OrleansGov.Residents;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>What the image's recipe publishes is an office that runs, with its secrets as files, and that can ask itself how it is.</summary>
public sealed partial class PublishedTests
{
    [Fact]
    public async Task PublishedOffice_InProduction_BecomesReadyByItsOwnWord()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(180));
        using var town = new SmallTown(placesPerDay: 1);
        await using var world = await LineWorld.OpenAsync();
        var root = Path.GetDirectoryName(town.Data)!;
        var app = Path.Combine(root, "app");
        var recipe = Publish().Match(File.ReadAllText(Path.Combine(Checkout, "docker", "office.Dockerfile")));
        Assert.True(recipe.Success);

        // the same command; built already, so that nothing else on this machine is disturbed
        var engine = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Name;
        var words = recipe.Groups["words"].Value.Replace("${ENGINE}", engine, StringComparison.Ordinal).Replace("-o /app", $"-o {app}", StringComparison.Ordinal);
        Assert.Equal(0, await Run(Checkout, [], limit.Token, [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--no-build"]));

        var secrets = Directory.CreateDirectory(Path.Combine(root, "secrets")).FullName;
        foreach (var secret in (string[])["Line__Channels__0__Secret", "Line__Channels__0__AccessToken"]) File.WriteAllText(Path.Combine(secrets, secret), $"{world.Settings[secret]}\n");
        var program = Path.Combine(app, "OrleansGov.Api.dll");
        await using var office = new OfficeProcess(program, town.Data, new Dictionary<string, string>(world.Settings.Where(s => !File.Exists(Path.Combine(secrets, s.Key))))
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Secrets__Directory"] = secrets, ["Packs__Directory"] = town.Packs, ["Public__BaseUrl"] = "https://office.example",
        });
        Dictionary<string, string> listening = new() { ["ASPNETCORE_URLS"] = $"http://+:{office.Url.Port}" }; // as the image says it
        Assert.Equal(1, await Run(app, listening, limit.Token, program, "health"));
        await office.Start();
        Assert.Equal(0, await Run(app, listening, limit.Token, program, "health"));

        world.CallOffice(office.Url);
        var greeted = world.Platform.AddResident(world.Channel); // signed with the secret of the file, answered with its token
        await world.Platform.WaitForBotMessage(greeted, 0, limit.Token);
        Assert.Equal(0, (await office.Stop()).ExitCode);
    }

    private static async Task<int> Run(string folder, Dictionary<string, string> environment, CancellationToken cancel, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", words) { WorkingDirectory = folder };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancel);
        return process.ExitCode;
    }

    private static string Checkout => Path.GetDirectoryName(SmallTown.CheckoutPacks())!;

    [GeneratedRegex(@"(?m)^RUN dotnet (?<words>publish .*)$")]
    private static partial Regex Publish();
}
