using OrleansGov.Api.Lists;

namespace OrleansGov.Api.Tests.StaffConsole;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+81")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("＝1")]
    [InlineData("＠x")]
    [InlineData("  =1")]
    [InlineData("\uFEFF=1")]
    [InlineData("\n=1")]
    public void Cell_ThatASpreadsheetWouldCalculate_IsText(string cell) => Assert.Equal("'" + cell, CsvText.Guarded(cell));

    [Theory]
    [InlineData("")]
    [InlineData("環境課")]
    [InlineData("a=b")]
    [InlineData("2026-04-01")]
    public void Cell_ThatIsOnlyText_StaysAsItIs(string cell) => Assert.Equal(cell, CsvText.Guarded(cell));

    [Fact]
    public void Line_IsQuotedWhereItMustBe() => Assert.Equal("a,\"b,\"\"c\"\"\",,\"d\ne\"\r\n", CsvText.Line(["a", "b,\"c\"", null, "d\ne"]));
}
