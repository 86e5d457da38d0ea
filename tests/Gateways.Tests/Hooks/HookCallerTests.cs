using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansGov.Gateways;

namespace OrleansGov.Gateways.Tests.Hooks;

/// <summary>What an integrator's server sees, and what a hostile one cannot get.</summary>
public sealed class HookCallerTests
{
    private static readonly byte[] Body = """{"type":"webhook.test"}"""u8.ToArray();

    /// <summary>Values of the standard's own libraries.</summary>
    [Fact]
    public void Sign_IsStandardWebhooks() => Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", HookSignature.Sign(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    [Fact]
    public void MakeSecret_IsLongEnoughAndNew()
    {
        var secret = HookSignature.MakeSecret();
        Assert.InRange(Convert.FromBase64String(secret["whsec_".Length..]).Length, 24, 64);
        Assert.NotEqual(secret, HookSignature.MakeSecret());
    }

    [Fact]
    public async Task Post_DuringARotation_CarriesBothSignatures()
    {
        using var server = new OneAnswer("HTTP/1.1 204 No Content\r\n\r\n");
        using var caller = new HookCaller(allowLoopback: true);
        string[] secrets = [HookSignature.MakeSecret(), HookSignature.MakeSecret()];

        var answer = await caller.PostAsync(server.Url, "msg_1", 1700000000, Body, secrets, TestContext.Current.CancellationToken);

        Assert.True(answer.IsTaken);
        var seen = await server.Seen;
        Assert.Contains("webhook-id: msg_1\r\n", seen, StringComparison.Ordinal);
        Assert.Contains("webhook-timestamp: 1700000000\r\n", seen, StringComparison.Ordinal);
        Assert.Contains($"webhook-signature: {HookSignature.Sign("msg_1", 1700000000, Body, secrets[0])} {HookSignature.Sign("msg_1", 1700000000, Body, secrets[1])}\r\n", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ToAServerThatRedirects_DoesNotFollow()
    {
        using var secret = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var server = new OneAnswer($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {secret.Url}\r\nContent-Length: 0\r\n\r\n");
        using var caller = new HookCaller(allowLoopback: true);

        var answer = await caller.PostAsync(server.Url, "msg_1", 1700000000, Body, [HookSignature.MakeSecret()], TestContext.Current.CancellationToken);

        Assert.Equal((307, false), (answer.Status, answer.IsTaken));
        Assert.False(secret.WasCalled);
    }

    [Fact]
    public async Task Post_ToANameThatLeadsInside_IsRefused()
    {
        using var server = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        foreach (IPAddress[] addresses in (IPAddress[][])[[IPAddress.Loopback], [IPAddress.Parse("8.8.8.8"), IPAddress.Parse("10.0.0.1")], [IPAddress.Parse("::ffff:169.254.169.254")], []])
        {
            using var caller = new HookCaller(resolve: (_, _) => Task.FromResult(addresses));
            var answer = await caller.PostAsync(new($"https://hooks.example.jp:{server.Url.Port}/"), "msg_1", 1700000000, Body, [HookSignature.MakeSecret()], TestContext.Current.CancellationToken);
            Assert.Equal(HookFault.ForbiddenAddress, answer.Fault);
        }

        Assert.False(server.WasCalled);
    }

    /// <summary>A name that was public when the endpoint was entered and leads inside when it is called: judged is what is connected to.</summary>
    [Fact]
    public async Task Post_ToANameThatChangesItsMind_IsJudgedAtEachConnection()
    {
        using var server = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var lookedUp = 0;
        using var caller = new HookCaller(resolve: (_, _) => Task.FromResult<IPAddress[]>(++lookedUp > 0 ? [IPAddress.Loopback] : [IPAddress.Parse("8.8.8.8")]));
        Assert.Null(caller.Check(new("https://rebind.example.jp/")));

        var answer = await caller.PostAsync(new($"https://rebind.example.jp:{server.Url.Port}/"), "msg_1", 1700000000, Body, [HookSignature.MakeSecret()], TestContext.Current.CancellationToken);

        Assert.Equal((HookFault.ForbiddenAddress, 1), (answer.Fault, lookedUp));
        Assert.False(server.WasCalled);
    }

    [Fact]
    public async Task Post_ToAnAddressInside_IsRefusedWithoutACall()
    {
        using var server = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var caller = new HookCaller();
        Assert.Equal(HookFault.ForbiddenAddress, (await caller.PostAsync(server.Url, "msg_1", 1700000000, Body, [HookSignature.MakeSecret()], TestContext.Current.CancellationToken)).Fault);
        Assert.False(server.WasCalled);
    }

    [Fact]
    public async Task Post_WhereNobodyIs_SaysSo()
    {
        using var gone = new OneAnswer("");
        gone.Dispose();
        using var caller = new HookCaller(allowLoopback: true);
        Assert.Equal(HookFault.Unreachable, (await caller.PostAsync(gone.Url, "msg_1", 1700000000, Body, [HookSignature.MakeSecret()], TestContext.Current.CancellationToken)).Fault);
    }

    /// <summary>A server that answers one request with given bytes.</summary>
    private sealed class OneAnswer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public OneAnswer(string answer)
        {
            _listener.Start();
            Seen = Serve(answer);
        }

        public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook");

        public Task<string> Seen { get; }

        public bool WasCalled => Seen.IsCompletedSuccessfully;

        public void Dispose() => _listener.Stop();

        private async Task<string> Serve(string answer)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            var bytes = new byte[8192];
            var seen = 0;
            do seen += await stream.ReadAsync(bytes.AsMemory(seen));
            while (!Encoding.UTF8.GetString(bytes, 0, seen).Contains('}', StringComparison.Ordinal));
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            return Encoding.UTF8.GetString(bytes, 0, seen);
        }
    }
}
