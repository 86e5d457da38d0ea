using System.Globalization;

namespace OrleansGov.Procedures;

public sealed class DateReadingTests
{
    private static readonly DateOnly Sunday = new(2026, 11, 22);

    [Theory]
    [InlineData("2026-12-03", "2026-12-03")]
    [InlineData("12/3", "2026-12-03")]
    [InlineData("１２／３", "2026-12-03")]
    [InlineData("12月3日", "2026-12-03")]
    [InlineData("十二月三日", "2026-12-03")]
    [InlineData("12月3日（木）", "2026-12-03")]
    [InlineData("12月3日木曜日です", "2026-12-03")]
    [InlineData("2026年12月3日", "2026-12-03")]
    [InlineData("2026/12/3", "2026-12-03")]
    [InlineData("20261203", "2026-12-03")]
    [InlineData("1203", "2026-12-03")]
    [InlineData("令和8年12月3日", "2026-12-03")]
    [InlineData("R8.12.3", "2026-12-03")]
    [InlineData("令和元年5月1日", "2019-05-01")]
    [InlineData("昭和64年1月7日", "1989-01-07")]
    [InlineData("h1.1.8", "1989-01-08")]
    [InlineData("1/10", "2027-01-10")]
    [InlineData("11/22", "2026-11-22")]
    [InlineData("11/21", "2027-11-21")]
    [InlineData("2/29", "2028-02-29")]
    [InlineData("今日", "2026-11-22")]
    [InlineData("明日でお願いします", "2026-11-23")]
    [InlineData("明後日", "2026-11-24")]
    [InlineData("あさって", "2026-11-24")]
    [InlineData("3日後", "2026-11-25")]
    [InlineData("二週間後", "2026-12-06")]
    [InlineData("月曜日", "2026-11-23")]
    [InlineData("日曜", "2026-11-22")]
    [InlineData("次の日曜", "2026-11-29")]
    [InlineData("今週金曜", "2026-11-20")]
    [InlineData("来週の月曜", "2026-11-23")]
    [InlineData("再来週の水", "2026-12-02")]
    [InlineData("3日", "2026-12-03")]
    [InlineData("22日", "2026-11-22")]
    [InlineData("31日", "2026-12-31")]
    [InlineData("来月の5日", "2026-12-05")]
    public void TryRead_WhenItIsADay_ReadsIt(string words, string expected)
    {
        Assert.True(DateReading.TryRead(words, Sunday, out var date));
        Assert.Equal(DateOnly.ParseExact(expected, "yyyy-MM-dd", CultureInfo.InvariantCulture), date);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2月30日")]
    [InlineData("13/1")]
    [InlineData("2027-02-29")]
    [InlineData("平成40年1月1日")]
    [InlineData("令和0年5月1日")]
    [InlineData("12月3日（金）")]
    [InlineData("今月31日")]
    [InlineData("32日")]
    [InlineData("月")]
    [InlineData("3")]
    [InlineData("3個")]
    [InlineData("26/12/3")]
    [InlineData("いつでも")]
    [InlineData("99999999999日後")]
    public void TryRead_WhenItIsNoDay_Declines(string words) => Assert.False(DateReading.TryRead(words, Sunday, out _));

    [Fact]
    public void TryRead_OfAnything_NeverThrows() =>
        AnyText.Check(text => DateReading.TryRead(text, Sunday, out var date) || date == default);

    [Fact]
    public void TryRead_AtTheEndsOfTheCalendar_NeverThrows()
    {
        foreach (var today in new[] { DateOnly.MinValue, DateOnly.MaxValue })
            foreach (var words in new[] { "昨日", "明日", "来週の月曜", "31日", "来月1日", "2/29", "12/31", "10000日後", "再来週日曜" })
                DateReading.TryRead(words, today, out _);
    }

    [Fact]
    public void TryRead_OfEveryDayWithoutYear_IsTheNextSuchDay()
    {
        for (var day = Sunday; day < Sunday.AddDays(365); day = day.AddDays(1))
        {
            Assert.True(DateReading.TryRead($"{day.Month}月{day.Day}日", Sunday, out var date));
            Assert.Equal(day, date);
        }
    }
}
