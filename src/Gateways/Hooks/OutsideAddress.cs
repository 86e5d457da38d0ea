using System.Net;
using System.Net.Sockets;

namespace OrleansGov.Gateways;

/// <summary>Which addresses somebody outside may make us call: public ones only, so that nobody reaches the office's own network through us (security.md G10).</summary>
public static class OutsideAddress
{
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            // IPv6: what is not 2000::/3 is not the internet; in it, what carries an IPv4 address (6to4, Teredo) or is for examples
            "::/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "4000::/2", "8000::/1",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>True: on the public internet. An IPv4 address in the clothes of IPv6 is judged as what it is.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !Array.Exists(Inside, n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));
    }

    /// <summary>Why a URL may not be called, as far as it shows before its name is looked up; null = it may.</summary>
    /// <param name="allowLoopback">For development: this machine, also without TLS.</param>
    public static AddressFault? Check(Uri url, bool allowLoopback)
    {
        if (!url.IsAbsoluteUri || url.UserInfo.Length > 0 || url.Fragment.Length > 0 || url.Host.Length == 0) return AddressFault.NotAUrl;
        if (allowLoopback && url.IsLoopback) return url.Scheme is "https" or "http" ? null : AddressFault.NotHttps;
        if (url.Scheme != Uri.UriSchemeHttps) return AddressFault.NotHttps;
        // 2130706433, 0x7f.1 and 0177.0.0.1 are addresses too; Uri has read them as such by now
        if (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address)) return IsPublic(address) ? null : AddressFault.Inside;
        return url.IsLoopback || !url.IdnHost.Contains('.', StringComparison.Ordinal) || url.IdnHost.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
            || url.IdnHost.EndsWith(".internal", StringComparison.OrdinalIgnoreCase) || url.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) ? AddressFault.Inside : null;
    }
}

public enum AddressFault { NotAUrl, NotHttps, Inside }
