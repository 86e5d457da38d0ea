using System.Net;
using OrleansGov.Gateways;

namespace OrleansGov.Gateways.Tests.Hooks;

public sealed class OutsideAddressTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001:0:1::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void IsPublic_OfTheOfficesOwnNetwork_IsFalse(string address) => Assert.False(OutsideAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2001:4860:4860::8888")]
    public void IsPublic_OfTheInternet_IsTrue(string address) => Assert.True(OutsideAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://127.0.0.1/hook", AddressFault.Inside)]
    [InlineData("https://169.254.169.254/latest/meta-data", AddressFault.Inside)]
    [InlineData("https://[::1]/", AddressFault.Inside)]
    [InlineData("https://[::ffff:10.0.0.1]/", AddressFault.Inside)]
    [InlineData("https://2130706433/", AddressFault.Inside)] // 127.0.0.1 as one number
    [InlineData("https://0177.0.0.1/", AddressFault.Inside)] // octal
    [InlineData("https://0x7f.1/", AddressFault.Inside)]
    [InlineData("https://localhost/", AddressFault.Inside)]
    [InlineData("https://intranet/", AddressFault.Inside)]
    [InlineData("https://printer.local/", AddressFault.Inside)]
    [InlineData("http://example.jp/", AddressFault.NotHttps)]
    [InlineData("ftp://example.jp/", AddressFault.NotHttps)]
    [InlineData("https://user:pass@example.jp/", AddressFault.NotAUrl)]
    [InlineData("https://example.jp/hook", null)]
    [InlineData("https://8.8.8.8/hook", null)]
    public void Check_SaysWhyAUrlMayNotBeCalled(string url, AddressFault? fault) => Assert.Equal(fault, OutsideAddress.Check(new(url), allowLoopback: false));

    [Fact]
    public void Check_ForDevelopment_AllowsThisMachineAlone()
    {
        Assert.Null(OutsideAddress.Check(new("http://127.0.0.1:8081/"), allowLoopback: true));
        Assert.Equal(AddressFault.Inside, OutsideAddress.Check(new("https://10.0.0.1/"), allowLoopback: true));
        Assert.Equal(AddressFault.NotHttps, OutsideAddress.Check(new("http://10.0.0.1/"), allowLoopback: true));
    }
}
