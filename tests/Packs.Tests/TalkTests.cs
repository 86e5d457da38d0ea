using OrleansGov.Packs.Talks;

namespace OrleansGov.Packs.Tests;

public sealed class TalkTests
{
    private static readonly Town Minatodai = Shipped.Minatodai.Town!;

    public static TheoryData<string> Talks => [.. Shipped.BulkyWaste.Texts.Keys.Where(k => k.EndsWith(".talk", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Talks))]
    public void Talk_OfTheShippedPack_GoesAsWritten(string file)
    {
        var failures = TalkRunner.RunAll(Shipped.Procedure, Shipped.BulkyWaste.Texts.RemoveRange(Talks.Select(t => t.Data).Where(t => t != file)), Minatodai);
        Assert.True(failures.IsEmpty, string.Join('\n', failures));
    }

    [Fact]
    public void Talks_OfTheShippedPack_AreAtLeastTen() => Assert.InRange(Talks.Count, 10, 100);

    /// <summary>A resident says or taps no more than eight times from 粗大ごみ to the receipt.</summary>
    [Fact]
    public void HappyPath_TakesEightTurns()
    {
        var lines = Shipped.BulkyWaste.Texts["talks/01-happy-path.talk"].Split('\n');
        var turns = lines.TakeWhile(l => !l.StartsWith("< 受付完了", StringComparison.Ordinal)).Count(l => l.StartsWith('>') && !l.Contains("入力フォームを開く", StringComparison.Ordinal));
        Assert.InRange(turns, 1, 8);
    }

    [Theory]
    [InlineData("> 粗大ごみ\n< こんばんは", 2, "「こんばんは」と言う", "何を捨てますか")]
    [InlineData("> 粗大ごみ\n<! 何を捨てますか", 2, "と言わない", "何を捨てますか")]
    [InlineData("> 粗大ごみ\n# 注釈\n<[ピアノを弾く]", 3, "選択肢「ピアノを弾く」", "[ふとん]")]
    [InlineData("> 粗大ごみ\n> [ピアノを弾く]", 2, "選択肢「ピアノを弾く」", "[ふとん]")]
    [InlineData("> (フォーム name=港)", 1, "フォームが開いている", "出ていない")]
    [InlineData("> 粗大ごみ\n@now 2020-01-01T00:00+09:00", 2, "前に進む", "2020-01-01")]
    public void Talk_ThatGoesAnotherWay_NamesLineExpectedAndGot(string text, int line, string expected, string got)
    {
        var failure = Assert.Single(TalkRunner.RunAll(Shipped.Procedure, new Dictionary<string, string> { ["talks/x.talk"] = text }, Minatodai));
        Assert.Equal(("talks/x.talk", line), (failure.File, failure.Line));
        Assert.Contains(expected, failure.Expected, StringComparison.Ordinal);
        Assert.Contains(got, failure.Got, StringComparison.Ordinal);
        Assert.Equal(line, failure.ToProblem().Line);
    }
}
