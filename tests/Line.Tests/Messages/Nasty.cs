using FsCheck;
using FsCheck.Fluent;
using OrleansGov.Procedures;

namespace OrleansGov.Line.Tests.Messages;

/// <summary>Things an office might be made to say by packs, residents and bad luck.</summary>
static class Nasty
{
    static readonly Gen<string> Piece = Gen.Elements(
        "", " ", "\n", "a", "粗大ごみ", "。", "ふとん（シングル）", "👨‍👩‍👧‍👦", "🇯🇵", "𠮷", "é", "e\u0301\u0302\u0303", "ก็", "\uD83E", "\uDD28", "\0", "\u2028", "\"", "\\", "</script>",
        "‮", "😀", "🏳️‍🌈", "2,400円", "\u0301", "{k}", "$");

    public static readonly Gen<string> Text = Gen.OneOf(
        Piece,
        Gen.ListOf(Piece, 6).Select(string.Concat),
        Gen.ListOf(Piece, 45).Select(string.Concat),
        Gen.Choose(1, 400).SelectMany(n => Piece.Select(p => Repeat(p, n))),
        Gen.Elements(10_000, 4_999, 5_000, 5_001, 26_000).SelectMany(n => Gen.Elements("あ", "word ", "文。", "👨‍👩‍👧‍👦", "\u0301", "\u0001").Select(p => Repeat(p, n / p.Length))));

    static readonly Gen<string> Label = Gen.Frequency((5, Gen.Elements("はい", "いいえ", "12月3日（水）", "この内容で申し込む", "もっとも長いボタンの名前は二十文字を少しこえる")), (2, Text));

    static readonly Gen<DateOnly?> Day = Gen.OneOf(Gen.Constant((DateOnly?)null), Gen.Choose(0, 3_652_058).Select(n => (DateOnly?)DateOnly.FromDayNumber(n)));

    static readonly Gen<string> Data = Gen.Frequency((6, Gen.Choose(1, 9999).Select(n => $"a|r{n}|step|v")), (1, Gen.Choose(298, 302).Select(n => Repeat("d", n))), (1, Text));

    public static readonly Gen<ChoiceAction> Action = Gen.OneOf(
        Data.SelectMany(d => Label.Select(l => (ChoiceAction)new ChoiceAction.Tap(d, l))),
        Label.Select(l => (ChoiceAction)new ChoiceAction.Speak(l)),
        Gen.Elements("/form/abc", "https://例え.jp/あ?x= y", "http://localhost:8080/x", "tel:0312345678", "javascript:alert(1)", "ftp://x", "", "/", "//evil", "https://", "line://nv/chat", "/" + Repeat("x", 990), "https:///x")
            .Select(u => (ChoiceAction)new ChoiceAction.OpenLink(u)),
        Data.SelectMany(d => Day.SelectMany(a => Day.SelectMany(b => Day.Select(c => (ChoiceAction)new ChoiceAction.PickDate(d, a, b, c))))),
        Gen.Elements<ChoiceAction>(new ChoiceAction.SendLocation(), new ChoiceAction.TakePhoto(), new ChoiceAction.ChoosePhoto()));

    public static readonly Gen<Choice> Choice = Label.SelectMany(l => Action.SelectMany(a => Gen.OneOf(Gen.Constant((string?)null), Text.Select(t => (string?)t)).SelectMany(h => Gen.Elements(true, false).Select(p => new Choice(l, a) { Hint = h, Primary = p }))));

    static Gen<ImmutableList<T>> Some<T>(Gen<T> of, int max) => Gen.Choose(0, max).SelectMany(n => Gen.ListOf(of, n)).Select(l => l.ToImmutableList());

    static readonly Gen<CardRow> Row = Label.SelectMany(l => Text.SelectMany(v => Gen.OneOf(Gen.Constant((Choice?)null), Choice.Select(c => (Choice?)c)).Select(e => new CardRow(l, v, e))));

    static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Constant((string?)null), Text.Select(t => (string?)t));

    static readonly Gen<Say.Card> Card =
        from title in Label
        from rows in Some(Row, 8)
        from buttons in Some(Choice, 5)
        from badge in Maybe
        from lead in Maybe
        from total in Gen.OneOf(Gen.Constant((CardRow?)null), Row.Select(r => (CardRow?)r))
        from note in Maybe
        from tone in Gen.Elements(Enum.GetValues<CardTone>())
        select new Say.Card(title, rows, buttons) { Badge = badge, Lead = lead, Total = total, Note = note, Tone = tone };

    static readonly Gen<Say> Unaccompanied = Gen.OneOf(
        Text.Select(t => (Say)new Say.Words(t)),
        Text.SelectMany(t => Some(Choice, 16).SelectMany(c => Gen.Elements(Enum.GetValues<ChoiceLook>()).Select(l => (Say)new Say.Question(t, c, l)))),
        Gen.Elements(Enum.GetValues<ChoiceLook>()).SelectMany(l => Gen.Choose(1, 4).SelectMany(n => Gen.Choose(0, 1).Select(h =>
            (Say)new Say.Question("どちらですか？", [.. Enumerable.Range(0, n).Select(i => Procedures.Choice.Tap($"選択{i}", $"a|r|s|{i}") with { Hint = h == 1 ? "説明" : null })], l)))),
        Card.Select(c => (Say)c),
        Label.SelectMany(s => Some(Card, 14).Select(c => (Say)new Say.Cards(s, c))),
        Text.SelectMany(t => Text.SelectMany(a => Gen.Elements(35.69, -90, 91, double.NaN, double.PositiveInfinity).Select(d => (Say)new Say.Location(t, a, d, 139.7)))),
        Gen.Elements("/media/a.jpg", "https://x.example/あ.png", "", "x", "http://x/y.png").Select(p => (Say)new Say.Picture(p, "alt")));

    static readonly Gen<Say> Say = Unaccompanied.SelectMany(s => Some(Choice, 4).Select(q => s with { Quick = q }));

    public static readonly Arbitrary<(ImmutableList<Say> Says, RenderContext Context)> Turn = (
        from says in Some(Say, 8)
        from url in Gen.Elements<Uri?>(null, new("http://localhost:5000"), new("https://gov.example.jp"), new("https://gov.example.jp/town/"))
        from standing in Some(Choice, 6)
        select (says, new RenderContext(url) { StandingQuick = standing })).ToArbitrary();

    static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
