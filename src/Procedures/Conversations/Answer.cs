using System.Text.Json.Serialization;

namespace OrleansGov.Procedures;

/// <summary>What a resident answered, in the form the procedure keeps.</summary>
[GenerateSerializer, Immutable, Alias("answer")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Chosen), "chosen")]
[JsonDerivedType(typeof(Words), "words")]
[JsonDerivedType(typeof(Number), "number")]
[JsonDerivedType(typeof(Day), "day")]
[JsonDerivedType(typeof(Basket), "basket")]
[JsonDerivedType(typeof(Slot), "slot")]
[JsonDerivedType(typeof(Address), "address")]
[JsonDerivedType(typeof(Place), "place")]
[JsonDerivedType(typeof(Photos), "photos")]
[JsonDerivedType(typeof(Consent), "consent")]
[JsonDerivedType(typeof(Fields), "fields")]
[JsonDerivedType(typeof(Handled), "handled")]
[JsonDerivedType(typeof(Skipped), "skipped")]
public abstract record Answer
{
    private Answer() { }

    [GenerateSerializer, Immutable, Alias("answer.chosen")]
    public sealed record Chosen(string Value, string Label) : Answer;

    /// <summary>Text, paragraph, name, kana, phone, email, postal code: normalised.</summary>
    [GenerateSerializer, Immutable, Alias("answer.words")]
    public sealed record Words(string Value) : Answer;

    [GenerateSerializer, Immutable, Alias("answer.number")]
    public sealed record Number(int Value) : Answer;

    [GenerateSerializer, Immutable, Alias("answer.day")]
    public sealed record Day(DateOnly Value) : Answer;

    [GenerateSerializer, Immutable, Alias("answer.basket")]
    public sealed record Basket(ImmutableList<BasketLine> Lines) : Answer
    {
        /// <summary>Whole yen.</summary>
        [JsonIgnore]
        public int Fee => Lines.Sum(l => l.Fee * l.Quantity);

        [JsonIgnore]
        public int Quantity => Lines.Sum(l => l.Quantity);
    }

    /// <param name="Hold">Id of the hold at the slot's day; idempotent by (run, step).</param>
    /// <param name="Capacity">Capacity of the day when it was held.</param>
    [GenerateSerializer, Immutable, Alias("answer.slot")]
    public sealed record Slot(string Resource, DateOnly Date, string Hold, int Capacity) : Answer;

    /// <param name="Town">町丁目.</param>
    /// <param name="Rest">番地 and building; null at precision Town.</param>
    [GenerateSerializer, Immutable, Alias("answer.address")]
    public sealed record Address(string PostalCode, string Town, string District, string? Rest) : Answer;

    [GenerateSerializer, Immutable, Alias("answer.place")]
    public sealed record Place(double? Latitude, double? Longitude, string Spoken) : Answer;

    /// <param name="ContentIds">Our own ids; the bytes follow outside the turn.</param>
    [GenerateSerializer, Immutable, Alias("answer.photos")]
    public sealed record Photos(ImmutableList<string> ContentIds) : Answer;

    [GenerateSerializer, Immutable, Alias("answer.consent")]
    public sealed record Consent(string TextVersion, DateTimeOffset At) : Answer;

    /// <summary>The fields of a secret step by field id.</summary>
    [GenerateSerializer, Immutable, Alias("answer.fields")]
    public sealed record Fields(ImmutableSortedDictionary<string, Answer> Values) : Answer;

    /// <summary>A handoff step that has been carried out.</summary>
    [GenerateSerializer, Immutable, Alias("answer.handled")]
    public sealed record Handled : Answer;

    [GenerateSerializer, Immutable, Alias("answer.skipped")]
    public sealed record Skipped : Answer;
}

/// <summary>One item in a basket. Name and fee are kept as they were when chosen.</summary>
[GenerateSerializer, Immutable, Alias("basket-line")]
public sealed record BasketLine(string ItemId, string Name, string Unit, int Fee, int Quantity);
