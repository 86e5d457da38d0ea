using Npgsql;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Cluster;

/// <summary>
/// Which provider keeps which states is chosen once per database: each has tables of its own, so a node that chose otherwise would find every
/// resident a stranger. The first node that starts writes its choice down; the others must agree.
/// </summary>
internal static class StorageChoice
{
    public static async Task CheckAsync(NpgsqlConnection connection, ClusterSettings settings, string place)
    {
        await CheckAsync(connection, "Cluster__HotStorage", settings.HotStorage, place).ConfigureAwait(false);
        await CheckAsync(connection, "Cluster__OtherStorage", settings.OtherStorage, place).ConfigureAwait(false);
    }

    private static async Task CheckAsync(NpgsqlConnection connection, string setting, StateStorage wanted, string place)
    {
        var first = await OfficeInfo.FirstAsync(connection, setting, wanted.ToString()).ConfigureAwait(false);
        if (first == wanted.ToString()) return;
        throw new StoreUnavailableException(StoreProblem.Settings, place,
            $"{setting}={wanted} ですが、PostgreSQL（{place}）の状態は {first} で保存されています。{setting}={first} に戻してください。",
            $"{setting} is {wanted}, but the states at PostgreSQL ({place}) are kept by {first}. Set {setting}={first}.");
    }
}

/// <summary>Small facts about the database that every node must agree on.</summary>
internal static class OfficeInfo
{
    /// <summary>Writes a value unless there is one already.</summary>
    /// <returns>The value that counts.</returns>
    public static async Task<string> FirstAsync(NpgsqlConnection connection, string name, string value)
    {
        await using var command = new NpgsqlCommand("""
            WITH first AS (INSERT INTO office_info (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING RETURNING value)
            SELECT value FROM first UNION ALL SELECT value FROM office_info WHERE name = $1
            """, connection);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = value });
        // Another node's first value may be committed between our attempt and our look: then it is there at the second.
        return (string?)await command.ExecuteScalarAsync().ConfigureAwait(false) ?? (string)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
    }
}
