namespace OrleansGov.Procedures;

public sealed class TemplateTests
{
    private static readonly Dictionary<string, string> Values = new() { ["number"] = "S-1", ["name"] = "{number}" };

    [Fact]
    public void Fill_PutsValuesInOnce() => Assert.Equal("S-1 {number} {day} {", Template.Fill("{number} {name} {day} {", Values));

    [Fact]
    public void Placeholders_AreNamedOnceInOrder() => Assert.Equal(["day", "number"], Template.Placeholders("{day}{number}{day}{}{ x }"));

    [Fact]
    public void Fill_OfAnything_NeverThrows() => AnyText.Check(text => Template.Fill(text, Values) is not null);
}

public sealed class JapaneseDatesTests
{
    [Fact]
    public void Day_SaysTheYear_OnlyWhenItDiffers()
    {
        Assert.Equal("12月3日（木）", JapaneseDates.Day(new(2026, 12, 3), new(2026, 11, 22)));
        Assert.Equal("2027年1月7日（木）", JapaneseDates.Day(new(2027, 1, 7), new(2026, 11, 22)));
    }

    [Fact]
    public void Yen_GroupsThousands() => Assert.Equal("1,200円", JapaneseDates.Yen(1200));
}
