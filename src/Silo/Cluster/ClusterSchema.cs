using System.Globalization;
using System.Reflection;
using Npgsql;

namespace OrleansGov.Silo.Cluster;

/// <summary>
/// The numbered scripts under Schema/, run by the <c>migrate</c> command only: a node must not change tables under the feet of the others.
/// </summary>
public static class ClusterSchema
{
    // "OrleansGov migrate" as a number: two that run at once come one after the other.
    private const long MigrationLock = 0x4F477_6D696772;

    private static readonly (int Number, string Name, string Sql)[] Scripts = Read("Cluster/Schema/");

    /// <summary>The schema this version of the product needs.</summary>
    public static int Latest => Scripts[^1].Number;

    /// <summary>Brings a database to <see cref="Latest"/>. Each script and its number are one transaction: an interrupted migration goes on where it was.</summary>
    /// <param name="connectionString">PostgreSQL, with the right to create tables.</param>
    /// <param name="say">Hears what was done, line by line.</param>
    /// <exception cref="StoreUnavailableException">Unreachable, or of a later version: then nothing was changed.</exception>
    public static Task MigrateAsync(string connectionString, Action<string> say) => MigrateAsync(connectionString, say, Scripts);

    internal static async Task MigrateAsync(string connectionString, Action<string> say, (int Number, string Name, string Sql)[] scripts)
    {
        var place = ClusterProblems.PlaceOf(connectionString);
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "orleansgov-migrate", CommandTimeout = 0 }.ConnectionString);
            await connection.OpenAsync().ConfigureAwait(false);
            await RunAsync(connection, $"SELECT pg_advisory_lock({MigrationLock})").ConfigureAwait(false); // ends with the connection
            var has = await VersionAsync(connection).ConfigureAwait(false);
            if (has > scripts[^1].Number) throw ClusterProblems.Newer(place, has, scripts[^1].Number);
            foreach (var (number, name, sql) in scripts.Where(s => s.Number > has))
            {
                await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
                await RunAsync(connection, sql).ConfigureAwait(false);
                await RunAsync(connection, $"""
                    CREATE TABLE IF NOT EXISTS office_schema (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), version integer NOT NULL);
                    INSERT INTO office_schema (version) VALUES ({number}) ON CONFLICT (only_row) DO UPDATE SET version = excluded.version;
                    """).ConfigureAwait(false);
                await transaction.CommitAsync().ConfigureAwait(false);
                say($"{place}: {name}");
            }

            say($"{place}: office {(has == scripts[^1].Number ? $"{has} (already)" : $"{has} -> {scripts[^1].Number}")}");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw ClusterProblems.Unusable(place, e);
        }
    }

    /// <exception cref="StoreUnavailableException">Not migrated to this version, or to a later one.</exception>
    internal static async Task CheckAsync(NpgsqlConnection connection, string place)
    {
        var has = await VersionAsync(connection).ConfigureAwait(false);
        if (has < Latest) throw ClusterProblems.NotMigrated(place, has, Latest);
        if (has > Latest) throw ClusterProblems.Newer(place, has, Latest);
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection)
    {
        await using var known = new NpgsqlCommand("SELECT to_regclass('office_schema') IS NOT NULL", connection);
        if (await known.ExecuteScalarAsync().ConfigureAwait(false) is not true) return 0;
        await using var version = new NpgsqlCommand("SELECT version FROM office_schema", connection);
        return await version.ExecuteScalarAsync().ConfigureAwait(false) as int? ?? 0;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private static (int, string, string)[] Read(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture), name[folder.Length..], Text(assembly, name)))
            .OrderBy(s => s.Item1)];
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
