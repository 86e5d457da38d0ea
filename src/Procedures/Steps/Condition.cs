using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrleansGov.Procedures;

/// <summary>
/// A <c>when</c> expression over answers, such as <c>kind == 'bulky' and items.quantity > 3</c>. It has comparison, <c>in [..]</c>, <c>and</c>,
/// <c>or</c>, <c>not</c>, parentheses, <c>answered(step)</c>, <c>length(step)</c> and the parts of an answer (<see cref="Operand.Path"/>);
/// no loops and no calls, so it ends in time that is bounded by its own length.
/// </summary>
/// <remarks>A comparison with an answer that is not there is false, <c>!=</c> too: a question depends on what was said, not on what was not.</remarks>
public sealed class Condition
{
    public const int MaxLength = 500;
    public const int MaxDepth = 32;

    private readonly Term root;

    private Condition(string text, Term root, ImmutableHashSet<string> references) => (Text, this.root, References) = (text, root, references);

    /// <summary>As written in the pack.</summary>
    public string Text { get; }

    /// <summary>Ids of the steps it looks at.</summary>
    public ImmutableHashSet<string> References { get; }

    /// <summary>Reads an expression. When it has a fault: what is wrong, in Japanese, and the column (1 = the first character).</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out string? fault, out int column)
    {
        (condition, fault, column) = (null, null, 0);
        try
        {
            var parser = new ConditionParser(text);
            condition = new(text, parser.Whole(), parser.References);
            return true;
        }
        catch (ConditionParser.Fault found)
        {
            (fault, column) = (found.Message, found.Column);
            return false;
        }
    }

    /// <summary>True when it holds for these answers, by step id.</summary>
    public bool Holds(IReadOnlyDictionary<string, Answer> answers) => root.Holds(answers);

    public override string ToString() => Text;

    /// <summary>What is true or false.</summary>
    internal abstract record Term
    {
        public abstract bool Holds(IReadOnlyDictionary<string, Answer> answers);

        public sealed record And(Term Left, Term Right) : Term
        {
            public override bool Holds(IReadOnlyDictionary<string, Answer> answers) => Left.Holds(answers) && Right.Holds(answers);
        }

        public sealed record Or(Term Left, Term Right) : Term
        {
            public override bool Holds(IReadOnlyDictionary<string, Answer> answers) => Left.Holds(answers) || Right.Holds(answers);
        }

        public sealed record Not(Term Inner) : Term
        {
            public override bool Holds(IReadOnlyDictionary<string, Answer> answers) => !Inner.Holds(answers);
        }

        public sealed record Answered(string Step) : Term
        {
            public override bool Holds(IReadOnlyDictionary<string, Answer> answers) => answers.TryGetValue(Step, out var answer) && answer is not Answer.Skipped;
        }

        public sealed record Compare(Operand Left, string Sign, Operand Right) : Term
        {
            public override bool Holds(IReadOnlyDictionary<string, Answer> answers) =>
                Left.In(answers) is { } left && Right.In(answers) is { } right && Value.Order(left, right) is var order && Sign switch
                {
                    "==" => order == 0,
                    "!=" => order != 0,
                    "<" => order < 0,
                    "<=" => order <= 0,
                    ">" => order > 0,
                    _ => order >= 0,
                };
        }

        public sealed record OneOf(Operand Left, ImmutableList<Value> Values) : Term
        {
            public override bool Holds(IReadOnlyDictionary<string, Answer> answers) =>
                Left.In(answers) is { } left && Values.Exists(value => Value.Order(left, value) == 0);
        }
    }

    /// <summary>What has a value.</summary>
    internal abstract record Operand
    {
        /// <summary>Null when there is no such answer, or no such part of it.</summary>
        public abstract Value? In(IReadOnlyDictionary<string, Answer> answers);

        public sealed record Constant(Value Value) : Operand
        {
            public override Value? In(IReadOnlyDictionary<string, Answer> answers) => Value;
        }

        /// <summary>
        /// An answer or a part of it: <c>step</c>, <c>basket.fee</c>, <c>basket.quantity</c>, <c>address.district</c>, <c>address.postal-code</c>,
        /// or a field of a secret step, <c>step.field</c>.
        /// </summary>
        public sealed record Path(string Step, string? Part) : Operand
        {
            public override Value? In(IReadOnlyDictionary<string, Answer> answers) => answers.TryGetValue(Step, out var answer) ? Of(answer, Part) : null;

            private static Value? Of(Answer answer, string? part) => (answer, part) switch
            {
                (Answer.Chosen chosen, null) => Value.Of(chosen.Value),
                (Answer.Words words, null) => Value.Of(words.Value),
                (Answer.Number number, null) => Value.Of(number.Value),
                (Answer.Day day, null) => Value.Of(day.Value),
                (Answer.Slot slot, null) => Value.Of(slot.Date),
                (Answer.Address address, null) => Value.Of(address.Town),
                (Answer.Address address, "district") => Value.Of(address.District),
                (Answer.Address address, "postal-code") => Value.Of(address.PostalCode),
                (Answer.Basket basket, "fee") => Value.Of(basket.Fee),
                (Answer.Basket basket, "quantity") => Value.Of(basket.Quantity),
                (Answer.Place place, null) => Value.Of(place.Spoken),
                (Answer.Consent consent, null) => Value.Of(consent.TextVersion),
                (Answer.Fields fields, not null) => fields.Values.TryGetValue(part, out var field) ? Of(field, null) : null,
                _ => null,
            };
        }

        /// <summary><c>length(step)</c>: graphemes of words, different items of a basket, number of photos.</summary>
        public sealed record Length(string Step) : Operand
        {
            public override Value? In(IReadOnlyDictionary<string, Answer> answers) => answers.GetValueOrDefault(Step) switch
            {
                Answer.Words words => Value.Of(JapaneseText.Graphemes(words.Value)),
                Answer.Place place => Value.Of(JapaneseText.Graphemes(place.Spoken)),
                Answer.Basket basket => Value.Of(basket.Lines.Count),
                Answer.Photos photos => Value.Of(photos.ContentIds.Count),
                _ => null,
            };
        }
    }

    /// <summary>A text, a whole number or a day.</summary>
    internal readonly record struct Value(string Text, int? Number, DateOnly? Day)
    {
        public static Value Of(string text) => new(text,
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);

        public static Value Of(int number) => new(FormattableString.Invariant($"{number}"), number, null);
        public static Value Of(DateOnly day) => new(FormattableString.Invariant($"{day:yyyy-MM-dd}"), null, day);

        /// <summary>As numbers where both are numbers, as days where both are days, as text otherwise.</summary>
        public static int Order(Value left, Value right) =>
            left.Number is { } n && right.Number is { } m ? n.CompareTo(m)
            : left.Day is { } d && right.Day is { } e ? d.CompareTo(e)
            : string.CompareOrdinal(left.Text, right.Text);
    }
}
