namespace OrleansGov.Procedures;

public sealed class NumberReadingTests
{
    [Theory]
    [InlineData("3", 3)]
    [InlineData("３", 3)]
    [InlineData("三", 3)]
    [InlineData("十二", 12)]
    [InlineData("百二十", 120)]
    [InlineData("一二〇", 120)]
    [InlineData("二千二十六", 2026)]
    [InlineData("1万2千", 12_000)]
    [InlineData("3個", 3)]
    [InlineData("３つ", 3)]
    [InlineData("ふたつ", 2)]
    [InlineData("フタツ", 2)]
    [InlineData("2点です", 2)]
    [InlineData("2 枚お願いします。", 2)]
    [InlineData("１，０００", 1000)]
    [InlineData("0", 0)]
    [InlineData("-3", -3)]
    [InlineData("二人", 2)]
    [InlineData("2個でいいです", 2)]
    [InlineData("いち", 1)]
    public void TryRead_WhenItIsANumber_ReadsIt(string words, int expected)
    {
        Assert.True(NumberReading.TryRead(words, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3時")]
    [InlineData("3日")]
    [InlineData("2.5")]
    [InlineData("1、2")]
    [InlineData("3 4")]
    [InlineData("2か3")]
    [InlineData("十百")]
    [InlineData("二万三万")]
    [InlineData("1,00")]
    [InlineData("99999999999")]
    [InlineData("ソファ")]
    [InlineData("👍")]
    public void TryRead_WhenItIsNotOneNumber_Declines(string words) => Assert.False(NumberReading.TryRead(words, out _));

    [Fact]
    public void TryRead_WithTheQuestionsUnit_AcceptsIt()
    {
        Assert.True(NumberReading.TryRead("３株", "株", out var value));
        Assert.Equal(3, value);
    }

    [Fact]
    public void TryRead_OfAnything_NeverThrows() => AnyText.Check(text => NumberReading.TryRead(text, out var value) || value == 0);

    [Fact]
    public void TryRead_OfEveryWrittenNumber_ReadsItBack()
    {
        for (var n = 0; n < 20_000; n += 7)
        {
            Assert.True(NumberReading.TryRead($"{n:N0}個", out var value));
            Assert.Equal(n, value);
        }
    }
}
