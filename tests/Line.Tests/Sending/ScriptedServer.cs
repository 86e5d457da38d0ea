using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansGov.Line.Tests.Sending;

/// <summary>A real HTTP server of a few lines, able to do what well-behaved ones cannot: hang up, dawdle, break off.</summary>
sealed class ScriptedServer : IAsyncDisposable
{
    public sealed record Request(string Method, string Path, Dictionary<string, string> Headers, byte[] Body)
    {
        public string Text => Encoding.UTF8.GetString(Body);
    }

    /// <summary>What is written back; null = hang up without a word.</summary>
    public Func<Request, Task<string?>> Answer { get; set; } = _ => Task.FromResult<string?>(Response(200, "{}"));

    public ConcurrentQueue<Request> Requests { get; } = new();

    public Uri Url { get; }

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly Task accepting;

    public ScriptedServer()
    {
        listener.Start();
        Url = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public static string Response(int status, string body, params string[] headers) =>
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nX-Line-Request-Id: req-{status}\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n{body}";

    public void Always(int status, string body = "{}", params string[] headers) => Answer = _ => Task.FromResult<string?>(Response(status, body, headers));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // stopped
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using (client)
            try
            {
                var stream = client.GetStream();
                var request = await ReadAsync(stream);
                Requests.Enqueue(request);
                if (await Answer(request) is { } answer) await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or InvalidDataException)
            {
                // the client went away, or never spoke HTTP
            }
    }

    async Task<Request> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0 || head.Count == 0 && one[0] < 'A') throw new InvalidDataException();
            head.Add(one[0]);
        }
        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, stop.Token);
        var first = lines[0].Split(' ');
        return new(first[0], first[1], headers, body);
    }
}
