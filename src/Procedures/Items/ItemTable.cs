namespace OrleansGov.Procedures;

/// <summary>A searchable table of items.</summary>
public sealed class ItemTable(ImmutableList<Item> items)
{
    public ImmutableList<Item> Items { get; } = items;
}
