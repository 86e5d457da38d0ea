using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace OrleansGov.Api.Settings;

/// <summary>Mode, role, and what only a cluster needs.</summary>
internal sealed partial class SettingsReader
{
    private HostingRole Role(HostingMode mode)
    {
        var role = OneOf("Hosting:Role", HostingRole.Both);
        if (mode == HostingMode.Embedded && role != HostingRole.Both)
            Fault("Hosting:Role", $"{role} は Hosting__Mode=Cluster のときだけ使えます。", $"{role} needs Hosting__Mode=Cluster.");
        return role;
    }

    private ClusterSettings? Cluster(HostingMode mode)
    {
        if (mode == HostingMode.Embedded) return null;
        var (silo, gateway) = (Port("Cluster:SiloPort", 11111), Port("Cluster:GatewayPort", 30000));
        if (silo == gateway) Fault("Cluster:GatewayPort", "Cluster__SiloPort と別の番号にしてください。", "Must differ from Cluster__SiloPort.");
        PseudonymKeyIsThere();
        return new()
        {
            ConnectionString = Database(),
            ClusterId = ClusterId(),
            SiloPort = silo,
            GatewayPort = gateway,
            AdvertisedAddress = Address(),
            HotStorage = OneOf("Cluster:HotStorage", StateStorage.GroupCommit),
            OtherStorage = OneOf("Cluster:OtherStorage", StateStorage.AdoNet),
        };
    }

    // All nodes read and write the same pictures; a folder that each has for itself would lose most of them.
    private string Content(HostingMode mode, string data)
    {
        var configured = Text("Content:Directory");
        if (mode == HostingMode.Embedded) return Path.GetFullPath(configured ?? Path.Combine(data, "content"));
        if (configured is null)
            Fault("Content:Directory", "写真を置く、すべてのノードで共有するフォルダーを指定してください。", "Name the folder for pictures; all nodes share it.");
        else if (!Directory.Exists(configured))
            Fault("Content:Directory", $"フォルダー {configured} がありません。共有フォルダーが接続されているか確認してください。", $"There is no folder {configured}. Is the share mounted?");
        return Path.GetFullPath(configured ?? "content");
    }

    private string Database()
    {
        if (Text("Cluster:ConnectionString") is not { } text)
        {
            Fault("Cluster:ConnectionString", "PostgreSQL の接続文字列を指定してください。例：Host=db;Database=office;Username=office;Password=…", "Must be a PostgreSQL connection string: Host=db;Database=office;Username=office;Password=…");
            return "";
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            if (parts.ContainsKey("Host") || parts.ContainsKey("Server")) return text;
        }
        catch (ArgumentException)
        {
            // told below: the reader's own words would quote a password
        }

        Fault("Cluster:ConnectionString", "接続文字列として読めません。例：Host=db;Database=office;Username=office;Password=…", "Cannot be read. Example: Host=db;Database=office;Username=office;Password=…");
        return "";
    }

    private string ClusterId()
    {
        var id = Text("Cluster:ClusterId") ?? "office";
        if (!PlainName().IsMatch(id)) Fault("Cluster:ClusterId", "英小文字・数字・ハイフンで 50 文字までにしてください。", "Use lower-case letters, digits and hyphens, 50 at most.");
        return id;
    }

    private void PseudonymKeyIsThere()
    {
        if (Text("Privacy:PseudonymKey") is not { } text)
        {
            Fault("Privacy:PseudonymKey", "すべてのノードに同じ鍵を指定してください（openssl rand -base64 32）。失うと、すべての利用者が別人になります。", "Set the same key on every node (openssl rand -base64 32). Whoever loses it loses every resident.");
            return;
        }

        try
        {
            PseudonymKey.Parse(text);
        }
        catch (FormatException e)
        {
            Fault("Privacy:PseudonymKey", "32 バイト以上を 16 進数か base64 で指定してください。", e.Message);
        }
    }

    private int Port(string key, int otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536) return port;
        Fault(key, "1 から 65535 までの番号を指定してください。", "Must be a port, 1 to 65535.");
        return otherwise;
    }

    // A name is looked up once: silos know each other by address.
    private IPAddress? Address()
    {
        if (Text("Cluster:AdvertisedAddress") is not { } text) return environment.IsDevelopment() ? IPAddress.Loopback : null;
        if (IPAddress.TryParse(text, out var address)) return address;
        try
        {
            return Dns.GetHostAddresses(text, AddressFamily.InterNetwork).First();
        }
        catch (Exception e) when (e is SocketException or ArgumentException or InvalidOperationException)
        {
            Fault("Cluster:AdvertisedAddress", $"{text} の IP アドレスがわかりません。他のノードからこのノードに届くアドレスを指定してください。", $"{text} has no IP address. Name the address at which other nodes reach this one.");
            return null;
        }
    }

    private T OneOf<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (Text(key) is not { } text) return otherwise;
        if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)) return Enum.Parse<T>(text, ignoreCase: true);
        var names = string.Join("、", Enum.GetNames<T>());
        Fault(key, $"{names} のどれかを指定してください。", $"Must be one of {names.Replace("、", ", ", StringComparison.Ordinal)}.");
        return otherwise;
    }

    [GeneratedRegex("^[a-z0-9-]{1,50}$")]
    private static partial Regex PlainName();
}
