namespace OrleansGov.Bench;

/// <summary>One pure step of the dialogue in the middle of a booking, and its answer as LINE's JSON.</summary>
public class TalkBench
{
    private static readonly Counter Days = Counter.AtTheDays();
    private static readonly RenderContext Town = new(new Uri("https://office.example"));
    private static readonly IReadOnlyList<Say> Offer = Days.Said;

    private static readonly IReadOnlyList<Say> Review =
    [
        new Say.Card("お申し込み内容", [.. Enumerable.Range(1, 6).Select(n => new CardRow($"項目{n}", "ソファ（2人掛け） × 1", Choice.Tap("修正", $"edit;e1;step{n};")))], [Choice.Tap("この内容で申し込む", "submit;e1;;") with { Primary = true }])
        {
            Badge = "確認", Total = new CardRow("手数料", "1,200円"), Tone = CardTone.Review, Quick = [Choice.Say("戻る"), Choice.Say("やめる")],
        },
    ];

    [Benchmark]
    public Turn ReadAStrangeWord() => Dialogue.Receive(Days.Talk, Days.Next("そのへんの日でお願いできますか"), Counter.Office, Counter.Now);

    [Benchmark]
    public Turn FindAThing() => Dialogue.Receive(Conversation.New, Days.Next("ソファを捨てたい"), Counter.Office, Counter.Now);

    [Benchmark]
    public string RenderAQuestion() => MessageRenderer.Render(Offer, Town).Json;

    [Benchmark]
    public string RenderACard() => MessageRenderer.Render(Review, Town).Json;
}
