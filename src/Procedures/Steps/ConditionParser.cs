using System.Globalization;

namespace OrleansGov.Procedures;

/// <summary>Reads the text of a <see cref="Condition"/>: one token ahead, one method per level of binding (or, and, not, comparison).</summary>
internal sealed class ConditionParser
{
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ",", "."];
    private static readonly HashSet<string> Keywords = ["and", "or", "not", "in"];

    private readonly string text;
    private readonly ImmutableHashSet<string>.Builder references = ImmutableHashSet.CreateBuilder<string>();
    private Token ahead;
    private int at;
    private int depth;

    public ConditionParser(string text)
    {
        this.text = text;
        if (text.Length > Condition.MaxLength) throw new Fault($"条件は{Condition.MaxLength}文字までです（いまは{text.Length}文字です）。", Condition.MaxLength + 1);
        ahead = Scan();
    }

    private enum TokenKind { Name, Text, Number, Sign, End }

    private readonly record struct Token(TokenKind Kind, string Words, int Column);

    public ImmutableHashSet<string> References => references.ToImmutable();

    public Condition.Term Whole()
    {
        if (ahead.Kind == TokenKind.End) throw Wrong("条件が空です。例：kind == 'large'");
        var term = Or();
        return ahead.Kind == TokenKind.End ? term : throw Wrong($"「{ahead.Words}」の前に and か or が必要です。");
    }

    private Condition.Term Or()
    {
        var term = And();
        while (Take("or")) term = Deeper(() => new Condition.Term.Or(term, And()));
        return term;
    }

    private Condition.Term And()
    {
        var term = Not();
        while (Take("and")) term = Deeper(() => new Condition.Term.And(term, Not()));
        return term;
    }

    private Condition.Term Not() => Take("not") ? Deeper(() => new Condition.Term.Not(Not())) : Primary();

    private Condition.Term Primary()
    {
        if (Take("("))
        {
            var inner = Deeper(Or);
            Expect(")");
            return inner;
        }
        if (ahead is { Kind: TokenKind.Name, Words: "answered" }) return Answered();
        return Comparison();
    }

    private Condition.Term.Answered Answered()
    {
        Next();
        Expect("(");
        var step = StepId();
        Expect(")");
        return new Condition.Term.Answered(step);
    }

    private Condition.Term Comparison()
    {
        var left = Operand();
        if (Take("in")) return new Condition.Term.OneOf(left, Values());
        if (Take("not"))
        {
            // "x not in [..]" is false too while x has no answer, like every comparison.
            Expect("in");
            return new Condition.Term.And(new Condition.Term.Compare(left, "==", left), new Condition.Term.Not(new Condition.Term.OneOf(left, Values())));
        }
        if (ahead is { Kind: TokenKind.Sign, Words: "==" or "!=" or "<" or "<=" or ">" or ">=" }) return new Condition.Term.Compare(left, Next().Words, Operand());
        throw Wrong("比較（==, !=, <, <=, >, >=, in）が必要です。例：kind == 'large'");
    }

    private Condition.Operand Operand()
    {
        if (ahead.Kind is TokenKind.Text or TokenKind.Number) return new Condition.Operand.Constant(Value());
        if (ahead is { Kind: TokenKind.Name, Words: "length" })
        {
            Next();
            Expect("(");
            var measured = StepId();
            Expect(")");
            return new Condition.Operand.Length(measured);
        }
        var step = StepId();
        return new Condition.Operand.Path(step, Take(".") ? Name("「.」のあとには項目の名前が必要です。例：items.fee") : null);
    }

    private ImmutableList<Condition.Value> Values()
    {
        Expect("[");
        var values = ImmutableList.CreateBuilder<Condition.Value>();
        do values.Add(Value());
        while (Take(","));
        Expect("]");
        return values.ToImmutable();
    }

    private Condition.Value Value() => ahead.Kind switch
    {
        TokenKind.Text => Condition.Value.Of(Next().Words),
        TokenKind.Number => int.TryParse(ahead.Words, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Numbered(number)
            : throw Wrong($"数「{ahead.Words}」が大きすぎます。"),
        _ => throw Wrong("値が必要です。文字は ' ' で囲んでください。例：'large'"),
    };

    private Condition.Value Numbered(int number)
    {
        Next();
        return Condition.Value.Of(number);
    }

    private string StepId()
    {
        var step = Name("質問の id か値が必要です。");
        references.Add(step);
        return step;
    }

    private string Name(string otherwise) =>
        ahead.Kind == TokenKind.Name && !Keywords.Contains(ahead.Words) ? Next().Words : throw Wrong(otherwise);

    private Condition.Term Deeper(Func<Condition.Term> inner)
    {
        // Counts every operator, so that neither nesting nor a long chain makes a tree that is deeper than this.
        if (++depth > Condition.MaxDepth) throw Wrong($"条件が複雑すぎます（組み合わせは{Condition.MaxDepth}までです）。");
        return inner();
    }

    private bool Take(string words)
    {
        if (ahead.Words != words || ahead.Kind is not (TokenKind.Sign or TokenKind.Name)) return false;
        Next();
        return true;
    }

    private void Expect(string words)
    {
        if (!Take(words)) throw Wrong($"「{words}」が必要です。");
    }

    private Token Next()
    {
        var token = ahead;
        ahead = Scan();
        return token;
    }

    private Fault Wrong(string message) => new(message, ahead.Column);

    private Token Scan()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        var start = at;
        if (at == text.Length) return new(TokenKind.End, "", start + 1);
        if (text[at] is '\'' or '"') return ScanText(start);
        if (char.IsAsciiDigit(text[at]) || (text[at] == '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            return new(TokenKind.Number, text[start..at], start + 1);
        }
        if (char.IsAsciiLetter(text[at]))
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '_')) at++;
            return new(TokenKind.Name, text[start..at], start + 1);
        }
        if (Array.Find(Signs, sign => string.CompareOrdinal(text, start, sign, 0, sign.Length) == 0) is { } found)
        {
            at += found.Length;
            return new(TokenKind.Sign, found, start + 1);
        }
        throw new Fault(text[at] == '=' ? "等しいことは == と書きます。" : $"「{text[at]}」は条件に使えません。", start + 1);
    }

    private Token ScanText(int start)
    {
        var end = text.IndexOf(text[start], start + 1);
        if (end < 0) throw new Fault($"閉じる {text[start]} がありません。", start + 1);
        at = end + 1;
        return new(TokenKind.Text, text[(start + 1)..end], start + 1);
    }

    /// <summary>An officer's mistake, carried out of the recursion to <see cref="Condition.TryParse"/>; never leaves it.</summary>
    internal sealed class Fault(string message, int column) : Exception(message)
    {
        public int Column { get; } = column;
    }
}
