namespace OrleansGov.Packs.Tests;

public sealed class StepKindTests
{
    private const string EveryKind = """
        id: sample
        title: 見本の手続き
        department: general
        start-words: [見本]
        addresses: {municipality: みなと台市, radius-km: 3}
        steps:
          - {id: choice, kind: choice, label: 一, ask: 一, look: carousel, options: [あ, {value: b, label: い, synonyms: [イ], hint: 二つ目}]}
          - {id: text, kind: text, label: 二, ask: 二, min-length: 2, max-length: 20, characters: katakana, pattern: "[ア-ン]+", pattern-hint: カタカナで}
          - {id: paragraph, kind: paragraph, label: 三, ask: 三, max-length: 500, optional: true, help: 長くてもよい}
          - {id: number, kind: number, label: 四, ask: 四, min: 1, max: 9, unit: 通}
          - {id: date, kind: date, label: 五, ask: 五, min-days: 1, max-days: 30, business-days-only: true}
          - {id: item, kind: item, label: 六, ask: 六, table: fees, max-lines: 2, max-quantity: 3, suggested: [chair]}
          - {id: address, kind: address, label: 七, ask: 七, precision: town, profile: town}
          - {id: slot, kind: slot, label: 八, ask: 八, district: address, offered: 4, hold-minutes: 30}
          - {id: place, kind: place, label: 九, ask: 九}
          - {id: photo, kind: photo, label: 十, ask: 十, min: 0, max: 3}
          - {id: postal, kind: postal-code, label: 十一, ask: 十一}
          - {id: consent, kind: consent, label: 十二, ask: 十二, text-version: "1", url: "https://example.jp/terms"}
          - id: secret
            kind: secret
            label: 十三
            ask: {ja: 十三, en: Thirteen}
            when: choice == "b"
            fields:
              - {id: name, kind: name, label: 名, ask: 名}
              - {id: kana, kind: kana, label: カナ, ask: カナ}
              - {id: phone, kind: phone, label: 電話, ask: 電話}
              - {id: email, kind: email, label: メール, ask: メール}
              - {id: home, kind: address, label: 住所, ask: 住所, precision: block}
              - {id: size, kind: choice, label: 大きさ, ask: 大きさ, options: [大, 小], personal: false}
          - {id: handoff, kind: handoff, ask: 十四, department: general}
        review: 確かめてください。
        completion:
          receipt-prefix: AB
          receipt: "{number} で受け付けました。"
          note: "{day} です。"
          reminders: [{days-before: 1, at: "18:00", text: "あす {day} です。"}]
          change-cut-off: 3
          cancel-cut-off: 1
          satisfaction: false
        """;

    private static readonly Procedure Pack = Read();

    private static Procedure Read()
    {
        var reading = SmallPack.Read(SmallPack.Texts.SetItem("procedure.yaml", EveryKind));
        return reading.Procedure ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
    }

    [Fact]
    public void Read_EveryKindOfStep_KeepsWhatThePackSays()
    {
        Assert.Equal(
            ["choice", "text", "paragraph", "number", "date", "item", "address", "slot", "place", "photo", "postal-code", "consent", "secret", "handoff"],
            Pack.Steps.Select(s => s.Kind));
        var choice = Assert.IsType<ChoiceStep>(Pack.StepById("choice"));
        Assert.Equal(ChoiceLook.Carousel, choice.Look);
        Assert.Equal(("あ", "b", "二つ目"), (choice.Options[0].Value, choice.Options[1].Value, choice.Options[1].Hint!.Japanese));
        var text = Assert.IsType<TextStep>(Pack.StepById("text"));
        Assert.Equal((2, 20, "katakana", "[ア-ン]+"), (text.MinLength, text.MaxLength, text.Characters, text.Pattern));
        Assert.True(Pack.StepById("paragraph").Optional);
        Assert.Equal("通", Assert.IsType<NumberStep>(Pack.StepById("number")).Unit);
        Assert.True(Assert.IsType<DateStep>(Pack.StepById("date")).BusinessDaysOnly);
        Assert.Equal(["chair"], Assert.IsType<ItemStep>(Pack.StepById("item")).Suggested);
        Assert.Equal("town", Pack.StepById("address").ProfileKey);
        Assert.Equal((4, 30), Assert.IsType<SlotStep>(Pack.StepById("slot")) is var s ? (s.Offered, s.HoldMinutes) : default);
        Assert.Equal("Thirteen", Pack.StepById("secret").Ask.In("en"));
        Assert.NotNull(Pack.StepById("secret").When);
        Assert.Equal([true, true, true, true, true, false], Assert.IsType<SecretStep>(Pack.StepById("secret")).Fields.Select(f => f.Personal));
    }

    [Fact]
    public void Read_Completion_KeepsWhatThePackSays()
    {
        var completion = Pack.Completion;
        Assert.Equal(("AB", 3, 1, false), (completion.ReceiptPrefix, completion.ChangeCutOffBusinessDays, completion.CancelCutOffBusinessDays, completion.AskSatisfaction));
        Assert.Equal((1, new TimeOnly(18, 0)), (completion.Reminders[0].DaysBefore, completion.Reminders[0].At));
    }

    /// <summary>Every kind the engine knows can be written in a pack.</summary>
    [Fact]
    public void EveryKindOfStep_IsInTheExample()
    {
        var engine = typeof(Step).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Step))).ToHashSet();
        var used = Pack.Steps.Concat(Pack.Steps.OfType<SecretStep>().SelectMany(s => s.Fields)).Select(s => s.GetType()).ToHashSet();
        Assert.Empty(engine.Except(used));
    }

    [Theory]
    [InlineData("choice == \"c\"", "誰にも聞かれません")]
    [InlineData("choice == \"b\" and choice == \"あ\"", "誰にも聞かれません")]
    [InlineData("choise == \"b\"", "もしかして「choice」")]
    [InlineData("handoff == \"b\"", "後にある")]
    [InlineData("choice ==", "文字目が読めません")]
    public void Read_AConditionThatNeverHolds_IsRefused(string when, string words)
    {
        var text = EveryKind.Replace("when: choice == \"b\"", $"when: {when}", StringComparison.Ordinal);
        var line = 1 + text.AsSpan(0, text.IndexOf("    when:", StringComparison.Ordinal)).Count('\n');
        var problem = Assert.Single(SmallPack.Read(SmallPack.Texts.SetItem("procedure.yaml", text)).Problems);
        Assert.Equal(line, problem.Line);
        Assert.Contains(words, problem.Message + problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{id: home, kind: address, label: 住所, ask: 住所, precision: block}", "{id: home, kind: address, label: 住所, ask: 住所, precision: town}", "番地まで")]
    [InlineData("{id: home, kind: address, label: 住所, ask: 住所, precision: block}", "{id: home, kind: photo, label: 写真, ask: 写真, min: 1, max: 1}", "secret（入力フォーム）の中では使えません")]
    [InlineData("{id: name, kind: name, label: 名, ask: 名}", "{id: name, kind: name, label: 名, ask: 名, personal: false}", "personal: false")]
    [InlineData("{id: name, kind: name, label: 名, ask: 名}", "{id: name, kind: name, label: 名, ask: 名, when: choice == \"b\"}", "「when」を書けません")]
    [InlineData("url: \"https://example.jp/terms\"", "url: \"http://example.jp/terms\"", "https")]
    [InlineData("offered: 4", "offered: 12", "offered")]
    [InlineData("min: 1, max: 9", "min: 9, max: 1", "「max」")]
    [InlineData("min: 0, max: 3", "min: 3, max: 1", "「max」")]
    [InlineData("min-days: 1, max-days: 30", "min-days: 40, max-days: 30", "max-days")]
    [InlineData("look: carousel", "look: list", "look")]
    [InlineData("ask: 十四", "ask: \"{name} さん\"", "{name}")]
    [InlineData("{id: place, kind: place, label: 九, ask: 九}", "{id: place, kind: slot, label: 九, ask: 九, district: address}", "slot の質問が2つ")]
    [InlineData("profile: town", "profile: 町", "profile")]
    public void Read_AStepThatIsWrong_NamesItsLine(string old, string now, string words)
    {
        var at = EveryKind.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0);
        var line = 1 + EveryKind.AsSpan(0, at).Count('\n');
        var problems = SmallPack.Read(SmallPack.Texts.SetItem("procedure.yaml", EveryKind.Remove(at, old.Length).Insert(at, now))).Problems;
        Assert.Contains(problems, p => p.Line == line && (p.Message + p.Fix).Contains(words, StringComparison.Ordinal));
    }
}
