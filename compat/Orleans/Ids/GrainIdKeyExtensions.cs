using System.Globalization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>Integer keys are upper-case hexadecimal, GUID keys 32 hexadecimal digits.</summary>
public static class GrainIdKeyExtensions
{
    /// <summary>The key of an integer.</summary>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>The key of a GUID.</summary>
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    /// <summary>Reads an integer key and what follows a '+', if anything.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        return long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);
    }

    /// <summary>Reads an integer key.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static long GetIntegerKey(this GrainId grainId) =>
        grainId.TryGetIntegerKey(out var key, out _)
            ? key
            : throw new ArgumentException($"Value \"{grainId}\" is not in the correct format for an Integer key.", nameof(grainId));

    /// <summary>Reads a GUID key and what follows a '+', if anything.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt) => Guid.TryParseExact(Split(grainId, out keyExt), "N", out key);

    /// <summary>Reads a GUID key.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static Guid GetGuidKey(this GrainId grainId) =>
        grainId.TryGetGuidKey(out var key, out _)
            ? key
            : throw new ArgumentException($"Value \"{grainId}\" is not in the correct format for a Guid key.", nameof(grainId));

    private static string Split(GrainId grainId, out string? extension)
    {
        var text = Encoding.UTF8.GetString(grainId.Key.AsSpan());
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        extension = plus < 0 ? null : text[(plus + 1)..];
        return plus < 0 ? text : text[..plus];
    }
}
