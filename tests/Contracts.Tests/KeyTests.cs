namespace OrleansGov.Contracts.Tests;

/// <summary>Names of grains.</summary>
public sealed class KeyTests
{
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 32)];

    [Fact]
    public void ResidentKey_NamesTheSamePersonAlikeAndNobodyElse()
    {
        var key = ResidentKey.For("main", "U1", Secret);
        Assert.Equal(key, ResidentKey.For("main", "U1", Secret));
        Assert.NotEqual(key, ResidentKey.For("main", "U2", Secret));
        Assert.NotEqual(ResidentKey.Split(key).Pseudonym, ResidentKey.Split(ResidentKey.For("other", "U1", Secret)).Pseudonym);
        Assert.NotEqual(key, ResidentKey.For("main", "U1", [.. Enumerable.Repeat((byte)8, 32)]));
    }

    [Fact]
    public void ResidentKey_DoesNotShowTheUserId()
    {
        var key = ResidentKey.For("main", "U0123456789abcdef", Secret);
        Assert.DoesNotContain("0123456789abcdef", key, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("^r:main/[a-z2-7]{32}$", key);
        Assert.Equal(key, ResidentKey.Join(ResidentKey.Split(key).Channel, ResidentKey.Split(key).Pseudonym));
    }

    [Fact]
    public void ResidentKey_OfChannelAndIdRunTogether_IsNotAnotherPersons() =>
        Assert.NotEqual(ResidentKey.Split(ResidentKey.For("a", "bU1", Secret)).Pseudonym, ResidentKey.Split(ResidentKey.For("ab", "U1", Secret)).Pseudonym);

    [Theory, InlineData(""), InlineData("r:"), InlineData("r:/"), InlineData("c:town/1"), InlineData("r:main")]
    public void Split_OfWhatIsNoKey_Throws(string key) => Assert.Throws<FormatException>(() => ResidentKey.Split(key));

    [Fact]
    public void CaseKey_ComesApartAgain() => Assert.Equal(("minato", "S261124-00001"), CaseKey.Split(CaseKey.For("minato", "S261124-00001")));

    [Fact]
    public void PseudonymKey_ReadsHexAndBase64AndTellsNobody()
    {
        Assert.Equal(Secret, PseudonymKey.Parse(Convert.ToHexString(Secret)).Bytes.ToArray());
        Assert.Equal(Secret, PseudonymKey.Parse($" {Convert.ToBase64String(Secret)}\n").Bytes.ToArray());
        Assert.Throws<FormatException>(() => PseudonymKey.Parse("c2hvcnQ="));
        Assert.DoesNotContain("07", PseudonymKey.Parse(Convert.ToHexString(Secret)).ToString(), StringComparison.Ordinal);
        var wrong = Assert.Throws<FormatException>(() => PseudonymKey.Parse("not a key!"));
        Assert.DoesNotContain("not a key!", wrong.Message, StringComparison.Ordinal);
    }
}
