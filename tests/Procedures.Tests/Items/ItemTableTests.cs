using System.Diagnostics;

namespace OrleansGov.Procedures;

public sealed class ItemTableTests
{
    private static readonly ItemTable Table = new(
    [
        Row("sofa-1", "ソファ（1人掛け）", "そふぁひとりがけ"),
        Row("sofa-2", "ソファ（2人掛け以上）", "そふぁふたりがけいじょう", "長椅子"),
        Row("sofa-bed", "ソファベッド", "そふぁべっど"),
        Row("bicycle", "自転車", "じてんしゃ", "チャリ", "ママチャリ"),
        Row("bicycle-kids", "子ども用自転車", "こどもようじてんしゃ"),
        Row("desk", "机", "つくえ", "デスク"),
        Row("chair", "いす", "いす", "椅子", "チェア"),
        Row("futon", "布団", "ふとん"),
        Row("shelf", "本棚", "ほんだな", "書棚"),
        Row("chest", "たんす", "たんす", "箪笥", "ドレッサー"),
        Row("oven", "電子レンジ", "でんしれんじ", "レンジ"),
        Row("ski", "スキー板", "すきーいた"),
        Row("box", "カラーボックス", "からーぼっくす", "3段ボックス"),
    ]);

    [Theory]
    [InlineData("自転車", "bicycle")]
    [InlineData("じてんしゃ", "bicycle")]
    [InlineData("ジテンシャ", "bicycle")]
    [InlineData("ｼﾞﾃﾝｼｬ", "bicycle")]
    [InlineData("じてんしや", "bicycle")]
    [InlineData("ママチャリ。", "bicycle")]
    [InlineData("ソファーベッド", "sofa-bed")]
    [InlineData("ソファ(1人掛け)", "sofa-1")]
    [InlineData("椅子です", "chair")]
    [InlineData("机を捨てたい", "desk")]
    [InlineData("たんすの処分をお願いします", "chest")]
    [InlineData("3段ボックス", "box")]
    [InlineData("カラボックス", "box")]
    [InlineData("すきいた", "ski")]
    public void Search_WhenTheWordsNameOneItem_IsExact(string words, string expected) => Assert.Equal(expected, Table.Search(words).Exact?.Id);

    [Theory]
    [InlineData("ソファ")]
    [InlineData("ソファー")]
    [InlineData("そふあ")]
    [InlineData("sofa-like ソファ")]
    [InlineData("古いソファを捨てたいのですが")]
    public void Search_WhenVariantsExist_OffersThemAll(string words)
    {
        var found = Table.Search(words);
        Assert.Null(found.Exact);
        Assert.Contains(found.Similar, item => item.Id == "sofa-1");
        Assert.Contains(found.Similar, item => item.Id == "sofa-2");
    }

    [Theory]
    [InlineData("じてんさ", "bicycle")]
    [InlineData("じてしゃん", "bicycle")]
    [InlineData("電子レン", "oven")]
    [InlineData("古い机", "desk")]
    [InlineData("大きな本棚を二つほど", "shelf")]
    [InlineData("カラーボクス", "box")]
    [InlineData("ソファベット", "sofa-bed")]
    [InlineData("ふとんん", "futon")]
    public void Search_WhenMistypedOrInASentence_OffersItFirst(string words, string expected) => Assert.Equal(expected, Table.Search(words).Similar[0].Id);

    [Fact]
    public void Search_WhenSomethingBearsTheWord_GuessesNothingElse() =>
        Assert.Equal(["sofa-1", "sofa-2", "sofa-bed"], Table.Search("ソファ").Similar.Select(item => item.Id));

    [Theory]
    [InlineData("")]
    [InlineData("こんにちは")]
    [InlineData("市長の名前を教えて")]
    [InlineData("🛋")]
    [InlineData("い")]
    [InlineData("3")]
    public void Search_WhenNothingFits_IsEmpty(string words) => Assert.Equal((null, 0), (Table.Search(words).Exact, Table.Search(words).Similar.Count));

    [Fact]
    public void Search_NeverExceedsItsLimit() => Assert.Single(Table.Search("ソファ", 1).Similar);

    [Fact]
    public void Search_OfAnyItemsOwnName_FindsThatItem() => Assert.All(Table.Items, item => Assert.Equal(item, Table.Search(item.Name).Exact));

    [Fact]
    public void Search_InAnEmptyTable_FindsNothing() => Assert.Empty(new ItemTable([]).Search("ソファ").Similar);

    [Fact]
    public void Search_OfAnything_NeverThrowsNorRepeatsAnItem() => AnyText.Check(text =>
        Table.Search(text) is var found && found.Similar.Distinct().Count() == found.Similar.Count && (found.Exact is null || !found.Similar.Contains(found.Exact)));

    [Fact]
    public void Search_InAThousandItems_IsQuick()
    {
        var table = new ItemTable([.. Enumerable.Range(0, 1000).Select(i => Row($"item-{i}", $"品目{i}（種類{i % 7}）", $"ひんもく{(char)('あ' + i % 80)}{(char)('か' + i % 61)}{i}", $"別名{i}"))]);
        table.Search("ひんもく");
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 200; i++) table.Search(i % 2 == 0 ? "古いひんもくあかを捨てたい" : "ひんくもあい12");
        // Well under 1 ms alone; the bound leaves room for a busy machine.
        Assert.InRange(clock.Elapsed.TotalMilliseconds / 200, 0, 5);
    }

    [Theory]
    [InlineData("ソファ2つ", "ソファ", 2)]
    [InlineData("机を3台", "机", 3)]
    [InlineData("机三台", "机", 3)]
    [InlineData("布団 三枚お願いします", "布団", 3)]
    [InlineData("椅子×4", "椅子", 4)]
    [InlineData("椅子 ２", "椅子", 2)]
    [InlineData("椅子ふたつ", "椅子", 2)]
    [InlineData("2つのソファ", "ソファ", 2)]
    [InlineData("ソファ（2人掛け）を1点", "ソファ(2人掛け)", 1)]
    [InlineData("ソファ（2人掛け）", "ソファ(2人掛け)", null)]
    [InlineData("3段ボックス", "3段ボックス", null)]
    [InlineData("テレビ32インチ", "テレビ32インチ", null)]
    [InlineData("スキー板", "スキー板", null)]
    [InlineData("2", "2", null)]
    [InlineData("ソファ0個", "ソファ0個", null)]
    public void SplitQuantity_TakesOnlyCountsOfThings(string words, string expected, int? quantity) =>
        Assert.Equal((expected, quantity), ItemTable.SplitQuantity(words));

    [Fact]
    public void SplitQuantity_OfAnything_NeverThrows() => AnyText.Check(text => ItemTable.SplitQuantity(text).Quantity is null or > 0);

    private static Item Row(string id, string name, string reading, params string[] synonyms) => new(id, name, reading, [.. synonyms], "点", 400, 5);
}
