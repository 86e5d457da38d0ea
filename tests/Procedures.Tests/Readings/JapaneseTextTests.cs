using System.Globalization;

namespace OrleansGov.Procedures;

public sealed class JapaneseTextTests
{
    [Theory]
    [InlineData("ソファ", "ｿﾌｧ")]
    [InlineData("ベッド", "べっど")]
    [InlineData("粗大ごみ", " 粗大　ゴミ！ ")]
    [InlineData("はい", "はい😊。")]
    [InlineData("ABC123", "ａｂｃ１２３")]
    [InlineData("ソファー", "ソファ－")]
    [InlineData("ソファー", "ソファ〜")]
    [InlineData("がっこう", "か゛っこう")]
    [InlineData("ソファ（2人掛け）", "ソファ2人掛け")]
    public void Fold_WhenOnlyTheSpellingDiffers_IsTheSame(string one, string other) =>
        Assert.Equal(JapaneseText.Fold(one), JapaneseText.Fold(other));

    [Fact]
    public void Fold_OfAnything_IsStable() => AnyText.Check(text => JapaneseText.Fold(JapaneseText.Fold(text)) == JapaneseText.Fold(text));

    [Theory]
    [InlineData("  ﾐﾅﾄ　 花子\u200B ", "ミナト 花子")]
    [InlineData("a\u202Eb\u0000c\r\nd", "abc d")]
    [InlineData("葛\U000E0100城", "葛\U000E0100城")]
    [InlineData("👩‍👧", "👩‍👧")]
    [InlineData("ㅤ", "")]
    public void Clean_KeepsWhatPeopleSee(string typed, string expected) => Assert.Equal(expected, JapaneseText.Clean(typed));

    [Fact]
    public void LoneSurrogates_AreDroppedOrCountedButNeverThrow()
    {
        Assert.Equal("ab", JapaneseText.Clean("a\uD83Db"));
        Assert.Equal("ab", JapaneseText.Fold("a\uDE00\uFFFEb"));
        Assert.Equal(2, JapaneseText.Graphemes("\uD83D\uD83D"));
    }

    [Fact]
    public void Clean_OfAPileOfMarks_KeepsAFew() => Assert.InRange(JapaneseText.Clean("a" + new string('\u0335', 3000)).Length, 1, 10);

    [Fact]
    public void Clean_OfAnything_HoldsNoControlCharactersAndNoDoubleSpaces() =>
        AnyText.Check(text => JapaneseText.Clean(text) is var clean && clean == clean.Trim() && !clean.Contains("  ") && !clean.Any(char.IsControl)
            && !clean.Contains('\u202E') && clean.IsNormalized());

    [Fact]
    public void CleanLines_KeepsLinesAndOneEmptyLineBetween() =>
        Assert.Equal("あ\n\nい\nう", JapaneseText.CleanLines("\n あ \r\n\r\n\n\nい\nう\n\n"));

    [Theory]
    [InlineData("", 0)]
    [InlineData("が", 1)]
    [InlineData("か\u3099", 1)]
    [InlineData("👩‍👩‍👧🇯🇵", 2)]
    public void Graphemes_CountsWhatPeopleCount(string text, int expected) => Assert.Equal(expected, JapaneseText.Graphemes(text));

    [Theory]
    [InlineData("みなと台市", 5, "みなと台市")]
    [InlineData("みなと台市", 4, "みなと…")]
    [InlineData("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2, "👩‍👩‍👧…")]
    [InlineData("あい", 1, "…")]
    [InlineData("あい", 0, "")]
    public void Cut_ShortensByGraphemes(string text, int graphemes, string expected) => Assert.Equal(expected, JapaneseText.Cut(text, graphemes));

    [Fact]
    public void Cut_OfAnything_NeverExceedsNorSplitsAGrapheme() => AnyText.Check(text =>
    {
        var starts = StringInfo.ParseCombiningCharacters(text).Append(text.Length).ToHashSet();
        return Enumerable.Range(0, 12).All(n =>
        {
            var cut = JapaneseText.Cut(text, n);
            var kept = cut == text ? text.Length : Math.Max(cut.Length - 1, 0);
            return JapaneseText.Graphemes(cut) <= n && text.StartsWith(cut[..Math.Min(kept, cut.Length)], StringComparison.Ordinal) && starts.Contains(kept);
        });
    });

    [Theory]
    [InlineData("ミナト　ハナコ", true)]
    [InlineData("ミナトー・ヴ", true)]
    [InlineData("みなと", false)]
    [InlineData("ー", false)]
    [InlineData("", false)]
    public void IsKatakana_AsksForFullWidthKatakana(string text, bool expected) => Assert.Equal(expected, JapaneseText.IsKatakana(text));

    [Theory]
    [InlineData("みなと　はなこ", "ミナト ハナコ")]
    [InlineData("ﾐﾅﾄ ﾊﾟﾝﾀﾞ", "ミナト パンダ")]
    public void ToKatakana_ReadsEveryKana(string typed, string expected) => Assert.Equal(expected, JapaneseText.ToKatakana(typed));

    [Fact]
    public void ToKatakana_OfAnything_LeavesNoHiragana() => AnyText.Check(text => !JapaneseText.ToKatakana(text).Any(c => c is >= 'ぁ' and <= 'ゖ'));
}
