namespace OrleansGov.Procedures.Tests.Conversations;

/// <summary>An invented procedure with every kind of step, and a tiny second one.</summary>
internal static class Sample
{
    /// <summary>Tuesday, 24 November 2026, 10:00.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, Town.Offset);

    private static readonly Item Chair = new("chair", "いす", "いす", ["椅子", "イス"], "脚", 400, 5);

    private static readonly SecretStep Contact = new("contact", "連絡先を入力してください。",
    [
        new NamedTextStep("full-name", "お名前", NamedText.PersonName) { ProfileKey = "name", Personal = true },
        new TextStep("floor", "階", 1, 20, Multiline: false) { Optional = true, Personal = true },
    ]) { Label = "連絡先" };

    /// <summary>Every kind once, in this order; <c>detail</c> is asked only when <c>kind</c> is b.</summary>
    public static Procedure Everything { get; } = new("everything", 1, "全部の手続き", "general", ["全部"],
    [
        new ChoiceStep("kind", "どれですか？", [.. "abcdefghijklmnop".Select(c => new StepOption($"{c}", $"種類{c}", []))]) { Label = "種類" },
        new TextStep("detail", "くわしく教えてください。", 1, 20, Multiline: false) { Label = "くわしく", When = Parse("kind == 'b'") },
        new TextStep("story", "お話をどうぞ。", 1, 2000, Multiline: true) { Label = "話", Optional = true },
        new NumberStep("people", "何人ですか？", 1, 50, "人") { Label = "人数" },
        new DateStep("birthday", "いつですか？", 0, 60) { Label = "日付", BusinessDaysOnly = true },
        new ItemStep("things", "何を出しますか？", "fees", 3, 6) { Label = "品目", Suggested = ["chair"] },
        new AddressStep("town", "どの町ですか？", AddressPrecision.Town) { Label = "町" },
        new SlotStep("day", "いつ取りに行きますか？", "town") { Label = "収集日" },
        new AddressStep("home", "住所は？", AddressPrecision.Block) { Label = "住所" },
        new PlaceStep("place", "どこですか？") { Label = "場所" },
        new PhotoStep("pictures", "写真を送ってください。", 1, 3) { Label = "写真" },
        new NamedTextStep("person", "お名前は？", NamedText.PersonName) { Label = "氏名" },
        new NamedTextStep("kana", "フリガナは？", NamedText.Kana) { Label = "フリガナ" },
        new NamedTextStep("phone", "電話番号は？", NamedText.Phone) { Label = "電話" },
        new NamedTextStep("email", "メールは？", NamedText.Email) { Label = "メール" },
        new NamedTextStep("postal", "郵便番号は？", NamedText.PostalCode) { Label = "郵便番号" },
        new ConsentStep("consent", "同意しますか？", "2026-04") { Label = "同意" },
        Contact,
        new HandoffStep("staff", "職員に渡します。", "general"),
    ], new Completion("E", "受け付けました。")
    {
        Reminders = [new Reminder(1, new TimeOnly(18, 0), "あしたです。{number}")],
        ChangeCutOffBusinessDays = 3,
        CancelCutOffBusinessDays = 1,
    })
    {
        Items = ImmutableDictionary<string, ItemTable>.Empty.Add("fees", new ItemTable(
        [
            Chair,
            new Item("sofa", "ソファ（2人掛け）", "そふぁ", [], "台", 1200, 2),
            new Item("sofa-1", "ソファ（1人掛け）", "そふぁ", [], "台", 800, 2),
            new Item("tv", "テレビ", "てれび", [], "台", 0, 1) { Refusal = "お店に頼んでください。" },
        ])),
        Addresses = new AddressTable("みなと市",
        [
            new TownBlock("000-0101", "みなと町", "みなとちょう", "north", 35.10, 139.20),
            new TownBlock("000-0102", "やま町一丁目", "やまちょういっちょうめ", "south", 35.11, 139.21),
            new TownBlock("000-0103", "やま町二丁目", "やまちょうにちょうめ", "south", 35.12, 139.21),
        ], 3),
        Calendar = new SlotCalendar("everything", 3, 40,
            [new District("north", "北部", [DayOfWeek.Monday, DayOfWeek.Thursday], 2), new District("south", "南部", [DayOfWeek.Tuesday], 2)], [], ClosedOnHolidays: true),
    };

    public static Procedure Tiny { get; } = new("tiny", 1, "小さな手続き", "general", ["小さな"],
        [new TextStep("word", "ひとことどうぞ。", 1, 20, Multiline: false) { Label = "ひとこと" }], new Completion("T", "受け付けました。") { AskSatisfaction = false });

    /// <summary>A good answer to each step, as a resident would give it; the slot's days and the form are the room's work.</summary>
    public static ImmutableList<(string Step, InboundMessage Message)> Answers { get; } =
    [
        ("kind", Text("種類b")), ("detail", Text("こまかい話")), ("story", Text("むかしむかし")), ("people", Text("12人")), ("birthday", Text("12/3")),
        ("things", Text("いす2脚")), ("things", Text("これで全部")), ("town", Text("みなと町")), ("day", Text("12月3日")), ("home", Text("やま町一丁目5-12")),
        ("place", new InboundMessage.Location(35.1, 139.2, null, "みなと公園")), ("pictures", new InboundMessage.Photo("p1")), ("pictures", Text("これで全部")),
        ("person", Text("港 花子")), ("kana", Text("みなと はなこ")), ("phone", Text("０９０-1234-5678")), ("email", Text("hanako@example.jp")), ("postal", Text("0000101")),
        ("consent", Text("同意します")),
    ];

    public static InboundMessage Text(string words) => new InboundMessage.Text(words);

    /// <summary>An office whose desk nobody staffs: the bot goes on.</summary>
    public static Office Office(bool inTalk = false, params Procedure[] procedures) =>
        new(new Town("minato", "みなと市", "000-000-0000", Phrases.Default) { Departments = [new Department("general", "総務課", null) { TakesOver = false }] },
            (procedures.Length == 0 ? [Everything, Tiny] : procedures).ToImmutableDictionary(p => p.Id)) { PersonalDetailsInTalk = inTalk };

    private static Condition Parse(string text) => Condition.TryParse(text, out var condition, out var fault, out _) ? condition : throw new InvalidOperationException(fault);
}
