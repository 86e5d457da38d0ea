using System.Reflection;
using Npgsql;

namespace OrleansGov.Records;

/// <summary>
/// The tables of one part of the product in a PostgreSQL database: numbered scripts, and in <c>schema_version</c> how many of them the database
/// has had. <c>migrate</c> brings them up to date; a node only looks, so that no node changes tables under its neighbours.
/// </summary>
/// <param name="part">Name of the part's row in <c>schema_version</c>.</param>
/// <param name="assembly">Has the scripts as resources.</param>
/// <param name="folder">Their folder, with a slash at the end; file names begin with four digits.</param>
public sealed class PostgresSchema(string part, Assembly assembly, string folder)
{
    private readonly ImmutableArray<(int Number, string Sql)> _scripts = SchemaScripts.Read(assembly, folder);

    /// <summary>The read models'.</summary>
    public static PostgresSchema Records { get; } = new("records", typeof(PostgresSchema).Assembly, "Schema/postgresql/");

    public int Latest => _scripts[^1].Number;

    /// <summary>Brings the database to <see cref="Latest"/>, in one transaction. Two at once: the second waits, then finds nothing to do.</summary>
    /// <returns>The version it had before.</returns>
    /// <exception cref="RecordsUnavailableException">It cannot be reached, or belongs to a later version: nothing is changed.</exception>
    public Task<int> MigrateAsync(NpgsqlDataSource database, CancellationToken cancel = default) => InTransactionAsync(database, async (connection, place) =>
    {
        await RunAsync(connection, "SELECT pg_advisory_xact_lock(hashtext('OrleansGov schema'))", cancel);
        await RunAsync(connection, "CREATE TABLE IF NOT EXISTS schema_version (part text NOT NULL PRIMARY KEY, version integer NOT NULL)", cancel);
        var has = await VersionAsync(connection, cancel);
        if (has > Latest) throw PostgresProblems.Of(RecordsProblem.UnknownVersion, place);
        foreach (var (_, sql) in _scripts.Where(s => s.Number > has)) await RunAsync(connection, sql, cancel);
        await RunAsync(connection, "INSERT INTO schema_version (part, version) VALUES ($1, $2) ON CONFLICT (part) DO UPDATE SET version = excluded.version", cancel, part, Latest);
        return has;
    }, cancel);

    /// <summary>Checks that the database has exactly the tables this version writes.</summary>
    /// <exception cref="RecordsUnavailableException">It has not, or cannot be reached.</exception>
    public Task EnsureCurrentAsync(NpgsqlDataSource database, CancellationToken cancel = default) => InTransactionAsync(database, async (connection, place) =>
    {
        var has = await ValueAsync(connection, "SELECT to_regclass('schema_version') IS NOT NULL", cancel) is true ? await VersionAsync(connection, cancel) : 0;
        if (has != Latest) throw PostgresProblems.Of(has > Latest ? RecordsProblem.UnknownVersion : RecordsProblem.NotMigrated, place);
        if (await ValueAsync(connection, "SELECT pg_is_in_recovery()", cancel) is true) throw PostgresProblems.Of(RecordsProblem.NotWritable, place);
        return has;
    }, cancel);

    private async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        await ValueAsync(connection, "SELECT version FROM schema_version WHERE part = $1", cancel, part) is int version ? version : 0;

    private static async Task<int> InTransactionAsync(NpgsqlDataSource database, Func<NpgsqlConnection, string, Task<int>> work, CancellationToken cancel)
    {
        var place = PostgresProblems.Place(database.ConnectionString);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var result = await work(connection, place);
            await transaction.CommitAsync(cancel);
            return result;
        }
        catch (NpgsqlException e)
        {
            throw PostgresProblems.From(e, place);
        }
    }

    private static async Task<object?> ValueAsync(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(cancel);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return command;
    }
}
