using Npgsql;
using OrleansGov.Silo.Keys;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Cluster;

/// <summary>The pseudonym key of a cluster is configured on every node; the database remembers the fingerprint of the first.</summary>
public static class ClusterKey
{
    /// <exception cref="StoreUnavailableException">Another key than the one the residents of this database were named with, or the database is away.</exception>
    public static async Task CheckAsync(ClusterDatabase database, PseudonymKey key)
    {
        try
        {
            await using var connection = await database.Shared.OpenConnectionAsync().ConfigureAwait(false);
            var mine = KeyRing.FingerprintOf(key);
            if (await OfficeInfo.FirstAsync(connection, "pseudonym-key", mine).ConfigureAwait(false) == mine) return;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw ClusterProblems.Unusable(database.Place, e);
        }

        throw new StoreUnavailableException(StoreProblem.Key, database.Place,
            $"Privacy__PseudonymKey が、PostgreSQL（{database.Place}）を作ったときの鍵と違います。元の鍵に戻してください。別の鍵では、すべての利用者が別人になります。",
            $"Privacy__PseudonymKey is not the key that the database at PostgreSQL ({database.Place}) was made with. Put the original back: with another key every resident becomes a stranger.");
    }
}
