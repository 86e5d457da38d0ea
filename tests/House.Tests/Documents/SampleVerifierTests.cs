using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansGov.Gateways;

namespace OrleansGov.House.Tests.Documents;

/// <summary>The receiver's check in docs/api.md does what the page says: it is what integrators copy.</summary>
public sealed partial class SampleVerifierTests
{
    private const string Body = """{"type":"handoff.initiated"}""";
    private const long Now = 1_800_000_000;

    [Fact]
    public async Task Sample_BelievesWhatWeSignAndNothingElse()
    {
        var (secret, old) = (HookSignature.MakeSecret(), HookSignature.MakeSecret());
        var bytes = System.Text.Encoding.UTF8.GetBytes(Body);
        var both = HookSignature.Sign("msg_1", Now, bytes, secret, old);
        (string Secret, string Id, long Timestamp, string Signature, string Body, bool Expected)[] cases =
        [
            (secret, "msg_1", Now, HookSignature.Sign("msg_1", Now, bytes, secret), Body, true),
            (secret, "msg_1", Now, both, Body, true),
            (old, "msg_1", Now, both, Body, true),
            (HookSignature.MakeSecret(), "msg_1", Now, both, Body, false),
            (secret, "msg_2", Now, both, Body, false),
            (secret, "msg_1", Now - 1, both, Body, false),
            (secret, "msg_1", Now, both, Body.Replace("initiated", "completed", StringComparison.Ordinal), false),
            (secret, "msg_1", Now - 301, HookSignature.Sign("msg_1", Now - 301, bytes, secret), Body, false),
            (secret, "msg_1", Now - 299, HookSignature.Sign("msg_1", Now - 299, bytes, secret), Body, true),
        ];
        var asked = cases.Select(c => $"verify({Text(c.Secret)}, {{'webhook-id': {Text(c.Id)}, 'webhook-timestamp': '{c.Timestamp}', 'webhook-signature': {Text(c.Signature)}}}, {Text(c.Body)}, {Now})");
        var sample = Sample().Match(await File.ReadAllTextAsync(Repository.File("docs", "api.md"), TestContext.Current.CancellationToken)).Groups[1].Value;

        var start = new ProcessStartInfo("node", ["-e", $"{sample}\nconsole.log(JSON.stringify([{string.Join(", ", asked)}]))"]) { RedirectStandardOutput = true };
        Process node;
        try
        {
            node = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node.js is missing, so the sample verifier of docs/api.md does not run");
            return;
        }

        using (node) Assert.Equal(cases.Select(c => c.Expected), JsonSerializer.Deserialize<bool[]>(await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)));
    }

    private static string Text(string text) => JsonSerializer.Serialize(text);

    [GeneratedRegex("```js\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();
}
