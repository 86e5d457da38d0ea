namespace OrleansGov.Procedures;

public sealed class AddressTableTests
{
    private static readonly AddressTable Town = new("みなと台市",
    [
        new("1230001", "みなと町一丁目", "みなとまちいっちょうめ", "north", 35.00, 139.00),
        new("1230001", "みなと町二丁目", "みなとまちにちょうめ", "north", 35.01, 139.00),
        new("1230001", "みなと町十二丁目", "みなとまちじゅうにちょうめ", "north", 35.02, 139.00),
        new("1230002", "港南", "こうなん", "south", 34.95, 139.00),
        new("1240003", "霞ヶ丘", "かすみがおか", "south", 34.90, 139.00),
    ], 5);

    [Theory]
    [InlineData("1230001", 3)]
    [InlineData("〒１２３－０００２", 1)]
    [InlineData("123", 4)]
    [InlineData("124-0", 1)]
    [InlineData("9999999", 0)]
    [InlineData("みなと町", 3)]
    [InlineData("みなとまち", 3)]
    [InlineData("ミナトマチ", 3)]
    [InlineData("みなと町一丁目", 1)]
    [InlineData("みなと町1丁目2-3", 1)]
    [InlineData("みなと町１丁目", 1)]
    [InlineData("みなとまち2ちょうめ", 1)]
    [InlineData("みなと町99番地", 3)]
    [InlineData("こうなん", 1)]
    [InlineData("かすみか丘", 0)]
    [InlineData("かすみかおか", 1)]
    [InlineData("霞ケ丘", 1)]
    [InlineData("霞が丘", 1)]
    [InlineData("東京", 0)]
    [InlineData("", 0)]
    public void Find_ReadsCodesNamesAndReadings(string words, int expected) => Assert.Equal(expected, Town.Find(words, 10).Count);

    [Theory]
    [InlineData("みなと町1丁目2-3", "みなと町一丁目", "2-3")]
    [InlineData("みなと町一丁目２ー３ コーポ港101", "みなと町一丁目", "2-3 コーポ港101")]
    [InlineData("みなと町12丁目3番4号", "みなと町十二丁目", "3番4号")]
    [InlineData("みなと町1-2-3", "みなと町一丁目", "2-3")]
    [InlineData("みなと台市港南5-6", "港南", "5-6")]
    [InlineData("〒123-0002 東京都みなと台市 港南 5番地", "港南", "5番地")]
    [InlineData("みなと町二丁目", "みなと町二丁目", "")]
    [InlineData("港南", "港南", "")]
    public void Split_TakesTheBlockOffTheRest(string words, string block, string rest)
    {
        var parts = Town.Split(words);
        Assert.Equal((block, rest), (parts?.Block.Name, parts?.Rest));
    }

    [Theory]
    [InlineData("みなと町")]
    [InlineData("みなと町3-1")]
    [InlineData("みなと町13番地")]
    [InlineData("隣町1-2")]
    [InlineData("")]
    public void Split_WhenTheBlockIsNotSaid_IsNull(string words) => Assert.Null(Town.Split(words));

    [Fact]
    public void Nearest_IsTheNearestWithinTheTown()
    {
        Assert.Equal("港南", Town.Nearest(34.951, 139.001)?.Name);
        Assert.Null(Town.Nearest(36, 139));
        Assert.Null(Town.Nearest(double.NaN, 139));
        Assert.Null(new AddressTable("空市", [], 5).Nearest(35, 139));
    }

    [Fact]
    public void Find_OfEveryBlocksOwnName_FindsIt() => Assert.All(Town.Blocks, block =>
    {
        Assert.Equal([block], Town.Find(block.Name, 10));
        Assert.Equal(block, Town.Split(block.Name + "1-2")?.Block);
    });

    [Fact]
    public void FindAndSplit_OfAnything_NeverThrow() => AnyText.Check(text => Town.Find(text, 3).Count <= 3 && Town.Split(text)?.Rest is var _);
}
