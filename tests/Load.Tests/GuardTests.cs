using OrleansGov.Load.Targets;

namespace OrleansGov.Load.Tests;

public sealed class GuardTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("https://127.0.0.2")]
    public void Office_OnThisMachine_NeedsNoSecondName(string office) => Assert.Null(Guard.Refuses(new(office), []));

    [Theory]
    [InlineData("https://office.example.jp")]
    [InlineData("http://192.168.1.5:8080")]
    [InlineData("http://localhost.example.jp")]
    [InlineData("http://127.0.0.1.example.jp")]
    [InlineData("http://0.0.0.0:8080")]
    public void Office_Elsewhere_IsRefusedAndTheWayOutIsSaid(string office)
    {
        var refusal = Guard.Refuses(new(office), []);
        Assert.Contains($"--yes-i-operate {office}", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Office_Elsewhere_IsCalledWhenItsOperatorNamesItTwice() =>
        Assert.Null(Guard.Refuses(new("https://office.example.jp"), [new("https://office.example.jp/")]));

    [Theory]
    [InlineData("https://example.jp")]
    [InlineData("http://office.example.jp")]
    [InlineData("https://office.example.jp:8443")]
    [InlineData("https://test.office.example.jp")]
    public void SecondName_OfAnotherOffice_DoesNotCount(string named) =>
        Assert.NotNull(Guard.Refuses(new("https://office.example.jp"), [new(named)]));

    [Theory]
    [InlineData("https://api.line.me")]
    [InlineData("https://API.LINE.ME")]
    [InlineData("https://api.line.me.")]
    [InlineData("https://api-data.line.me:443")]
    [InlineData("https://line.me")]
    [InlineData("https://manager.line.biz")]
    public void Line_IsNeverCalled_WhateverIsSaid(string host)
    {
        var refusal = Guard.Refuses(new(host), [new(host)]);
        Assert.Contains("LINE forbids load tests", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1@office.example.jp")]
    [InlineData("http://127.0.0.1:8080/webhook")]
    [InlineData("ftp://127.0.0.1")]
    public void Office_WhoseAddressSaysMoreThanHostAndPort_IsRefused(string office) => Assert.NotNull(Guard.Refuses(new(office), [new(office)]));
}
