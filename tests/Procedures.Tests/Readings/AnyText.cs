using FsCheck;
using FsCheck.Fluent;

namespace OrleansGov.Procedures;

/// <summary>Strings that Japanese phones and hostile clients send: kana in all widths, dashes, digits, marks, emoji, joiners, lone surrogates.</summary>
public static class AnyText
{
    private static readonly string[] Pieces =
    [
        "あ", "か", "が", "ア", "ｱ", "ｶﾞ", "ﾊﾟ", "゛", "゜", "ー", "ｰ", "-", "‐", "〜", "ソファ", "机", "三", "十", "百", "万", "１", "2", "0", "１２３４", "月", "日", "令和", "元", "年", "/", "個", "つ",
        " ", "　", "\t", "\n", "\0", "（", ")", "、", "!", "A", "ｂ", "é", "e\u0301", "\u0301", "\u3099", "\uFE0F", "葛\U000E0100", "👍", "👍🏽", "👩‍👩‍👧", "🇯🇵", "①", "㍻", "㈱", "İ", "ß", "ﷺ",
        "\u200B", "\u200D", "\u202E", "\uFEFF", "\uFFFE", "\uFFFF", "\uD83D", "\uDE00", "\uE000", "丁目", "みなと町", "〒", "@", "key", "'", "(", "and", "in", "==", "{", "}",
    ];

    public static Arbitrary<string> Text { get; } = ArbMap.Default.GeneratorFor<char>() is var chars
        ? Gen.OneOf(Gen.Elements(Pieces), Gen.Select(chars, c => c.ToString())).ArrayOf().Select(string.Concat).ToArbitrary()
        : throw new InvalidOperationException("FsCheck has no characters.");

    public static void Check(Func<string, bool> property) =>
        Prop.ForAll(Text, property).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
}
