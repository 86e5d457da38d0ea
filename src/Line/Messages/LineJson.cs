using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>JSON for LINE's servers only: Japanese stays Japanese, three bytes instead of six, which matters for LINE's 30 KB and 50 KB.</summary>
static class LineJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static string Text(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(Bytes(write));

    /// <summary>A text LINE will take: well-formed, without NUL; blank becomes <paramref name="instead"/>, for LINE refuses empty texts.</summary>
    public static string Solid(this string? text, string instead = "…") =>
        string.IsNullOrWhiteSpace(text) ? instead : text.Replace('\0', ' ').WellFormed() is var solid && !string.IsNullOrWhiteSpace(solid) ? solid : instead;

    /// <summary>At most <paramref name="graphemes"/>, and never a grapheme so long (heaps of combining marks) that it breaks a byte limit.</summary>
    public static string Fit(this string text, int graphemes) => text.CutGraphemes(graphemes).CutUnits(Math.Min(graphemes * 16, 1000));
}
