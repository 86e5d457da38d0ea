using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansGov.LocalLine.World;

namespace OrleansGov.Residents;

/// <summary>Reads a phone as a person does: the newest words of the office, and what can be tapped there. Never counts turns.</summary>
internal sealed partial class Reading(Errand errand)
{
    private static readonly string[] Never = ["戻る", "やめる", "どれでもない", "品目を減らす", "数を直す・取り消す"];
    private long _read;
    private int _named;

    /// <summary>The newest receipt number shown.</summary>
    public string? Receipt { get; private set; }

    /// <summary>What the errand asks for next.</summary>
    /// <param name="choose">Which of n dates to take.</param>
    public Deed Next(ScreenView screen, Func<int, int> choose)
    {
        foreach (var message in screen.Messages)
        {
            if (message.Seq <= _read || !message.FromBot) continue;
            _read = message.Seq;
            if (ReceiptCard().Match(message.Text) is { Success: true } receipt) Receipt = receipt.Groups["number"].Value;
        }

        if (Receipt is not null) return new Deed.Leave(Ending.Receipt) { Step = "receipt" };
        if (screen.Messages.LastOrDefault(m => m.FromBot) is not { } newest) return Start();

        var offered = Actions(newest.Message).ToList();
        var labels = offered.ConvertAll(a => a.Label);
        if (Says(newest, "少しだけお待ちください")) return new Deed.Listen { Step = "submitting" };
        if (labels.Contains("この内容で申し込む")) return new Deed.Tap("この内容で申し込む") { Step = "review" };
        if (labels.Contains("続きから")) return new Deed.Tap("続きから") { Step = "resume" };
        if (labels.Contains("続ける")) return new Deed.Tap("続ける") { Step = "resume" };
        if (offered.Find(a => a.Label == "入力フォームを開く") is { Link: { } link }) return new Deed.FillForm(link) { Step = "contact" };
        if (labels.Contains("これで全部"))
            return _named < errand.Items.Count ? new Deed.Say(errand.Items[_named++]) { Step = "items" } : new Deed.Tap("これで全部") { Step = "items-done" };
        if (Says(newest, "いくつですか") || Says(newest, "いくつにしますか")) return new Deed.Tap(labels.Find(l => l.StartsWith('1'))!) { Step = "quantity" };
        if (labels.FindAll(l => Date().IsMatch(l)) is { Count: > 0 } dates) return new Deed.Tap(dates[choose(dates.Count)]) { Step = "day" };
        if (Says(newest, "いま申し込める日がありません")) return new Deed.Leave(Ending.TurnedAway) { Step = "day" };
        if (labels.Contains("もっと先の日")) return new Deed.Tap("もっと先の日") { Step = "day" };
        if (labels.Contains("はい")) return new Deed.Tap("はい") { Step = "start" };
        if (Says(newest, "どれに近いですか")) return new Deed.Tap(labels.Find(l => !Never.Contains(l))!) { Step = "which" };
        if (Says(newest, "どちらですか")) return new Deed.Tap(labels.Find(l => !Never.Contains(l))!) { Step = "which" };
        if (Says(newest, "何を捨てますか"))
        {
            _named = 1;
            return new Deed.Say(errand.Items[0]) { Step = "items" };
        }

        if (Says(newest, "どこに取りに行きますか")) return new Deed.Say(errand.Town) { Step = "town" };
        return Start();
    }

    /// <summary>What can be tapped in a message, with the action itself.</summary>
    public static IEnumerable<(string Label, Uri? Link, JsonElement Action)> Actions(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.EnumerateArray().SelectMany(Actions);
            case JsonValueKind.Object:
                var below = element.EnumerateObject().SelectMany(p => Actions(p.Value));
                return Text(element, "type") is "postback" or "message" or "uri" && Text(element, "label") is { } label
                    ? below.Prepend((label, Text(element, "uri") is { } uri ? new Uri(uri) : null, element))
                    : below;
            default:
                return [];
        }
    }

    private static Deed.Say Start() => new("粗大ごみ") { Step = "start" };

    private static bool Says(ScreenMessage message, string words) => message.Text.Contains(words, StringComparison.Ordinal);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"受付完了[\s\S]*受付番号: (?<number>S\d{6}-\d{5})")]
    private static partial Regex ReceiptCard();

    [GeneratedRegex(@"^\d+月\d+日（.）$")]
    private static partial Regex Date();
}
