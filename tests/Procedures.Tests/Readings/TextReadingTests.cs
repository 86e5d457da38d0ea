namespace OrleansGov.Procedures;

public sealed class TextReadingTests
{
    private static readonly TextStep Line = new("note", "メモ", 2, 10, Multiline: false);

    [Fact]
    public void Read_CountsGraphemes() => Assert.Equal("👩‍👩‍👧👩‍👩‍👧", TextReading.Read(Line, "👩‍👩‍👧👩‍👩‍👧").Value);

    [Theory]
    [InlineData("", "入力")]
    [InlineData("あ", "2文字以上")]
    [InlineData("あいうえおかきくけこさ", "10文字まで")]
    public void Read_WhenTheLengthIsWrong_SaysSo(string words, string part) => Assert.Contains(part, TextReading.Read(Line, words).Why, StringComparison.Ordinal);

    [Fact]
    public void Read_OfAHugeText_DeclinesAtOnce() => Assert.Contains("10文字まで", TextReading.Read(Line, new string('漢', 1_000_000)).Why, StringComparison.Ordinal);

    [Fact]
    public void Read_Paragraph_KeepsLines() => Assert.Equal("あ\nい", TextReading.Read(Line with { Multiline = true }, "あ \r\nい").Value);

    [Theory]
    [InlineData("123456789018")]
    [InlineData("１２３４ ５６７８ ９０１８")]
    public void Read_OfAPersonalNumber_IsRefusedKindly(string words) =>
        Assert.Contains("マイナンバー", TextReading.Read(Line with { MaxLength = 50 }, words).Why, StringComparison.Ordinal);

    [Theory]
    [InlineData("katakana", "みなと", "ミナト")]
    [InlineData("hiragana", "みなと", "みなと")]
    [InlineData("ascii", "ＡＢ-1", "AB-1")]
    [InlineData("digits", "１２３", "123")]
    [InlineData("katakana", "港区", null)]
    [InlineData("hiragana", "ミナト", null)]
    [InlineData("ascii", "港AB", null)]
    [InlineData("digits", "12a", null)]
    public void Read_AsksForItsCharacters(string characters, string words, string? expected) =>
        Assert.Equal(expected, TextReading.Read(Line with { Characters = characters }, words).Value);

    [Theory]
    [InlineData("AB-12", true)]
    [InlineData("xAB-12", false)]
    [InlineData("AB-12\nx", false)]
    public void Read_WithAPattern_MatchesTheWholeText(string words, bool expected)
    {
        var read = TextReading.Read(Line with { Pattern = "[A-Z]{2}-[0-9]+", PatternHint = "例：AB-12" }, words);
        Assert.Equal(expected, read.Value is not null);
        Assert.Equal(expected ? null : "例：AB-12", read.Why);
    }

    [Fact]
    public void Read_WithAnEvilPattern_StaysQuick() =>
        Assert.NotNull(TextReading.Read(Line with { MaxLength = 5000, Pattern = "(a+)+" }, new string('a', 4000) + "!").Why);

    [Theory]
    [InlineData("[0-9]{3}", true)]
    [InlineData("(a+)+", true)]
    [InlineData("(?=a)b", false)]
    [InlineData(@"(a)\1", false)]
    [InlineData("[", false)]
    [InlineData("(a{1,9}){1,9}", false)]
    public void PatternFault_NamesWhatTheEngineRefuses(string pattern, bool allowed) => Assert.Equal(allowed, TextReading.PatternFault(pattern) is null);

    [Fact]
    public void Read_OfAnything_GivesAValueOrAReason() => AnyText.Check(text =>
        new[] { Line, Line with { Multiline = true }, Line with { Characters = "katakana" } }.Select(step => TextReading.Read(step, text)).All(read => (read.Value is null) != (read.Why is null)));
}
