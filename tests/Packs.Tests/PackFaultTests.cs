namespace OrleansGov.Packs.Tests;

public sealed class PackFaultTests
{
    private const string P = "procedure.yaml", F = "fees.csv", A = "addresses.csv", C = "calendar.yaml", T = "talks/a.talk";

    [Fact]
    public void Read_WhenThePackIsSound_HasNoProblems()
    {
        var reading = SmallPack.Read();
        Assert.Empty(reading.Problems);
        Assert.NotNull(reading.Procedure);
    }

    /// <summary>One fault each: file, what is replaced by what, how many lines below the replaced place it is reported, words of the message or fix.</summary>
    [Theory]
    // YAML
    [InlineData(P, "title: 見本の手続き", "title: [見本", 0, "書き方")]
    [InlineData(P, "title: 見本の手続き", "\ttitle: 見本", 0, "タブ")]
    [InlineData(P, "title: 見本の手続き", "title：見本", 0, "全角")]
    [InlineData(P, "title: 見本の手続き", "title: &x 見本", 0, "アンカー")]
    [InlineData(P, "title: 見本の手続き", "title: *x", 0, "アンカー")]
    [InlineData(P, "title: 見本の手続き", "title: !!int 3", 0, "タグ")]
    [InlineData(P, "title: 見本の手続き", "title: [[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]", 0, "深すぎ")]
    [InlineData(P, "title: 見本の手続き", "title: あ\ntitle: い", 1, "2回")]
    // keys
    [InlineData(P, "title: 見本の手続き", "titel: 見本の手続き", 0, "もしかして「title」")]
    [InlineData(P, "    label: 種類", "    lable: 種類", 0, "もしかして「label」")]
    [InlineData(P, "  satisfaction: true", "  satisfaction: true\n  satisfactoin: true", 1, "もしかして「satisfaction」")]
    [InlineData(P, "  satisfaction: true", "  satisfaction: はい", 0, "true")]
    [InlineData(P, "id: sample", "id: other", 0, "フォルダー")]
    [InlineData(P, "id: sample", "id: Sample", 0, "使えない形")]
    [InlineData(P, "start-words: [見本]", "start-words: []", 0, "start-words")]
    [InlineData(P, "start-words: [見本]", "start-words: [戻る]", 0, "いつでも使える")]
    [InlineData(P, "title: 見本の手続き", "title: {en: Sample}", 0, "ja の文がありません")]
    [InlineData(P, "title: 見本の手続き", "title: {ja: 見本, jp: 見本}", 0, "言語")]
    [InlineData(P, "title: 見本の手続き", "languages: [en]\ntitle: 見本", 1, "en の文がありません")]
    // steps
    [InlineData(P, "    kind: choice", "    kind: choise", 0, "もしかして「choice」")]
    [InlineData(P, "  - id: thing", "  - id: kind", 0, "2回使われて")]
    [InlineData(P, "      - id: name", "      - id: town", 0, "2回使われて")]
    [InlineData(P, "    label: 種類\n", "", -2, "label")]
    [InlineData(P, "    ask: どちらですか？\n", "", -3, "ask")]
    [InlineData(P, "      - value: b", "      - value: a", 0, "2回使われて")]
    [InlineData(P, "        label: い", "        label: 二十文字をこえるとてもとても長い長い長い選択肢", 0, "長すぎ")]
    [InlineData(P, "    table: fees", "    table: fee", 0, "もしかして「fees」")]
    [InlineData(P, "    max-lines: 3", "    max-lines: ３", 0, "半角")]
    [InlineData(P, "    max-lines: 3", "    suggested: [chiar]\n    max-lines: 3", 0, "もしかして「chair」")]
    [InlineData(P, "    precision: town", "    precision: city", 0, "使えません")]
    [InlineData(P, "    district: town", "    district: twon", 0, "もしかして「town」")]
    [InlineData(P, "    district: town", "    district: contact", 0, "後にある")]
    [InlineData(P, "    district: town", "    district: thing", 0, "地区が決まりません")]
    [InlineData(P, "    district: town", "    district: kind", 0, "calendar.yaml の地区ではありません")]
    // personal data
    [InlineData(P, "    kind: choice\n    label: 種類\n    ask: どちらですか？", "    kind: phone\n    label: 種類\n    ask: どちらですか？", 0, "個人情報")]
    [InlineData(P, "    precision: town", "    precision: block", -1, "個人情報")]
    [InlineData(P, "    precision: town", "    precision: town\n    personal: true", 1, "personal: true")]
    // completion
    [InlineData(P, "  receipt-prefix: S", "  receipt-prefix: abc", 0, "英大文字")]
    [InlineData(P, "  receipt: 受け付けました。", "  receipt: 番号 {nummer}", 0, "{nummer}")]
    [InlineData(P, "  satisfaction: true", "  satisfaction: true\n  reminders: [{days-before: 1, at: 18, text: あす}]", 1, "時刻")]
    [InlineData(P, "  satisfaction: true", "  satisfaction: true\n  change-cut-off: -1", 1, "change-cut-off")]
    // CSV
    [InlineData(F, "id,品目,読み", "id,品名,読み", 0, "品名")]
    [InlineData(F, "脚,400,5,,", "脚,400,5,", 0, "列の数")]
    [InlineData(F, "脚,400,5,,", "脚,４００,5,,", 0, "手数料")]
    [InlineData(F, "脚,400,5,,", "脚,400円,5,,", 0, "手数料")]
    [InlineData(F, "脚,400,5,,", "脚,,5,,", 0, "手数料")]
    [InlineData(F, "脚,400,5,,", "脚,400,0,,", 0, "上限")]
    [InlineData(F, "いす,いす,椅子", "いす,イス,椅子", 0, "ひらがな")]
    [InlineData(F, "tv,テレビ", "chair,テレビ", 0, "2回")]
    [InlineData(F, "tv,テレビ", "tv,いす", 0, "2回")]
    [InlineData(F, "台,,,,店", "台,100,,,店", 0, "受け付けない品目")]
    [InlineData(F, "いす,いす,椅子", "い\"す,いす,椅子", 0, "引用符")]
    [InlineData(F, "いす,いす,椅子", "\uFFFDす,いす,椅子", 0, "UTF-8")]
    [InlineData(A, "000-0101", "0101", 0, "郵便番号")]
    [InlineData(A, ",north,", ",nroth,", 0, "もしかして「north」")]
    [InlineData(A, "35.1,139.2", "139.2,35.1", 0, "緯度")]
    // calendar
    [InlineData(C, "weekdays: [月, 木]", "weekdays: [月, もく]", 0, "曜日")]
    [InlineData(C, "capacity: 4", "capacity: 0", 0, "capacity")]
    [InlineData(C, "closed-on-holidays: true", "closed-on-holidays: true\nclosed-days: [2026-02-30]", 1, "日付")]
    [InlineData(C, "closed-on-holidays: true", "closed-on-holidays: true\nclosed-days: [2026-12-03..2026-12-01]", 1, "期間")]
    [InlineData(C, "    capacity: 4", "    capacity: 4\n    exceptions: {あす: 3}", 1, "日付")]
    [InlineData(C, "closed-on-holidays: true\n", "", 0, "closed-on-holidays")]
    // talks
    [InlineData(T, "< どちらですか", "どちらですか", 0, "読めません")]
    [InlineData(T, "< どちらですか", "@now きのう", 0, "読めません")]
    public void Read_WhenSomethingIsWrong_NamesFileAndLine(string file, string old, string now, int below, string words)
    {
        var (texts, line) = SmallPack.With(file, old, now);
        var reading = SmallPack.Read(texts);

        Assert.Null(reading.Procedure);
        Assert.All(reading.Problems, p => Assert.Matches(@"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]", p.Message + p.Fix));
        Assert.Contains(reading.Problems, p => p.File == file && (p.Message + p.Fix).Contains(words, StringComparison.Ordinal));
        var expected = now.Length == 0 && below == 0 ? 1 : line + below;
        Assert.True(reading.Problems.Any(p => p.File == file && p.Line == expected && (p.Message + p.Fix).Contains(words, StringComparison.Ordinal)),
            $"expected line {expected}, got:\n{string.Join('\n', reading.Problems)}");
    }

    [Theory]
    [InlineData("    pattern: \"(a)\\\\1\"\n    pattern-hint: だめ", "止まらなく")]
    [InlineData("    pattern: \"(?=a)b\"\n    pattern-hint: だめ", "止まらなく")]
    [InlineData("    pattern: \"[a\"\n    pattern-hint: だめ", "正規表現")]
    [InlineData("    pattern: \"[a]\"", "pattern-hint")]
    [InlineData("    characters: kanji", "characters")]
    [InlineData("    min-length: 30", "max-length")]
    public void Read_ATextStepThatIsWrong_SaysWhy(string lines, string words)
    {
        var (texts, line) = SmallPack.With(P, "  - id: thing", $"  - id: note\n    kind: text\n    label: メモ\n    ask: メモを書いてください。\n    max-length: 20\n{lines}\n  - id: thing");
        var problem = Assert.Single(SmallPack.Read(texts).Problems);
        Assert.InRange(problem.Line, line + 4, line + 6);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("マイナンバー（12けた）を書いてください。", "text", true)]
    [InlineData("個人番号は何番ですか？", "number", true)]
    [InlineData("カード番号を書いてください。", "text", true)]
    [InlineData("暗証番号を書いてください。", "text", true)]
    [InlineData("場所のくわしい説明を書いてください。マイナンバーは書かないでください。", "text", false)]
    [InlineData("マイナンバーカードの受け取りの希望を書いてください。", "text", false)]
    public void Read_WhatMustNeverBeCollected_IsRefusedEvenInTheForm(string ask, string kind, bool refused)
    {
        var limits = kind == "text" ? "max-length: 20" : "min: 0\n        max: 9";
        var (texts, line) = SmallPack.With(P, "      - id: name", $"      - id: extra\n        kind: {kind}\n        label: 追加\n        ask: {ask}\n        {limits}\n      - id: name");
        var problems = SmallPack.Read(texts, new PackRules { PersonalDetailsInTalk = true }).Problems;
        if (refused) Assert.Equal(line + 3, Assert.Single(problems).Line);
        else Assert.Empty(problems);
    }

    [Theory]
    [InlineData("お名前を書いてください。", true)]
    [InlineData("番地を書いてください。", true)]
    [InlineData("どんな様子ですか？お名前は書かないでください。", false)]
    public void Read_APersonalQuestionDisguisedAsText_IsRefusedInTheOpenTalk(string ask, bool refused)
    {
        var (texts, line) = SmallPack.With(P, "  - id: thing", $"  - id: note\n    kind: text\n    label: メモ\n    ask: {ask}\n    max-length: 20\n  - id: thing");
        var problems = SmallPack.Read(texts).Problems;
        if (refused) Assert.Equal(line + 3, Assert.Single(problems).Line);
        else Assert.Empty(problems);
        Assert.Empty(SmallPack.Read(texts, new PackRules { PersonalDetailsInTalk = true }).Problems);
    }

    [Fact]
    public void Read_PersonalKindsInTheTalk_AreAllowedByDecisionOnly()
    {
        var (texts, _) = SmallPack.With(P, "  - id: thing", "  - id: tel\n    kind: phone\n    label: 電話\n    ask: 電話番号は？\n  - id: thing");
        Assert.NotEmpty(SmallPack.Read(texts).Problems);
        var allowed = SmallPack.Read(texts, new PackRules { PersonalDetailsInTalk = true });
        Assert.Empty(allowed.Problems);
        Assert.True(allowed.Procedure!.StepById("tel").Personal);
    }

    [Fact]
    public void Read_AnUnknownDepartment_IsNamed()
    {
        var problem = Assert.Single(SmallPack.Read(rules: new PackRules { Departments = ["genaral", "tax"] }).Problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains("genaral", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ATextLongerThanALineMessage_IsRefused()
    {
        var (texts, line) = SmallPack.With(P, "    ask: どちらですか？", $"    ask: {new string('あ', 5001)}");
        Assert.Equal(line, Assert.Single(SmallPack.Read(texts).Problems).Line);
    }

    [Theory]
    [InlineData("procedure.yaml", "procedure.yaml がありません")]
    [InlineData("fees.csv", "品目表")]
    [InlineData("addresses.csv", "addresses.csv")]
    [InlineData("calendar.yaml", "暦")]
    public void Read_WhenAFileIsMissing_SaysWhoNeedsIt(string file, string words) =>
        Assert.Contains(SmallPack.Read(SmallPack.Texts.Remove(file)).Problems, p => (p.Message + p.Fix).Contains(words, StringComparison.Ordinal));

    [Theory]
    [InlineData("procedure.yml", "procedure.yaml")]
    [InlineData("../evil.csv", "入れられない")]
    [InlineData("run.sh", "入れられない")]
    public void Read_AFileThatDoesNotBelong_IsRefused(string file, string words)
    {
        var problem = SmallPack.Read(SmallPack.Texts.Add(file, "x")).Problems.First(p => p.File == file);
        Assert.Contains(words, problem.Message + problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManyOrTooLargeFiles_AreRefusedUnread()
    {
        var many = SmallPack.Texts.AddRange(Enumerable.Range(0, 64).Select(i => KeyValuePair.Create($"talks/{i}.talk", "> あ")));
        Assert.Contains("64", Assert.Single(SmallPack.Read(many).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("2 MiB", Assert.Single(SmallPack.Read(SmallPack.Texts.Add("README.md", new string('あ', 700_000))).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ContentHash_ChangesWithPathsAndTexts_AndOnlyWithThem()
    {
        var hash = PackReader.ContentHash(SmallPack.Texts);
        Assert.Equal(hash, PackReader.ContentHash(SmallPack.Texts.ToDictionary(t => t.Key, t => t.Value)));
        Assert.NotEqual(hash, PackReader.ContentHash(SmallPack.Texts.SetItem("fees.csv", SmallPack.Fees + "\n")));
        Assert.NotEqual(hash, PackReader.ContentHash(SmallPack.Texts.Remove("fees.csv").Add("fee.csv", SmallPack.Fees)));
    }
}
