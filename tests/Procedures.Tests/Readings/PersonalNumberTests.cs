namespace OrleansGov.Procedures;

public sealed class PersonalNumberTests
{
    // A made-up number whose check digit is right.
    private const string Valid = "123456789018";

    [Theory]
    [InlineData(Valid)]
    [InlineData("マイナンバーは1234-5678-9018です")]
    [InlineData("1234 5678 9018")]
    [InlineData("１２３４５６７８９０１８")]
    [InlineData("1234ー5678ー9018")]
    [InlineData("1234\u200B5678\u200B9018")]
    [InlineData("03-1234-5678 123456789018")]
    public void Contains_WhenTheCheckDigitIsRight_IsTrue(string text)
    {
        Assert.True(PersonalNumber.Contains(text));
        Assert.False(PersonalNumber.Contains(PersonalNumber.Mask(text)));
    }

    [Theory]
    [InlineData("123456789012")]
    [InlineData("1123456789018")]
    [InlineData("1234567890182")]
    [InlineData("090-1234-5678")]
    [InlineData("2026-12-03 1200")]
    [InlineData("")]
    public void Contains_WhenItIsAnotherNumber_IsFalse(string text)
    {
        Assert.False(PersonalNumber.Contains(text));
        Assert.Equal(text, PersonalNumber.Mask(text));
    }

    [Fact]
    public void Mask_TouchesTheDigitsOnly() => Assert.Equal("番号 ＊＊＊＊-＊＊＊＊-＊＊＊＊ です", PersonalNumber.Mask("番号 1234-5678-9018 です"));

    [Fact]
    public void Mask_OfAnything_LeavesNoPersonalNumber() => AnyText.Check(text => !PersonalNumber.Contains(PersonalNumber.Mask(text + Valid)));
}
