using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansGov.LocalLine.World;

namespace OrleansGov.Residents;

/// <summary>What a person does next.</summary>
internal abstract record Deed
{
    public sealed record Say(string Words) : Deed;

    public sealed record Tap(string Label) : Deed;

    public sealed record FillForm(Uri Link) : Deed;

    /// <summary>The receipt is here.</summary>
    public sealed record Done(string ReceiptNumber) : Deed;
}

/// <summary>Reads a phone as a person does: the newest words of the office, and what can be tapped there. Never counts turns.</summary>
internal static partial class Reading
{
    private static readonly string[] Never = ["戻る", "やめる", "どれでもない", "品目を減らす"];

    /// <param name="errand">What is wanted.</param>
    /// <param name="named">How many things of the errand have been named already.</param>
    /// <param name="screen">The phone.</param>
    /// <param name="choose">Which of n dates to take.</param>
    public static Deed Next(Errand errand, ref int named, ScreenView screen, Func<int, int> choose)
    {
        var heard = screen.Messages.Where(m => m.FromBot).ToList();
        foreach (var message in heard)
            if (Receipt().Match(message.Text) is { Success: true } receipt) return new Deed.Done(receipt.Groups["number"].Value);
        if (heard.Count == 0) return new Deed.Say("粗大ごみ");

        var newest = heard[^1];
        var offered = Actions(newest.Message).ToList();
        var labels = offered.Select(a => a.Label).ToList();
        if (labels.Contains("この内容で申し込む")) return new Deed.Tap("この内容で申し込む");
        if (labels.Contains("続きから")) return new Deed.Tap("続きから");
        if (offered.Find(a => a.Label == "入力フォームを開く") is { Link: { } link }) return new Deed.FillForm(link);
        if (labels.Contains("これで全部"))
            return named < errand.Items.Count ? new Deed.Say(errand.Items[named++]) : new Deed.Tap("これで全部");
        if (newest.Text.Contains("いくつですか", StringComparison.Ordinal)) return new Deed.Tap(labels.Find(l => l.StartsWith('1'))!);
        if (labels.FindAll(l => Date().IsMatch(l)) is { Count: > 0 } dates) return new Deed.Tap(dates[choose(dates.Count)]);
        if (labels.Contains("はい")) return new Deed.Tap("はい");
        if (newest.Text.Contains("どれに近いですか", StringComparison.Ordinal)) return new Deed.Tap(labels.Find(l => !Never.Contains(l))!);
        if (newest.Text.Contains("どちらですか", StringComparison.Ordinal)) return new Deed.Tap(labels.Find(l => !Never.Contains(l))!);
        if (newest.Text.Contains("何を捨てますか", StringComparison.Ordinal))
        {
            named = 1;
            return new Deed.Say(errand.Items[0]);
        }

        if (newest.Text.Contains("どこに取りに行きますか", StringComparison.Ordinal)) return new Deed.Say(errand.Town);
        return new Deed.Say("粗大ごみ");
    }

    private static IEnumerable<(string Label, Uri? Link)> Actions(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.EnumerateArray().SelectMany(Actions);
            case JsonValueKind.Object:
                var below = element.EnumerateObject().SelectMany(p => Actions(p.Value));
                return Text(element, "type") is "postback" or "message" or "uri" && Text(element, "label") is { } label
                    ? below.Prepend((label, Text(element, "uri") is { } uri ? new Uri(uri) : null))
                    : below;
            default:
                return [];
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"受付完了[\s\S]*受付番号: (?<number>S\d{6}-\d{5})")]
    private static partial Regex Receipt();

    [GeneratedRegex(@"^\d+月\d+日（.）$")]
    private static partial Regex Date();
}
