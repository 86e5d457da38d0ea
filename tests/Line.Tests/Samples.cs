using System.Text.Json;

namespace OrleansGov.Line.Tests;

/// <summary>Sample data: our own signed bodies lie beside the tests; LINE's SDK bodies are read from <c>../shared</c> when a checkout has it.</summary>
static class Samples
{
    public sealed record Vector(string Name, string ChannelSecret, string BodyBase64, string Signature, bool ExpectValid)
    {
        public byte[] Body => Convert.FromBase64String(BodyBase64);
    }

    public sealed record SignedBody(string File, string Class, string[] Events, string Signature);

    sealed record Index(string ChannelSecret, string Destination, SignedBody[] Items);

    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    static readonly string Own = Path.Combine(AppContext.BaseDirectory, "Signed");
    static readonly Index Signed = Read<Index>(Path.Combine(Own, "index.json"));

    /// <summary><c>shared/line/samples</c> beside the repository or one of its parents; null when there is none.</summary>
    public static string? Shared { get; } = Ancestors(AppContext.BaseDirectory).Select(d => Path.Combine(d, "shared", "line", "samples")).FirstOrDefault(Directory.Exists);

    public static string Secret => Signed.ChannelSecret;
    public static string Destination => Signed.Destination;
    public static IReadOnlyList<SignedBody> Bodies => Signed.Items;

    public static byte[] Bytes(string signedFile) => File.ReadAllBytes(Path.Combine(Own, signedFile));

    public static Vector[] OwnVectors() => Read<Vector[]>(Path.Combine(Own, "signatures.json"));

    public static Vector[] AllVectors() => Read<Vector[]>(Path.Combine(Need(), "signatures.json"));

    public static IEnumerable<string> SdkFiles(string folder) => Directory.EnumerateFiles(Path.Combine(Need(), folder), "*.json").Order(StringComparer.Ordinal);

    /// <summary>Skips the running test, saying why, when the SDK samples are not there.</summary>
    static string Need()
    {
        Assert.SkipWhen(Shared is null, "LINE's SDK samples are not part of this repository; expected beside it in ../shared/line/samples.");
        return Shared!;
    }

    static T Read<T>(string path) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Web)!;

    static IEnumerable<string> Ancestors(string? path)
    {
        for (; path is not null; path = Path.GetDirectoryName(path)) yield return path;
    }
}
