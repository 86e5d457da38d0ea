namespace OrleansGov.Procedures;

public sealed class ConditionTests
{
    private static readonly Dictionary<string, Answer> Answers = new()
    {
        ["kind"] = new Answer.Chosen("large", "大きいもの"),
        ["people"] = new Answer.Number(12),
        ["day"] = new Answer.Day(new(2026, 12, 3)),
        ["items"] = new Answer.Basket([new("sofa", "ソファ", "点", 800, 2), new("desk", "机", "点", 400, 1)]),
        ["home"] = new Answer.Address("1234567", "みなと町一丁目", "north", null),
        ["slot"] = new Answer.Slot("bulky-waste", new(2026, 12, 3), "h", 20),
        ["note"] = new Answer.Words("👩‍👩‍👧です"),
        ["photo"] = new Answer.Photos(["a", "b"]),
        ["has-car"] = new Answer.Chosen("yes", "はい"),
        ["left-out"] = new Answer.Skipped(),
        ["details"] = new Answer.Fields(ImmutableSortedDictionary<string, Answer>.Empty.Add("age", new Answer.Number(70))),
    };

    [Theory]
    [InlineData("kind == 'large'", true)]
    [InlineData("kind != \"large\"", false)]
    [InlineData("people > 3", true)]
    [InlineData("people >= 12 and people <= 12", true)]
    [InlineData("people < 2", false)]
    [InlineData("people > -1", true)]
    [InlineData("day >= '2026-12-01'", true)]
    [InlineData("slot < '2026-12-03'", false)]
    [InlineData("items.fee == 2000 and items.quantity == 3", true)]
    [InlineData("length(items) == 2", true)]
    [InlineData("length(note) == 3", true)]
    [InlineData("length(photo) > 1", true)]
    [InlineData("home.district in ['north', 'east']", true)]
    [InlineData("home.district not in ['north']", false)]
    [InlineData("home.postal-code == '1234567'", true)]
    [InlineData("has-car == 'yes'", true)]
    [InlineData("details.age >= 65", true)]
    [InlineData("details.name == 'x'", false)]
    [InlineData("answered(kind) and not answered(left-out)", true)]
    [InlineData("not (kind == 'large' or people > 100)", false)]
    [InlineData("kind == 'small' and people > 3 or has-car == 'yes'", true)]
    [InlineData("kind == 'small' and (people > 3 or has-car == 'yes')", false)]
    public void Holds_ReadsTheAnswers(string text, bool expected) => Assert.Equal(expected, Parse(text).Holds(Answers));

    [Theory]
    [InlineData("nobody == 'x'")]
    [InlineData("nobody != 'x'")]
    [InlineData("nobody < 3")]
    [InlineData("nobody in ['x']")]
    [InlineData("nobody not in ['x']")]
    [InlineData("left-out == ''")]
    [InlineData("kind.fee > 0")]
    [InlineData("length(nobody) >= 0")]
    public void Holds_WhenThereIsNoAnswer_IsFalse(string text) => Assert.False(Parse(text).Holds(Answers));

    [Fact]
    public void References_AreTheStepsLookedAt() =>
        Assert.Equal(["a", "b", "c", "d-e"], Parse("a == 'x' and (b.fee > 3 or not answered(c)) and length(d-e) < 3").References.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("", 1, "空")]
    [InlineData("kind = 'x'", 6, "==")]
    [InlineData("kind", 5, "比較")]
    [InlineData("kind == large and", 18, "必要")]
    [InlineData("kind == 'x", 9, "閉じる")]
    [InlineData("kind == 'x' people > 3", 13, "and か or")]
    [InlineData("(kind == 'x'", 13, ")")]
    [InlineData("kind in []", 10, "値")]
    [InlineData("kind == 'x'; drop", 12, "使えません")]
    [InlineData("people > 99999999999", 10, "大きすぎ")]
    [InlineData("and == 'x'", 1, "id")]
    public void TryParse_WhenItIsWrong_SaysWhatAndWhere(string text, int expectedColumn, string part)
    {
        Assert.False(Condition.TryParse(text, out var condition, out var fault, out var column));
        Assert.Null(condition);
        Assert.Contains(part, fault, StringComparison.Ordinal);
        Assert.Equal(expectedColumn, column);
    }

    [Fact]
    public void TryParse_IsBounded()
    {
        Assert.False(Condition.TryParse(new string(' ', 600), out _, out _, out _));
        Assert.False(Condition.TryParse(new string('(', 400), out _, out _, out _));
        Assert.False(Condition.TryParse(string.Join(' ', Enumerable.Repeat("not", 100)) + " a == 1", out _, out _, out _));
        Assert.False(Condition.TryParse(string.Join(" or ", Enumerable.Repeat("a == 1", 45)), out _, out _, out _));
    }

    [Fact]
    public void TryParse_OfAnything_GivesAConditionOrAFault() => AnyText.Check(text =>
        Condition.TryParse(text, out var condition, out var fault, out var column) ? fault is null && condition.Holds(Answers) is var _ : column >= 1 && fault.Length > 0);

    private static Condition Parse(string text) =>
        Condition.TryParse(text, out var condition, out var fault, out var column) ? condition : throw new InvalidOperationException($"{column}: {fault}");
}
