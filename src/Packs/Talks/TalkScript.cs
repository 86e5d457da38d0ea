using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansGov.Packs.Talks;

/// <summary>A whole conversation with the expected answers, as a pack's <c>talks/*.talk</c> writes it (docs/packs.md).</summary>
public sealed record TalkScript(string File, ImmutableList<TalkLine> Lines)
{
    private const int MostLines = 500;

    /// <summary>Lines that cannot be read are reported and left out.</summary>
    internal static TalkScript Parse(string file, string text, FileProblems problems)
    {
        var lines = ImmutableList.CreateBuilder<TalkLine>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n').Take(MostLines + 1))
        {
            number++;
            var line = raw.TrimEnd('\r').Trim();
            if (number > MostLines) problems.At(number, $"会話が長すぎます（{MostLines}行まで）。", "ファイルを分けてください。");
            else if (line.Length > 0 && line[0] != '#' && TalkLineReader.Read(number, line, problems) is { } read) lines.Add(read);
        }
        if (!lines.Any(l => l is TalkLine.Heard or TalkLine.Tap or TalkLine.Form))
            problems.At(0, "会話に住民の言葉が1つもありません。", "「> 粗大ごみ」のような行を書いてください。");
        return new TalkScript(file, lines.ToImmutable());
    }
}

/// <summary>One line of a talk.</summary>
/// <param name="Number">1-based.</param>
public abstract record TalkLine(int Number)
{
    /// <summary><c>&gt; words</c>, <c>&gt; (写真)</c>, <c>&gt; (スタンプ)</c>, <c>&gt; (位置 35.1,139.2)</c>.</summary>
    public sealed record Heard(int Number, InboundMessage Message) : TalkLine(Number);

    /// <summary><c>&gt; [label]</c>: taps the choice with that label.</summary>
    public sealed record Tap(int Number, string Label) : TalkLine(Number);

    /// <summary><c>&gt; (フォーム name=…, …)</c>: fills the one-time form.</summary>
    public sealed record Form(int Number, ImmutableSortedDictionary<string, string> Fields) : TalkLine(Number);

    /// <summary><c>&lt; text</c>: what was said contains it.</summary>
    public sealed record Says(int Number, string Text) : TalkLine(Number);

    /// <summary><c>&lt;! text</c>: what was said does not contain it.</summary>
    public sealed record SaysNot(int Number, string Text) : TalkLine(Number);

    /// <summary><c>&lt;[label]</c>: the choice is offered.</summary>
    public sealed record Offers(int Number, string Label) : TalkLine(Number);

    /// <summary><c>@now</c>: the clock stands here from now on.</summary>
    public sealed record Now(int Number, DateTimeOffset At) : TalkLine(Number);

    /// <summary><c>@full</c>: that day has no places from now on.</summary>
    public sealed record Full(int Number, DateOnly Day) : TalkLine(Number);

    /// <summary><c>@lost</c>: the held place is gone at the next submit.</summary>
    public sealed record Lost(int Number) : TalkLine(Number);

    /// <summary><c>@mode talk|form</c>: where personal details are asked.</summary>
    public sealed record Mode(int Number, bool InTalk) : TalkLine(Number);
}

/// <summary>Reads one line of a talk.</summary>
internal static partial class TalkLineReader
{
    /// <summary>Huge texts without huge files: <c>(あ×6000)</c>.</summary>
    private const int LongestRepeat = 10_000;

    public static TalkLine? Read(int number, string line, FileProblems problems)
    {
        var read = line switch
        {
            ['>', .. var said] => Said(number, said.Trim()),
            ['<', '!', .. var not] when not.Trim().Length > 0 => new TalkLine.SaysNot(number, not.Trim()),
            ['<', .. var heard] when Bracketed(heard.Trim()) is { } label => new TalkLine.Offers(number, label),
            ['<', .. var heard] when heard.Trim().Length > 0 => new TalkLine.Says(number, heard.Trim()),
            ['@', .. var order] => Order(number, order),
            _ => null,
        };
        if (read is null)
            problems.At(number, $"会話の行「{(line.Length <= 40 ? line : line[..40] + "…")}」は読めません。", "「> 住民の言葉」「> [ボタン]」「< 役所の言葉」「<[ボタン]」「@now 2026-11-24T10:00+09:00」のどれかの形にしてください。");
        return read;
    }

    private static TalkLine? Said(int number, string said)
    {
        if (Bracketed(said) is { } label) return new TalkLine.Tap(number, label);
        if (said is "(写真)" or "（写真）") return new TalkLine.Heard(number, new InboundMessage.Photo($"photo-{number}"));
        if (said is "(スタンプ)" or "（スタンプ）") return new TalkLine.Heard(number, new InboundMessage.Sticker("1", "1"));
        if (Place().Match(said) is { Success: true } place
            && double.TryParse(place.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            && double.TryParse(place.Groups[2].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude))
            return new TalkLine.Heard(number, new InboundMessage.Location(latitude, longitude));
        if (Form().Match(said) is { Success: true } form) return Fields(number, form.Groups[1].Value);
        if (Repeat().Match(said) is { Success: true } repeat
            && int.TryParse(repeat.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times <= LongestRepeat)
            return new TalkLine.Heard(number, new InboundMessage.Text(string.Concat(Enumerable.Repeat(repeat.Groups[1].Value, times)), $"text-{number}"));
        return said.Length == 0 ? null : new TalkLine.Heard(number, new InboundMessage.Text(said, $"text-{number}"));
    }

    private static TalkLine.Form? Fields(int number, string text)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split([',', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !fields.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim())) return null;
        }
        return new TalkLine.Form(number, fields.ToImmutable());
    }

    private static TalkLine? Order(int number, string order)
    {
        var parts = order.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["now", var at] when DateTimeOffset.TryParseExact(at, ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var now)
                => new TalkLine.Now(number, now),
            ["full", var day] when Tables.Days.Day(day) is { } full => new TalkLine.Full(number, full),
            ["lost"] => new TalkLine.Lost(number),
            ["mode", "talk"] => new TalkLine.Mode(number, true),
            ["mode", "form"] => new TalkLine.Mode(number, false),
            _ => null,
        };
    }

    private static string? Bracketed(string text) => text is ['[', .. var label, ']'] && label.Trim().Length > 0 ? label.Trim() : null;

    [GeneratedRegex(@"^[(（]位置 *([0-9.]+) *[,、] *([0-9.]+)[)）]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"^[(（]フォーム(.*)[)）]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[(（](.+)×([0-9]{1,5})[)）]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Repeat();
}
