using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace OrleansGov.Residents;

/// <summary>The one-time form in a browser of its own: looks, fills what it knows, sends. A page that does not load is loaded again later by the person.</summary>
internal sealed partial class PersonalForm : IDisposable
{
    private static readonly Dictionary<string, string> Details = new()
    {
        ["name"] = "港 花子", ["kana"] = "みなと はなこ", ["phone"] = "０９０-0000-0000", ["block"] = "5番12号 みなとハイツ201",
    };

    private static int s_homes;

    private readonly HttpClient _browser = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false, ConnectCallback = FromHome });

    /// <returns>True when the office has it, now or before; false when the page cannot be reached.</returns>
    public async Task<bool> Fill(Uri link, CancellationToken cancel)
    {
        try
        {
            using var page = await _browser.GetAsync(link, cancel);
            if (page.StatusCode is HttpStatusCode.Gone or HttpStatusCode.NotFound) return true; // sent before: the answer got lost, not the form
            if (!page.IsSuccessStatusCode) return false;
            var html = await page.Content.ReadAsStringAsync(cancel);
            var fields = Field().Matches(html).Select(m => m.Groups["name"].Value).Where(n => n != "remember").ToDictionary(n => n, n => Details.GetValueOrDefault(n, ""));
            fields["__RequestVerificationToken"] = Token().Match(html).Groups["token"].Value;
            using var content = new FormUrlEncodedContent(fields);
            using var answer = await _browser.PostAsync(link, content, cancel);
            return answer.IsSuccessStatusCode || answer.StatusCode is HttpStatusCode.Gone;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _browser.Dispose();

    // Residents call from many addresses, and the office limits each: on one machine every form has a loopback address of its own, where the system knows more than one.
    private static async ValueTask<Stream> FromHome(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (OperatingSystem.IsLinux() && IPAddress.TryParse(context.DnsEndPoint.Host, out var office) && office.Equals(IPAddress.Loopback))
            {
                var home = (uint)Interlocked.Increment(ref s_homes) % 250;
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + home)]), 0));
            }

            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [GeneratedRegex("""<input[^>]*\bname="(?<name>[^"]+)""")]
    private static partial Regex Field();

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}
