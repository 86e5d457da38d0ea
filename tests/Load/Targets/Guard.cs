using System.Net;

namespace OrleansGov.Load.Targets;

/// <summary>
/// Who may be called. Residents that never get tired are for offices of our own: this machine's, or one whose operator names it twice. LINE forbids load
/// tests of its platform, so its hosts are refused whatever is said.
/// </summary>
public static class Guard
{
    private static readonly string[] OfLine = ["line.me", "line.biz", "line-apps.com", "line-scdn.net", "line.naver.jp", "lycorp.co.jp"];

    /// <param name="office">Where the webhooks would go.</param>
    /// <param name="operated">What the operator says to operate (<c>--yes-i-operate</c>).</param>
    /// <returns>Why not; null = allowed.</returns>
    public static string? Refuses(Uri office, IReadOnlyCollection<Uri> operated)
    {
        if (!office.IsAbsoluteUri || office.Scheme is not ("http" or "https")) return $"{office} is no http or https address.";
        if (office.UserInfo.Length > 0 || office.PathAndQuery != "/" || office.Fragment.Length > 0) return $"{office.Host}: give scheme, host and port only, such as https://office.example.jp.";
        var host = office.IdnHost.TrimEnd('.');
        if (OfLine.Any(l => host.Equals(l, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{l}", StringComparison.OrdinalIgnoreCase)))
            return $"{host} is LINE's. LINE forbids load tests; this tool brings a LINE of its own.";
        if (office.IsLoopback && (office.HostNameType is UriHostNameType.Dns ? host.Equals("localhost", StringComparison.OrdinalIgnoreCase) : IPAddress.IsLoopback(IPAddress.Parse(office.DnsSafeHost)))) return null;
        if (operated.Any(o => o.IsAbsoluteUri && o.Scheme == office.Scheme && o.IdnHost.Equals(office.IdnHost, StringComparison.OrdinalIgnoreCase) && o.Port == office.Port)) return null;
        return $"{office.GetLeftPart(UriPartial.Authority)} is not this machine. If you operate that office and its owner agreed to the load, name it once more, exactly: --yes-i-operate {office.GetLeftPart(UriPartial.Authority)}";
    }
}
