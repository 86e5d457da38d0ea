using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace OrleansGov.House.Tests.Docker;

/// <summary>The compose files as an engine would read them, held against what an operator relies on.</summary>
public sealed partial class ComposeTests
{
    public static TheoryData<string, string> Services => [.. from file in Directory.GetFiles(Repository.File("docker"), "compose*.yaml") from service in Map(Read(file)["services"]).Keys select (Path.GetFileName(file), (string)service)];

    [Theory, MemberData(nameof(Services))]
    public void Service_IsPinnedRestartsAndTellsItsHealth(string file, string name)
    {
        var service = Service(file, name);
        Assert.Empty(service.Keys.Select(k => (string)k).Except(["image", "build", "user", "hostname", "command", "restart", "stop_grace_period", "ports", "environment", "secrets", "volumes", "depends_on", "healthcheck", "read_only", "tmpfs", "cap_drop", "security_opt"]));
        if (service.TryGetValue("image", out var image)) Assert.Matches(@":\d+\.\d+(\.\d+)?(-[a-z0-9.]+)?$", (string)image);
        else Assert.Contains("build", service.Keys);
        if (service.TryGetValue("build", out var build))
        {
            var dockerfile = (string)Map(build)["dockerfile"];
            Assert.True(File.Exists(Repository.File(dockerfile.Split('/'))));
            Assert.Contains(DockerfileTests.Instructions(Path.GetFileName(dockerfile)), i => i.Name == "FROM" && i.Words.EndsWith($" AS {Map(build)["target"]}", StringComparison.Ordinal));
        }

        var once = (string)service["restart"] == "no";
        Assert.True(once || (string)service["restart"] == "unless-stopped");
        if (!once)
        {
            Assert.True(service.ContainsKey("build") || service.ContainsKey("healthcheck"), "neither its image nor the file says how it is"); // our image has a HEALTHCHECK
            Assert.True(int.Parse(((string)service["stop_grace_period"]).TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture) >= 45, "shorter than the 30 s the office drains for");
        }
    }

    [Theory, MemberData(nameof(Services))]
    public void Service_MayDoNoMoreThanItMust(string file, string name)
    {
        var service = Service(file, name);
        Assert.Equal("true", service["read_only"]);
        Assert.Equal(["ALL"], List(service["cap_drop"]));
        Assert.Equal(["no-new-privileges:true"], List(service["security_opt"]));
        Assert.Contains("/tmp", List(service["tmpfs"]));
        if (service.TryGetValue("ports", out var ports)) Assert.All(List(ports), port => Assert.Matches(@"^127\.0\.0\.1:\d+:\d+$", port));
        if (service.TryGetValue("user", out var user)) Assert.Matches(@"^[1-9]\d*:[1-9]\d*$", (string)user);
    }

    [Theory, MemberData(nameof(Services))]
    public void Service_UsesWhatIsDeclaredAndWaitsForWhatCanComeTrue(string file, string name)
    {
        var compose = Read(Repository.File("docker", file));
        var service = Service(file, name);
        var volumes = compose.TryGetValue("volumes", out var declared) ? Map(declared).Keys.Select(k => (string)k) : [];
        Assert.Subset(volumes.ToHashSet(), List(service.GetValueOrDefault("volumes")).Select(v => v.Split(':')[0]).ToHashSet());
        Assert.Subset(Map(compose["secrets"]).Keys.Select(k => (string)k).ToHashSet(), List(service.GetValueOrDefault("secrets")).ToHashSet());
        foreach (var (other, condition) in service.TryGetValue("depends_on", out var waits) ? Map(waits) : [])
        {
            var awaited = Service(file, (string)other);
            switch ((string)Map(condition)["condition"])
            {
                case "service_healthy": Assert.True(awaited.ContainsKey("healthcheck") || awaited.ContainsKey("build")); break;
                case "service_completed_successfully": Assert.Equal("no", awaited["restart"]); break;
                case var unknown: Assert.Fail(unknown); break;
            }
        }
    }

    [Theory, MemberData(nameof(Services))]
    public void Settings_AreKnownToTheProgramAndSecretsAreFiles(string file, string name)
    {
        var service = Service(file, name);
        var settings = service.TryGetValue("environment", out var environment) ? Map(environment).Keys.Select(k => (string)k).ToList() : [];
        Assert.DoesNotContain(settings, s => SecretName().IsMatch(s) && !s.EndsWith("_FILE", StringComparison.Ordinal));
        Assert.All(Map(Read(Repository.File("docker", file))["secrets"]).Values, secret => Assert.Equal(["file"], Map(secret).Keys.Select(k => (string)k)));
        if (!service.ContainsKey("build")) return; // another program's
        Assert.All(settings.Concat(List(service.GetValueOrDefault("secrets"))), s => Assert.True(Known(s), s));
        if (service.TryGetValue("command", out var command)) Assert.Contains($"args is [\"{List(command)[0]}\"", File.ReadAllText(Repository.File("src", "Api", "Program.cs")), StringComparison.Ordinal);
    }

    // The program's own readers, as text: a setting that nobody reads would be silently without effect.
    private static bool Known(string setting)
    {
        var parts = setting.Split("__").Where(p => !p.All(char.IsAsciiDigit)).ToArray();
        var readers = Directory.GetFiles(Repository.File("src", "Api", "Settings"), "*.cs").Select(File.ReadAllText).ToList();
        return parts switch
        {
            ["Line", "Channels", var property] => File.ReadAllText(Repository.File("src", "Line", "LineOptions.cs")).Contains($" {property} {{ get; set; }}", StringComparison.Ordinal),
            ["Telemetry", var word] => readers.Any(r => r.Contains("GetSection(\"Telemetry\")", StringComparison.Ordinal) && r.Contains($"(\"{word}\")", StringComparison.Ordinal)),
            [var section, var word] => readers.Any(r => r.Contains($"\"{section}:{word}\"", StringComparison.Ordinal)),
            _ => false,
        };
    }

    private static Dictionary<object, object> Service(string file, string name) => Map(Map(Read(Repository.File("docker", file))["services"])[name]);

    private static Dictionary<object, object> Read(string file) => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(new StringReader(File.ReadAllText(file)))));

    private static Dictionary<object, object> Map(object value) => Assert.IsType<Dictionary<object, object>>(value);

    private static List<string> List(object? value) => value is null ? [] : [.. Assert.IsType<List<object>>(value).Select(v => (string)v)];

    [GeneratedRegex("(Secret|Token|Password|PASSWORD|Hash|PseudonymKey|ConnectionString|OtlpHeaders)")]
    private static partial Regex SecretName();
}
