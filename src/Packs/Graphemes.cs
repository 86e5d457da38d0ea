using System.Globalization;

namespace OrleansGov.Packs;

/// <summary>Letters as people count them.</summary>
internal static class Graphemes
{
    public static int Count(string text) => new StringInfo(text).LengthInTextElements;
}
