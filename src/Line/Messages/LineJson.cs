using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>JSON for LINE's servers only: Japanese stays Japanese, three bytes instead of six, which matters for LINE's 30 KB and 50 KB.</summary>
static class LineJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    const int KeptBuffer = 64 * 1024;

    // One per thread and used again: growing a new buffer for every message asked for more memory than the message itself.
    [ThreadStatic]
    static ArrayBufferWriter<byte>? idle;

    public static byte[] Bytes(Action<Utf8JsonWriter> write) => Written(write, static written => written.ToArray());

    public static string Text(Action<Utf8JsonWriter> write) => Written(write, Encoding.UTF8.GetString);

    static T Written<T>(Action<Utf8JsonWriter> write, Func<ReadOnlySpan<byte>, T> take)
    {
        var buffer = idle ?? new(4096);
        idle = null; // a writer inside a writer takes a buffer of its own
        using (var writer = new Utf8JsonWriter(buffer, Options)) write(writer);
        var taken = take(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= KeptBuffer) idle = buffer;
        return taken;
    }

    /// <summary>A text LINE will take: well-formed, without NUL; blank becomes <paramref name="instead"/>, for LINE refuses empty texts.</summary>
    public static string Solid(this string? text, string instead = "…") =>
        string.IsNullOrWhiteSpace(text) ? instead : text.Replace('\0', ' ').WellFormed() is var solid && !string.IsNullOrWhiteSpace(solid) ? solid : instead;

    /// <summary>At most <paramref name="graphemes"/>, and never a grapheme so long (heaps of combining marks) that it breaks a byte limit.</summary>
    public static string Fit(this string text, int graphemes) => text.CutGraphemes(graphemes).CutUnits(Math.Min(graphemes * 16, 1000));
}
