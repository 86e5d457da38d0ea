using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Bench;

/// <summary>What the door does with a body before it reaches a resident.</summary>
public class DoorBench
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""
        {"destination":"U00000000000000000000000000000001","events":[{"type":"message","mode":"active","timestamp":1795485600000,"webhookEventId":"01KAEXAMPLE0000000000000000",
        "deliveryContext":{"isRedelivery":false},"source":{"type":"user","userId":"U4af4980629000000000000000000000"},"replyToken":"nHuyWiB7yP5Zw52FIkcQobQuGDXCTA",
        "message":{"type":"text","id":"444573844083572737","quoteToken":"q3Plxr4AgKd","text":"粗大ごみを出したいのですが"}}]}
        """);

    private static readonly string Signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Body));
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Benchmark]
    public bool Verify() => WebhookSignature.Verify(Body, Signature, Secret, null);

    [Benchmark]
    public WebhookReading Parse() => WebhookParser.Parse(Body);

    [Benchmark]
    public string Pseudonym() => ResidentKey.For("minatodai", "U4af4980629000000000000000000000", Key);
}
