using System.Globalization;
using System.Net;

namespace OrleansGov.Api.Settings;

/// <summary>How much may come, and whose word counts for where it comes from.</summary>
internal sealed partial class SettingsReader
{
    private ImmutableList<IPNetwork> Networks(string key)
    {
        var networks = ImmutableList<IPNetwork>.Empty;
        foreach (var text in (Text(key) ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(text, out var network)) networks = networks.Add(network);
            else if (IPAddress.TryParse(text, out var address)) networks = networks.Add(new(address, address.GetAddressBytes().Length * 8));
            else Fault(key, $"「{text}」はネットワーク（例：10.0.0.0/8）でもアドレスでもありません。", $"'{text}' is neither a network such as 10.0.0.0/8 nor an address.");
        }

        return networks;
    }

    private int Whole(string key, int otherwise)
    {
        if (Text(key) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Fault(key, "0 以上の整数を指定してください。", "Must be a whole number, 0 or more.");
        return otherwise;
    }

    // The framework leaves out a whole channel without a word when one of its numbers is none.
    private void EventsPerSecond()
    {
        foreach (var channel in configuration.GetSection("Line:Channels").GetChildren()) Whole($"{channel.Path}:EventsPerSecond", 1);
    }
}
