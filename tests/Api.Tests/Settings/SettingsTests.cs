using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using OrleansGov.Api.Settings;

namespace OrleansGov.Api.Tests.Settings;

public sealed class SettingsTests
{
    [Fact]
    public void Read_TellsEverythingThatIsWrongAtOnce()
    {
        var wrong = Assert.Throws<SettingsException>(() => Read("Production",
            ("Line:Channels:0:Name", "みなと台"), ("Privacy:PersonalDetails", "Maybe"), ("Public:BaseUrl", "minatodai"), ("Simulator:Enabled", "yes"), ("Residents:MessagesPerMinute", "viele"), ("Proxy:TrustedNetworks", "10.0.0.0/8 überall")));

        Assert.Equal(
            ["Line__Channels__0", "Line__Channels__0__Name", "Line__Channels__0__Secret", "Privacy__PersonalDetails", "Proxy__TrustedNetworks", "Public__BaseUrl", "Residents__MessagesPerMinute", "Simulator__Enabled"],
            wrong.Faults.Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.All(wrong.Faults, f => Assert.Contains(f.Japanese, wrong.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Simulator_IsOnByItselfOnlyInDevelopmentWithoutARealLine()
    {
        Assert.True(Read("Development").Simulator);
        Assert.False(Read("Development", [("Line:ApiBaseUrl", "http://127.0.0.1:9"), .. Channel]).Simulator);
        Assert.False(Read("Production", Channel).Simulator);
        Assert.True(Read("Production", [("Simulator:Enabled", "true"), .. Channel]).Simulator);
    }

    [Fact]
    public void Read_InProductionWithoutAChannel_IsRefused() =>
        Assert.Equal(["Line__Channels"], Assert.Throws<SettingsException>(() => Read("Production", ("Public:BaseUrl", "https://x.example"))).Faults.Select(f => f.Key));

    [Fact]
    public void Read_OfAWordWhereANumberBelongs_NamesTheSetting() => Assert.Contains("Line__Channels__0__EventsPerSecond",
        Assert.Throws<SettingsException>(() => Read("Production", [.. Channel, ("Line:Channels:0:EventsPerSecond", "viele")])).Faults.Select(f => f.Key));

    [Fact]
    public void Proxies_AreNetworksOrAddresses() => Assert.Equal(["10.0.0.0/8", "fd00::/8", "192.0.2.7/32"],
        Read("Production", [.. Channel, ("Proxy:TrustedNetworks", "10.0.0.0/8, fd00::/8 192.0.2.7")]).TrustedNetworks.Select(n => n.ToString()));

    [Fact]
    public void Channels_NeverShowTheirSecrets() => Assert.DoesNotContain("s3cret", $"{Read("Production", Channel).Line.Channels[0]}", StringComparison.Ordinal);

    [Fact]
    public void ApiKeys_MustBeHashesWithKnownScopes()
    {
        var wrong = Assert.Throws<SettingsException>(() => Read("Production", [.. Channel, ("Api:Keys:0:Name", "k"), ("Api:Keys:0:Hash", "og_live_plain"), ("Api:Keys:0:Scopes", "everything")]));
        Assert.Equal(["Api__Keys__0__Hash", "Api__Keys__0__Scopes"], wrong.Faults.Select(f => f.Key));
        Assert.DoesNotContain("og_live_plain", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SignIn_IsOffUnlessAskedFor_AndInventedInDevelopmentOnly()
    {
        Assert.Null(Read("Production", Channel).SignIn);
        Assert.EndsWith("/dev/idp", Read("Development").SignIn!.Issuer, StringComparison.Ordinal);
        var real = Read("Production", [.. Channel, ("SignIn:Authority", "https://login.example.jp/"), ("SignIn:ClientId", "office"), ("SignIn:ClientSecret", "s3cret")]).SignIn!;
        Assert.Equal("https://login.example.jp", real.Issuer);
        Assert.DoesNotContain("s3cret", $"{real}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SignIn__Authority", "SignIn:Authority", "http://login.example.jp")]
    [InlineData("SignIn__Authority", "SignIn:Authority", "login")]
    [InlineData("SignIn__Authority", "SignIn:Authority", "")]
    [InlineData("SignIn__ClientId", "SignIn:ClientId", "")]
    [InlineData("SignIn__Scopes", "SignIn:Scopes", "profile")]
    [InlineData("SignIn__AttemptsPerAddress", "SignIn:AttemptsPerAddress", "0")]
    [InlineData("SignIn__AttemptsPerAccount", "SignIn:AttemptsPerAccount", "many")]
    [InlineData("Public__BaseUrl", "Public:BaseUrl", "http://minatodai.example")]
    public void SignIn_ThatCannotWork_NamesTheSetting(string named, string key, string value) => Assert.Equal([named],
        Assert.Throws<SettingsException>(() => Read("Production", [.. Channel, ("SignIn:Authority", "https://login.example.jp"), ("SignIn:ClientId", "office"), (key, value)])).Faults.Select(f => f.Key).Distinct());

    [Fact]
    public void Telemetry_IsOffUnlessAskedForAndItsFaultsAreTold()
    {
        var quiet = Read("Production", Channel).Telemetry;
        Assert.Null(quiet.MetricsUrl);
        Assert.Null(quiet.OtlpEndpoint);

        var wrong = Assert.Throws<SettingsException>(() => Read("Production", [.. Channel, ("Telemetry:MetricsUrl", "9464"), ("Telemetry:OtlpEndpoint", "http://collector.example:4318"),
            ("Telemetry:OtlpHeaders", "api-key=k3y"), ("Telemetry:OtlpProtocol", "Udp"), ("Telemetry:TraceRatio", "5 %")]));
        Assert.Equal(["Telemetry__MetricsUrl", "Telemetry__OtlpEndpoint", "Telemetry__OtlpProtocol", "Telemetry__TraceRatio"], wrong.Faults.Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("k3y", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cluster_WithoutWhatItNeeds_IsToldOfAllOfIt() => Assert.Equal(
        ["Cluster__ConnectionString", "Content__Directory", "Privacy__PseudonymKey"],
        Assert.Throws<SettingsException>(() => Read("Production", [.. Channel, ("Hosting:Mode", "Cluster")])).Faults.Select(f => f.Key).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Cluster:SiloPort", "70000")]
    [InlineData("Cluster:GatewayPort", "11111")]
    [InlineData("Cluster:ClusterId", "港 台")]
    [InlineData("Cluster:AdvertisedAddress", "no.such.host.invalid")]
    [InlineData("Cluster:HotStorage", "Redis")]
    [InlineData("Cluster:OtherStorage", "1")]
    [InlineData("Cluster:ConnectionString", "s3cret without a host")]
    [InlineData("Content:Directory", "/no/such/share")]
    [InlineData("Privacy:PseudonymKey", "short")]
    [InlineData("Hosting:Role", "Waiter")]
    [InlineData("Hosting:Mode", "Cloud")]
    public void Cluster_WithOneWrongSetting_NamesIt(string key, string value)
    {
        var wrong = Assert.Throws<SettingsException>(() => Read("Production", [.. Channel, .. Cluster.Where(c => c.Item1 != key), (key, value)]));

        Assert.Equal(key.Replace(":", "__", StringComparison.Ordinal), Assert.Single(wrong.Faults).Key);
        Assert.DoesNotContain("s3cret", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Role_OtherThanBoth_NeedsACluster()
    {
        Assert.Equal(["Hosting__Role"], Assert.Throws<SettingsException>(() => Read("Production", [.. Channel, ("Hosting:Role", "Silo")])).Faults.Select(f => f.Key));
        var silo = Read("Production", [.. Channel, .. Cluster, ("Hosting:Role", "Silo")]);
        Assert.True(silo is { HasGrains: true, HasDoors: false, Cluster: { SiloPort: 11111, GatewayPort: 30000, ClusterId: "office", HotStorage: StateStorage.GroupCommit, OtherStorage: StateStorage.AdoNet } });
        Assert.True(Read("Production", [.. Channel, .. Cluster, ("Hosting:Role", "web")]) is { HasGrains: false, HasDoors: true });
    }

    [Fact]
    public void Simulator_InACluster_MustBeAskedForAndLivesInOneProcess()
    {
        Assert.False(Read("Development", [.. Channel, .. Cluster]).Simulator);
        Assert.True(Read("Development", [.. Cluster, ("Simulator:Enabled", "true")]).Simulator);
        Assert.Equal(["Simulator__Enabled"], Assert.Throws<SettingsException>(() => Read("Development", [.. Cluster, ("Simulator:Enabled", "true"), ("Hosting:Role", "Silo")])).Faults.Select(f => f.Key));
    }

    private static readonly (string, string)[] Cluster =
    [
        ("Hosting:Mode", "Cluster"), ("Cluster:ConnectionString", "Host=db;Database=office;Username=office;Password=s3cret"), ("Content:Directory", Path.GetTempPath()), ("Privacy:PseudonymKey", new string('a', 64)),
    ];

    private static readonly (string, string)[] Channel = [("Line:Channels:0:Name", "main"), ("Line:Channels:0:Secret", "s3cret"), ("Line:Channels:0:AccessToken", "t"), ("Public:BaseUrl", "https://x.example")];

    private static OfficeSettings Read(string environment, params (string Key, string Value)[] settings) => OfficeSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(s => s.Key).ToDictionary(s => s.Key, s => (string?)s.Last().Value)).Build(), new Place(environment));

    private sealed record Place(string EnvironmentName) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = EnvironmentName;
        public string ApplicationName { get; set; } = "OrleansGov.Api";
        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
