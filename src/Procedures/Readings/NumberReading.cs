using System.Text.RegularExpressions;

namespace OrleansGov.Procedures;

/// <summary>Whole numbers as people type them: 3, ３, 三, 百二十, 1,000, 3個, ふたつ, 2点です.</summary>
public static partial class NumberReading
{
    /// <summary>Counters a number may carry without changing its meaning. Not 時, 日, 月, 年, 分: those say something else.</summary>
    internal const string Counters = "個|コ|こ|ヶ|ケ|ケ所|つ|点|枚|台|本|脚|人|名|通|部|件|回|匹|頭|袋|箱|束|冊|組|セット|せっと|足|着|基|棹|さお|円|歳|才|世帯|口|種類";

    private static readonly Dictionary<string, int> Spoken = new()
    {
        ["ひとつ"] = 1, ["ふたつ"] = 2, ["みっつ"] = 3, ["よっつ"] = 4, ["いつつ"] = 5, ["むっつ"] = 6, ["ななつ"] = 7, ["やっつ"] = 8, ["ここのつ"] = 9, ["とお"] = 10,
        ["ひとり"] = 1, ["ふたり"] = 2, ["いっこ"] = 1, ["にこ"] = 2, ["さんこ"] = 3, ["よんこ"] = 4, ["ごこ"] = 5,
        ["いち"] = 1, ["に"] = 2, ["さん"] = 3, ["よん"] = 4, ["ご"] = 5, ["ろく"] = 6, ["なな"] = 7, ["はち"] = 8, ["きゅう"] = 9, ["じゅう"] = 10,
    };

    [GeneratedRegex("^(?<minus>[-−])?(?<number>[0-9]{1,3}(?:,[0-9]{3})+|[" + JapaneseNumerals.Characters + "]+) *(?<counter>" + Counters + ")?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form { get; }

    [GeneratedRegex(" *(?:です|で|でいいです|でお願いします|でおねがいします|お願いします|おねがいします|お願い|ください|下さい|だけ)?[。.!、]*$")]
    private static partial Regex Politeness { get; }

    /// <summary>Reads the whole of <paramref name="words"/>; false when it says anything besides one whole number.</summary>
    public static bool TryRead(string words, out int value) => TryRead(words, "", out value);

    /// <summary>Reads the whole of <paramref name="words"/>.</summary>
    /// <param name="unit">The unit of the question (<see cref="NumberStep.Unit"/>), accepted behind the number too; may be empty.</param>
    public static bool TryRead(string words, string unit, out int value)
    {
        value = 0;
        // No number is longer; and what follows is not made for novels.
        if (words.Length > 60) return false;
        var plain = Politeness.Replace(JapaneseText.Clean(words), "", 1);
        if (Read(plain, out value)) return true;
        var cleanUnit = JapaneseText.Clean(unit);
        return cleanUnit.Length > 0 && plain.EndsWith(cleanUnit, StringComparison.Ordinal) && Read(plain[..^cleanUnit.Length].TrimEnd(), out value);
    }

    private static bool Read(string plain, out int value)
    {
        if (Spoken.TryGetValue(JapaneseText.Fold(plain), out value)) return true;
        var form = Form.Match(plain);
        if (!form.Success || !JapaneseNumerals.TryRead(form.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal), out value)) return false;
        if (form.Groups["minus"].Success) value = -value;
        return true;
    }
}
