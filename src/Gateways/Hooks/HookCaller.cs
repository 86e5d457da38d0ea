using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Reflection;

namespace OrleansGov.Gateways;

/// <summary>
/// Calls the webhooks of integrators. The name is looked up here, every address it has is judged, and the connection goes to one that was judged:
/// a name that changes its mind between the two gains nothing. No redirects, no proxy, five seconds, and of the answer only its status is read.
/// </summary>
public sealed class HookCaller : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly ProductInfoHeaderValue Product = new("OrleansGov-Webhooks", typeof(HookCaller).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "1.0");

    private readonly HttpClient _client;
    private readonly bool _allowLoopback;

    /// <param name="allowLoopback">For development only.</param>
    /// <param name="resolve">Addresses of a name; null = DNS.</param>
    public HookCaller(bool allowLoopback = false, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _allowLoopback = allowLoopback;
        resolve ??= Dns.GetHostAddressesAsync;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = Patience, MaxResponseHeadersLength = 16, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, cancel) => ConnectAsync(context.DnsEndPoint, resolve, cancel),
        }) { Timeout = Patience };
    }

    /// <summary>Why a URL may not be called, as far as it shows before its name is looked up; null = it may.</summary>
    public AddressFault? Check(Uri url) => OutsideAddress.Check(url, _allowLoopback);

    /// <summary>One attempt.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <param name="secrets">See <see cref="HookSignature.Sign"/>.</param>
    public async Task<HookAnswer> PostAsync(Uri url, string id, long timestamp, byte[] body, IEnumerable<string> secrets, CancellationToken cancel)
    {
        if (Check(url) is not null) return new(null, HookFault.ForbiddenAddress);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.Add(Product);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", HookSignature.Sign(id, timestamp, body, secrets));
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return new((int)answer.StatusCode, null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, HookFault.TimedOut);
        }
        catch (HttpRequestException e)
        {
            return new(null, e.InnerException is ForbiddenAddressException ? HookFault.ForbiddenAddress
                : e.HttpRequestError == HttpRequestError.SecureConnectionError ? HookFault.Tls : HookFault.Unreachable);
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint to, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(to.Host.Trim('[', ']'), out var literal) ? [literal] : await resolve(to.Host, cancel);
        // one address of ours among them is enough to refuse: whoever set the name up meant us
        if (addresses.Length == 0 || !addresses.All(a => OutsideAddress.IsPublic(a) || (_allowLoopback && IPAddress.IsLoopback(a)))) throw new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class ForbiddenAddressException : Exception;
}

/// <summary>What came of an attempt.</summary>
/// <param name="Status">HTTP status; null = there was no answer.</param>
public sealed record HookAnswer(int? Status, HookFault? Fault)
{
    /// <summary>2xx alone.</summary>
    public bool IsTaken => Status is >= 200 and < 300;
}

public enum HookFault { TimedOut, Unreachable, Tls, ForbiddenAddress }
