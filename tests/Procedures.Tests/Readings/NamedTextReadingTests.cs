namespace OrleansGov.Procedures;

public sealed class NamedTextReadingTests
{
    [Theory]
    [InlineData(NamedText.PersonName, "港　花子です。", "港 花子")]
    [InlineData(NamedText.PersonName, "葛\U000E0100城 太郎", "葛\U000E0100城 太郎")]
    [InlineData(NamedText.PersonName, "Nguyễn Văn A", "Nguyễn Văn A")]
    [InlineData(NamedText.PersonName, "佐々木 ジョン・スミス", "佐々木 ジョン・スミス")]
    [InlineData(NamedText.PersonName, "O'Brien-Sato", "O'Brien-Sato")]
    [InlineData(NamedText.PersonName, "ユーコ", "ユーコ")]
    [InlineData(NamedText.Kana, "みなと はなこ", "ミナト ハナコ")]
    [InlineData(NamedText.Kana, "ﾐﾅﾄ ﾕ-ｺ", "ミナト ユーコ")]
    [InlineData(NamedText.Kana, "ミナト　ユｰコ", "ミナト ユーコ")]
    [InlineData(NamedText.Phone, "09012345678", "090-1234-5678")]
    [InlineData(NamedText.Phone, "０９０ー１２３４ー５６７８", "090-1234-5678")]
    [InlineData(NamedText.Phone, "+81 90-1234-5678", "090-1234-5678")]
    [InlineData(NamedText.Phone, "+81(0)90 1234 5678", "090-1234-5678")]
    [InlineData(NamedText.Phone, "06012345678", "060-1234-5678")]
    [InlineData(NamedText.Phone, "05012345678", "050-1234-5678")]
    [InlineData(NamedText.Phone, "0120123456", "0120-123-456")]
    [InlineData(NamedText.Phone, "08001234567", "0800-123-4567")]
    [InlineData(NamedText.Phone, "03(1234)5678", "03-1234-5678")]
    [InlineData(NamedText.Phone, "(0968)78-1234", "0968-78-1234")]
    [InlineData(NamedText.Phone, "0968781234", "0968781234")]
    [InlineData(NamedText.Phone, "電話番号は0968-78-1234です", "0968-78-1234")]
    [InlineData(NamedText.Email, "Hanako.Minato@Example.JP", "Hanako.Minato@example.jp")]
    [InlineData(NamedText.Email, "ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ", "hana@example.jp")]
    [InlineData(NamedText.Email, "hana..x.@docomo.ne.jp", "hana..x.@docomo.ne.jp")]
    [InlineData(NamedText.PostalCode, "〒１２３－４５６７", "1234567")]
    [InlineData(NamedText.PostalCode, "123 4567", "1234567")]
    public void Read_WhenItIsOne_KeepsOneForm(NamedText kind, string words, string expected) => Assert.Equal(ReadWords.Of(expected), NamedTextReading.Read(kind, words));

    [Theory]
    [InlineData(NamedText.PersonName, "")]
    [InlineData(NamedText.PersonName, "花子2")]
    [InlineData(NamedText.PersonName, "花子😊")]
    [InlineData(NamedText.PersonName, "https://example.jp")]
    [InlineData(NamedText.PersonName, "・・")]
    [InlineData(NamedText.Kana, "港花子")]
    [InlineData(NamedText.Kana, "ー")]
    [InlineData(NamedText.Phone, "1234-5678")]
    [InlineData(NamedText.Phone, "090-1234-567")]
    [InlineData(NamedText.Phone, "0101234567")]
    [InlineData(NamedText.Phone, "090-1234-56789")]
    [InlineData(NamedText.Phone, "でんわ")]
    [InlineData(NamedText.Phone, "+1 212 555 0100")]
    [InlineData(NamedText.Email, "hanako")]
    [InlineData(NamedText.Email, "a@b")]
    [InlineData(NamedText.Email, "a@b.jp\r\nBcc: c@d.jp")]
    [InlineData(NamedText.Email, "a@-b.jp")]
    [InlineData(NamedText.PostalCode, "123-456")]
    public void Read_WhenItIsNone_SaysWhyWithAnExample(NamedText kind, string words)
    {
        var read = NamedTextReading.Read(kind, words);
        Assert.Null(read.Value);
        Assert.Contains("例：", read.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnything_GivesAValueOrAReason() => AnyText.Check(text =>
        Enum.GetValues<NamedText>().Select(kind => NamedTextReading.Read(kind, text)).All(read => (read.Value is null) != (read.Why is null)));

    [Fact]
    public void Read_OfAPageOfText_Declines() => Assert.NotNull(NamedTextReading.Read(NamedText.PersonName, new string('あ', 6000)).Why);
}
