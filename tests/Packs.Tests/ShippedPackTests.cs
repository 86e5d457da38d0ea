namespace OrleansGov.Packs.Tests;

public sealed class ShippedPackTests
{
    private static readonly Procedure Pack = Shipped.Procedure;
    private static readonly ImmutableList<Item> Items = Pack.Items["fees"].Items;

    [Fact]
    public void Read_TheTown_IsSound()
    {
        Assert.Empty(Shipped.Minatodai.Problems);
        Assert.Equal("みなと台市", Shipped.Minatodai.Town!.Name);
        Assert.Equal(["bulky-waste"], Shipped.Minatodai.Packs);
        Assert.InRange(Shipped.Minatodai.Town.Menu.Count, 1, 6);
    }

    [Fact]
    public void Read_ThePack_IsSoundForTheTown()
    {
        var rules = new PackRules { Departments = [.. Shipped.Minatodai.Town!.Departments.Select(d => d.Id)] };
        var reading = PackReader.Read(Shipped.BulkyWaste.Id, Shipped.BulkyWaste.Texts, rules);
        Assert.Empty(reading.Problems);
        Assert.Matches("^[0-9a-f]{64}$", reading.Procedure!.ContentHash);
    }

    [Fact]
    public void Steps_OfThePack_AreAskedInOrder()
    {
        Assert.Equal(["items", "town", "day", "contact"], Pack.Steps.Select(s => s.Id));
        Assert.Equal("town", Assert.IsType<SlotStep>(Pack.StepById("day")).District);
        Assert.Equal(AddressPrecision.Town, Assert.IsType<AddressStep>(Pack.StepById("town")).Precision);
        var contact = Assert.IsType<SecretStep>(Pack.StepById("contact"));
        Assert.Equal(["name", "kana", "phone", "block", "place-out"], contact.Fields.Select(f => f.Id));
        Assert.All(contact.Fields, f => Assert.True(f.Personal));
    }

    [Fact]
    public void Questions_OfThePack_AreShort()
    {
        var steps = Pack.Steps.Concat(Pack.Steps.OfType<SecretStep>().SelectMany(s => s.Fields));
        Assert.All(steps, s => Assert.InRange(s.Ask.Japanese.Length, 1, 80));
    }

    [Fact]
    public void Items_OfThePack_AreManyAndPriced()
    {
        Assert.InRange(Items.Count(i => i.Refusal is null), 150, 1000);
        Assert.InRange(Items.Count(i => i.Refusal is not null), 8, 1000);
        Assert.All(Items.Where(i => i.Refusal is null), i => Assert.True(i.Fee is >= 200 and <= 2000 && i.Fee % 200 == 0, i.Name));
        // Shown on quick replies, which hold 20 letters.
        Assert.All(Items, i => Assert.InRange(i.Name.Length, 1, 20));
    }

    [Theory]
    [InlineData("エアコン")]
    [InlineData("テレビ")]
    [InlineData("冷蔵庫")]
    [InlineData("洗濯機")]
    [InlineData("パソコン")]
    [InlineData("タイヤ")]
    [InlineData("ピアノ")]
    [InlineData("消火器")]
    public void Items_ThatTheTownDoesNotTake_SayWhereToGo(string word)
    {
        var item = Items.Single(i => i.Refusal is not null && (i.Name == word || i.Synonyms.Contains(word)));
        Assert.Matches("店|メーカー|業者|箱", item.Refusal);
    }

    [Fact]
    public void Calendar_OfThePack_CoversEveryDistrict()
    {
        Assert.Equal(["north", "central", "south"], Pack.Calendar!.Districts.Select(d => d.Id));
        Assert.Equal(3, Pack.Calendar.CutOffBusinessDays);
        Assert.InRange(Pack.Addresses!.Blocks.Count, 24, 1000);
        Assert.All(Pack.Calendar.Districts, d => Assert.Contains(Pack.Addresses.Blocks, b => b.District == d.Id));
        Assert.All(Pack.Addresses.Blocks, b => Assert.StartsWith("000", b.PostalCode, StringComparison.Ordinal));
    }
}
