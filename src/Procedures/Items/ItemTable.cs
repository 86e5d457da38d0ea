namespace OrleansGov.Procedures;

/// <summary>What a search found.</summary>
/// <param name="Exact">The one item the words name; null when none or several do.</param>
/// <param name="Similar">Best first, without <paramref name="Exact"/>.</param>
public sealed record ItemMatches(Item? Exact, ImmutableList<Item> Similar);

/// <summary>A searchable table of items.</summary>
public sealed class ItemTable(ImmutableList<Item> items)
{
    public ImmutableList<Item> Items { get; } = items;

    public Item? ById(string id) => throw new NotImplementedException();

    public ItemMatches Search(string words, int limit = 8) => throw new NotImplementedException();

    public static (string Words, int? Quantity) SplitQuantity(string words) => throw new NotImplementedException();
}
