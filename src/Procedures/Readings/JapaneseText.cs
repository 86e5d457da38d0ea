namespace OrleansGov.Procedures;

/// <summary>Japanese text as people type it, brought to one form.</summary>
public static class JapaneseText
{
    /// <summary>The form for matching.</summary>
    public static string Fold(string text) => throw new NotImplementedException();

    /// <summary>The form for storing.</summary>
    public static string Clean(string text) => throw new NotImplementedException();

    public static int Graphemes(string text) => throw new NotImplementedException();

    public static string Cut(string text, int graphemes) => throw new NotImplementedException();

    public static bool IsKatakana(string text) => throw new NotImplementedException();

    public static bool IsHiragana(string text) => throw new NotImplementedException();

    public static string ToKatakana(string text) => throw new NotImplementedException();
}
