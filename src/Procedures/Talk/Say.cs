using System.Text.Json.Serialization;

namespace OrleansGov.Procedures;

/// <summary>What the office says, in meaning rather than in LINE's JSON. The renderer in <c>src/Line</c> finds the legal LINE form; it may never drop a choice or an amount.</summary>
[GenerateSerializer, Immutable, Alias("say")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Words), "words")]
[JsonDerivedType(typeof(Question), "question")]
[JsonDerivedType(typeof(Card), "card")]
[JsonDerivedType(typeof(Cards), "cards")]
[JsonDerivedType(typeof(Location), "location")]
[JsonDerivedType(typeof(Picture), "picture")]
public abstract record Say
{
    private Say() { }

    /// <summary>The same in plain text, for the transcript, alt texts and talks-as-tests.</summary>
    [JsonIgnore]
    public abstract string Plain { get; }

    /// <summary>Choices that stay reachable under this message (quick replies); shown when it is the last one said.</summary>
    [Id(0)]
    public ImmutableList<Choice> Quick { get; init; } = [];

    /// <summary>A sentence. Any length: the renderer splits over 5,000 UTF-16 units.</summary>
    [GenerateSerializer, Immutable, Alias("say.words")]
    public sealed record Words(string Text) : Say
    {
        [JsonIgnore]
        public override string Plain => Text;
    }

    /// <summary>A question with choices.</summary>
    /// <param name="Text">The question.</param>
    /// <param name="Choices">1 or more; paging over 13 is the engine's work, not the renderer's.</param>
    /// <param name="Look">The preferred form; the renderer falls back to text with quick replies where LINE's limits forbid it.</param>
    [GenerateSerializer, Immutable, Alias("say.question")]
    public sealed record Question(string Text, ImmutableList<Choice> Choices, ChoiceLook Look = ChoiceLook.Quick) : Say
    {
        [JsonIgnore]
        public override string Plain => Text;
    }

    /// <summary>A card: title, rows of label and value (each with an optional small button), a total, a note, buttons. Review, receipt and case are cards.</summary>
    [GenerateSerializer, Immutable, Alias("say.card")]
    public sealed record Card(string Title, ImmutableList<CardRow> Rows, ImmutableList<Choice> Buttons) : Say
    {
        /// <summary>A short line over the title, such as 受付完了.</summary>
        [Id(0)]
        public string? Badge { get; init; }

        /// <summary>A sentence below the title.</summary>
        [Id(1)]
        public string? Lead { get; init; }

        /// <summary>The row that is set larger, such as the fee; null = none.</summary>
        [Id(2)]
        public CardRow? Total { get; init; }

        /// <summary>Small print.</summary>
        [Id(3)]
        public string? Note { get; init; }

        /// <summary>Colour role of the card's head.</summary>
        [Id(4)]
        public CardTone Tone { get; init; }

        [JsonIgnore]
        public override string Plain => string.Join('\n',
            new[] { Badge, Title, Lead }.Where(s => !string.IsNullOrEmpty(s))
                .Concat(Rows.Select(r => $"{r.Label}: {r.Value}"))
                .Concat(Total is null ? [] : [$"{Total.Label}: {Total.Value}"])
                .Concat(string.IsNullOrEmpty(Note) ? [] : [Note]));
    }

    /// <summary>Cards side by side. 1–12.</summary>
    [GenerateSerializer, Immutable, Alias("say.cards")]
    public sealed record Cards(string Summary, ImmutableList<Card> Items) : Say
    {
        [JsonIgnore]
        public override string Plain => string.Join("\n\n", Items.Select(i => i.Plain).Prepend(Summary));
    }

    /// <summary>A point on the map. WGS 84 degrees.</summary>
    [GenerateSerializer, Immutable, Alias("say.location")]
    public sealed record Location(string Title, string Address, double Latitude, double Longitude) : Say
    {
        [JsonIgnore]
        public override string Plain => $"{Title}（{Address}）";
    }

    /// <summary>A picture by https URL; left out by the renderer unless <c>Public__BaseUrl</c> is https.</summary>
    [GenerateSerializer, Immutable, Alias("say.picture")]
    public sealed record Picture(string Path, string AltText) : Say
    {
        [JsonIgnore]
        public override string Plain => AltText;
    }
}

/// <summary>One line of a card.</summary>
/// <param name="Label">Such as 収集日.</param>
/// <param name="Value">Never cut: amounts, dates and addresses wrap.</param>
/// <param name="Edit">A small button beside the row, such as 修正; null = none.</param>
[GenerateSerializer, Immutable, Alias("card-row")]
public sealed record CardRow(string Label, string Value, Choice? Edit = null);

/// <summary>Colour role of a card's head.</summary>
public enum CardTone { Plain, Review, Done, Warning }

/// <summary>The preferred form of a question's choices.</summary>
public enum ChoiceLook { Quick, Buttons, Confirm, Carousel }

/// <summary>Something a resident can tap.</summary>
/// <param name="Label">What stands on it. Quick replies and buttons show 20 graphemes; longer labels are shortened by the renderer and said in full in the text.</param>
/// <param name="Action">What a tap does.</param>
[GenerateSerializer, Immutable, Alias("choice")]
public sealed record Choice(string Label, ChoiceAction Action)
{
    /// <summary>Explains the choice where there is room (carousel, buttons); may be null.</summary>
    [Id(0)]
    public string? Hint { get; init; }

    /// <summary>Marks the way forward (filled button) where the form has such a thing.</summary>
    [Id(1)]
    public bool Primary { get; init; }

    /// <summary>A tap that answers with our own data; the label is shown as if the resident had said it.</summary>
    public static Choice Tap(string label, string data) => new(label, new ChoiceAction.Tap(data, label));

    /// <summary>A tap that says words, exactly as if typed.</summary>
    public static Choice Say(string label, string? words = null) => new(label, new ChoiceAction.Speak(words ?? label));
}

/// <summary>What a tap does.</summary>
[GenerateSerializer, Immutable, Alias("choice-action")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Tap), "tap")]
[JsonDerivedType(typeof(Speak), "speak")]
[JsonDerivedType(typeof(OpenLink), "link")]
[JsonDerivedType(typeof(PickDate), "pick-date")]
[JsonDerivedType(typeof(SendLocation), "send-location")]
[JsonDerivedType(typeof(TakePhoto), "take-photo")]
[JsonDerivedType(typeof(ChoosePhoto), "choose-photo")]
public abstract record ChoiceAction
{
    private ChoiceAction() { }

    /// <summary>Postback. <paramref name="Data"/> at most 300 UTF-16 units; <paramref name="Shown"/> appears as the resident's own words.</summary>
    [GenerateSerializer, Immutable, Alias("action.tap")]
    public sealed record Tap(string Data, string? Shown) : ChoiceAction;

    /// <summary>Message action: says the words.</summary>
    [GenerateSerializer, Immutable, Alias("action.speak")]
    public sealed record Speak(string Words) : ChoiceAction;

    /// <summary>Opens a page. <paramref name="Url"/> absolute, or a path below <c>Public__BaseUrl</c> (starts with '/').</summary>
    [GenerateSerializer, Immutable, Alias("action.link")]
    public sealed record OpenLink(string Url) : ChoiceAction;

    /// <summary>Date picker. Dates in Japan's calendar day; <paramref name="Data"/> comes back with the picked date.</summary>
    [GenerateSerializer, Immutable, Alias("action.pick-date")]
    public sealed record PickDate(string Data, DateOnly? Initial = null, DateOnly? Min = null, DateOnly? Max = null) : ChoiceAction;

    /// <summary>Opens LINE's location screen (quick reply only).</summary>
    [GenerateSerializer, Immutable, Alias("action.send-location")]
    public sealed record SendLocation : ChoiceAction;

    /// <summary>Opens the camera (quick reply only).</summary>
    [GenerateSerializer, Immutable, Alias("action.take-photo")]
    public sealed record TakePhoto : ChoiceAction;

    /// <summary>Opens the album (quick reply only).</summary>
    [GenerateSerializer, Immutable, Alias("action.choose-photo")]
    public sealed record ChoosePhoto : ChoiceAction;
}
