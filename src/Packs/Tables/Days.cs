using System.Globalization;
using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs.Tables;

/// <summary>Days as officers write them: <c>2026-12-29</c>, or <c>2026-12-29..2027-01-03</c> for a stretch.</summary>
internal static class Days
{
    private const int LongestStretch = 62;

    public static ImmutableHashSet<DateOnly> Read(Section section, string key)
    {
        var days = ImmutableHashSet.CreateBuilder<DateOnly>();
        foreach (var (text, line) in section.Texts(key))
        {
            var ends = text.Split("..");
            if (ends.Length > 2 || Day(ends[0]) is not { } first || Day(ends[^1]) is not { } last)
                section.Problems.At(line, $"「{text}」は日付として読めません。", "2026-12-29 か 2026-12-29..2027-01-03 の形で、実際にある日を書いてください。");
            else if (last < first || last.DayNumber - first.DayNumber > LongestStretch)
                section.Problems.At(line, $"「{text}」の期間が正しくありません。", $"始まりを先に書き、{LongestStretch}日までにしてください。");
            else
                for (var day = first; day <= last; day = day.AddDays(1)) days.Add(day);
        }
        return days.ToImmutable();
    }

    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200 ? day : null;
}
