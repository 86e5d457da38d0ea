using System.Security.Cryptography;

namespace OrleansGov.Line.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    const string OfEmptyObject = "3q8QXTAGaey18yL8FWTqdVlbMr6hcuNvM4tefa0o9nA="; // secret SECRET

    [Fact]
    public void Verify_OnOurVectors_DecidesAsExpected() => DecidesAsExpected(Samples.OwnVectors());

    [Fact]
    public void Verify_OnAll19PublishedVectors_DecidesAsExpected()
    {
        var vectors = Samples.AllVectors();
        Assert.Equal(19, vectors.Length);
        DecidesAsExpected(vectors);
    }

    [Fact]
    public void Verify_On68SignedBodies_SaysYes()
    {
        Assert.Equal(68, Samples.Bodies.Count);
        Assert.All(Samples.Bodies, b => Assert.True(WebhookSignature.Verify(Samples.Bytes(b.File), b.Signature, Samples.Secret), b.File));
        Assert.All(Samples.Bodies, b => Assert.False(WebhookSignature.Verify([.. Samples.Bytes(b.File), (byte)' '], b.Signature, Samples.Secret), b.File));
    }

    [Fact]
    public void Verify_WithCurrentAndNextSecret_AcceptsEither()
    {
        Assert.True(WebhookSignature.Verify("{}"u8, OfEmptyObject, "old", "SECRET"));
        Assert.True(WebhookSignature.Verify("{}"u8, OfEmptyObject, "SECRET", null));
        Assert.False(WebhookSignature.Verify("{}"u8, OfEmptyObject, "old", null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("3q8QXTAGaey18yL8FWTqdVlbMr6hcuNvM4tefa0o9nA")]
    [InlineData("3q8QXTAGaey18yL8FWTqdVlbMr6hcuNvM4tefa0o9nB=")] // the same 32 bytes to a lenient decoder
    [InlineData("3q8QXTAGaey18yL8FWTqdVlbMr6hcuNvM4tefa0o9ｎA=")]
    public void Verify_WithMissingOrOddHeader_SaysNo(string? header) => Assert.False(WebhookSignature.Verify("{}"u8, header, "SECRET"));

    [Fact]
    public void Verify_WithEmptySecret_SaysNo() =>
        Assert.False(WebhookSignature.Verify("{}"u8, Convert.ToBase64String(HMACSHA256.HashData([], "{}"u8)), ""));

    static void DecidesAsExpected(IReadOnlyCollection<Samples.Vector> vectors)
    {
        Assert.NotEmpty(vectors);
        Assert.All(vectors, v => Assert.Equal((v.Name, v.ExpectValid), (v.Name, WebhookSignature.Verify(v.Body, v.Signature, v.ChannelSecret))));
    }
}
