namespace OrleansGov.Procedures;

/// <summary>One question of a procedure. The kinds are the nested records of this folder; a pack names them in kebab-case.</summary>
/// <param name="Id">Kebab-case, unique in the procedure; <c>when</c> expressions and the stored answers use it.</param>
/// <param name="Ask">The question.</param>
public abstract record Step(string Id, Wording Ask)
{
    /// <summary>What the review card calls the answer, such as 収集日; null = <see cref="Id"/>.</summary>
    public Wording? Label { get; init; }

    /// <summary>Said when the resident asks for help or fails twice.</summary>
    public Wording? Help { get; init; }

    /// <summary>The step applies only when this holds; null = always.</summary>
    public Condition? When { get; init; }

    /// <summary>May be left out with スキップ.</summary>
    public bool Optional { get; init; }

    /// <summary>Personal (P1, security.md §2): kept out of the open talk, masked in lists.</summary>
    public bool Personal { get; init; }

    /// <summary>Key under which the answer is offered next time (前回と同じ); null = never. Only with the resident's consent.</summary>
    public string? ProfileKey { get; init; }

    /// <summary>The kebab-case name of the kind, as in packs.</summary>
    public abstract string Kind { get; }
}

/// <summary>One of a list. More than 13 options are paged.</summary>
public sealed record ChoiceStep(string Id, Wording Ask, ImmutableList<StepOption> Options) : Step(Id, Ask)
{
    public override string Kind => "choice";
    public ChoiceLook Look { get; init; } = ChoiceLook.Quick;
}

/// <summary>An option of a choice.</summary>
/// <param name="Value">Stored, compared in <c>when</c>.</param>
/// <param name="Label">Shown.</param>
/// <param name="Synonyms">Other words a resident may type for it.</param>
public sealed record StepOption(string Value, Wording Label, ImmutableList<string> Synonyms)
{
    public Wording? Hint { get; init; }
}

/// <summary>Free words, one line (<c>text</c>) or several (<c>paragraph</c>). Lengths in graphemes after NFKC.</summary>
public sealed record TextStep(string Id, Wording Ask, int MinLength, int MaxLength, bool Multiline) : Step(Id, Ask)
{
    public override string Kind => Multiline ? "paragraph" : "text";

    /// <summary>Named character set: <c>any</c>, <c>katakana</c>, <c>hiragana</c>, <c>ascii</c>, <c>digits</c>.</summary>
    public string Characters { get; init; } = "any";

    /// <summary>A non-backtracking regex the whole text must match; null = none.</summary>
    public string? Pattern { get; init; }

    /// <summary>Said when the pattern does not match.</summary>
    public Wording? PatternHint { get; init; }
}

/// <summary>A whole number. Full-width digits and 漢数字 are read too.</summary>
/// <param name="Unit">Such as 人, 通; may be empty.</param>
public sealed record NumberStep(string Id, Wording Ask, int Min, int Max, string Unit) : Step(Id, Ask)
{
    public override string Kind => "number";
}

/// <summary>A calendar day, typed or picked.</summary>
/// <param name="MinDays">Earliest day, in days from today; may be negative; null = none.</param>
/// <param name="MaxDays">Latest day, in days from today; null = none.</param>
public sealed record DateStep(string Id, Wording Ask, int? MinDays, int? MaxDays) : Step(Id, Ask)
{
    public override string Kind => "date";
    public bool BusinessDaysOnly { get; init; }
}

/// <summary>A basket of things from a table, with quantities and a running fee.</summary>
/// <param name="Table">Key of <see cref="Procedure.Items"/>.</param>
/// <param name="MaxLines">Different items.</param>
/// <param name="MaxQuantity">Pieces in all.</param>
public sealed record ItemStep(string Id, Wording Ask, string Table, int MaxLines, int MaxQuantity) : Step(Id, Ask)
{
    public override string Kind => "item";

    /// <summary>Ids of items offered as buttons with the first question; at most 8.</summary>
    public ImmutableList<string> Suggested { get; init; } = [];
}

/// <summary>A day with capacity left, held while the talk goes on.</summary>
/// <param name="District">Id of the step whose answer names the district (an address step, or a choice whose value is the district id); null = the calendar has one district.</param>
public sealed record SlotStep(string Id, Wording Ask, string? District) : Step(Id, Ask)
{
    public override string Kind => "slot";

    /// <summary>How many days are offered at once; 1–11.</summary>
    public int Offered { get; init; } = 6;

    /// <summary>How long a held day stays held without a word from the resident.</summary>
    public int HoldMinutes { get; init; } = 60;
}

/// <summary>An address in the town: postal code, 町丁目 by name or reading, or a location.</summary>
/// <param name="Precision"><c>Town</c> = down to 町丁目 (not personal, may be asked in the talk); <c>Block</c> = with 番地 and building (personal).</param>
public sealed record AddressStep(string Id, Wording Ask, AddressPrecision Precision) : Step(Id, Ask)
{
    public override string Kind => "address";
}

public enum AddressPrecision { Town, Block }

/// <summary>A place on the map: location message, or words.</summary>
public sealed record PlaceStep(string Id, Wording Ask) : Step(Id, Ask)
{
    public override string Kind => "place";
}

/// <summary>Pictures.</summary>
public sealed record PhotoStep(string Id, Wording Ask, int Min, int Max) : Step(Id, Ask)
{
    public override string Kind => "photo";
}

/// <summary>Words with a named validator: officers never write a regex.</summary>
public sealed record NamedTextStep(string Id, Wording Ask, NamedText Name) : Step(Id, Ask)
{
    public override string Kind => Name switch
    {
        NamedText.PersonName => "name",
        NamedText.PostalCode => "postal-code",
        _ => Name.ToString().ToLowerInvariant(),
    };
}

public enum NamedText { PersonName, Kana, Phone, Email, PostalCode }

/// <summary>Agreement to a text. The version of the text is kept with the answer.</summary>
public sealed record ConsentStep(string Id, Wording Ask, string TextVersion) : Step(Id, Ask)
{
    public override string Kind => "consent";

    /// <summary>Where the full text stands; null = it is all in the question.</summary>
    public string? Url { get; init; }
}

/// <summary>Personal details, on a one-time web form that writes straight to our store; asked in the talk, one after another, only where the installation decided so.</summary>
/// <param name="Fields">Text, NamedText, Number, Date, Choice steps and Block addresses.</param>
public sealed record SecretStep(string Id, Wording Ask, ImmutableList<Step> Fields) : Step(Id, Ask)
{
    public override string Kind => "secret";
}

/// <summary>Gives the talk to a department's desk, with everything answered so far.</summary>
public sealed record HandoffStep(string Id, Wording Ask, string Department) : Step(Id, Ask)
{
    public override string Kind => "handoff";
}
