using NpgsqlTypes;

namespace OrleansGov.Silo.Cluster;

/// <summary>Where residents are reached, beside their states: see <see cref="PostgresDueIndex"/> for which of the two tables.</summary>
public sealed class PostgresAddressBook(ClusterDatabase database) : IAddressBook
{
    private readonly string _select = $"""
        SELECT kept.grain_id, kept.address
        FROM unnest($1) AS asked (grain_id)
        CROSS JOIN LATERAL (
          SELECT grain_id, address FROM {(database.Settings.HotStorage == StateStorage.GroupCommit ? "grain_state" : "grain_due")} AS row
          WHERE row.grain_id = asked.grain_id AND row.address IS NOT NULL LIMIT 1
        ) AS kept
        """;

    public Task<IReadOnlyDictionary<string, string>> AddressesOf(IReadOnlyCollection<string> grainIds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grainIds.Count, IAddressBook.MostAtOnce);
        return database.AskAsync(_select,
            parameters => parameters.Add(new() { Value = grainIds.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }),
            async reader =>
            {
                var found = new Dictionary<string, string>(grainIds.Count, StringComparer.Ordinal);
                while (await reader.ReadAsync().ConfigureAwait(false)) found[reader.GetString(0)] = reader.GetString(1);
                return (IReadOnlyDictionary<string, string>)found;
            });
    }
}
