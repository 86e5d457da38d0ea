using OrleansGov.Silo.Embedded;

namespace OrleansGov.Silo.States;

/// <summary>The address column of <see cref="SqliteGrainStorage"/>, read by key.</summary>
public sealed class SqliteAddressBook(EmbeddedStore store) : IAddressBook
{
    private const string Select = "SELECT address FROM grain_state WHERE grain_id = ?1 AND address IS NOT NULL";

    public Task<IReadOnlyDictionary<string, string>> AddressesOf(IReadOnlyCollection<string> grainIds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grainIds.Count, IAddressBook.MostAtOnce);
        return store.ReadAsync(database =>
        {
            var found = new Dictionary<string, string>(grainIds.Count);
            foreach (var id in grainIds)
            {
                var select = database.Prepare(Select).Bind(1, id);
                if (select.Step()) found[id] = select.Text(0);
                select.Reset();
            }

            return (IReadOnlyDictionary<string, string>)found;
        });
    }
}
