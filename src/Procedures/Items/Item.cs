namespace OrleansGov.Procedures;

/// <summary>One row of a pack's item table, such as a piece of bulky waste.</summary>
/// <param name="Id">Stable id; kept in bookings.</param>
/// <param name="Name">ソファ（2人掛け）.</param>
/// <param name="Reading">In hiragana.</param>
/// <param name="Synonyms">Other words residents use.</param>
/// <param name="Unit">点, 枚, 台 …</param>
/// <param name="Fee">Whole yen per unit.</param>
/// <param name="MaxQuantity">Pieces of this item in one booking.</param>
public sealed record Item(string Id, string Name, string Reading, ImmutableList<string> Synonyms, string Unit, int Fee, int MaxQuantity)
{
    /// <summary>Words said with the item, such as a limit of size; may be null.</summary>
    public string? Note { get; init; }

    /// <summary>Why it is not taken (家電リサイクル法 …) and where to go instead; null = it is taken.</summary>
    public string? Refusal { get; init; }
}
