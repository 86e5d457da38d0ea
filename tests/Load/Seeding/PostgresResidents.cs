using Npgsql;
using NpgsqlTypes;

namespace OrleansGov.Load.Seeding;

/// <summary>Residents of a cluster: its database. No node may run.</summary>
public sealed class PostgresResidents(string connectionString) : IResidentStore
{
    public async Task<long> Count(CancellationToken cancel) => (long)(await Scalar("SELECT count(*) FROM grain_state WHERE state_name = 'resident'", cancel))!;

    public async Task<(string Pseudonym, string LineUserId)> Model(CancellationToken cancel)
    {
        await using var connection = await Open(cancel);
        await using var command = new NpgsqlCommand("SELECT grain_id, convert_from(body, 'UTF8')::json ->> 'lineUserId' FROM grain_state WHERE state_name = 'resident' AND next_due IS NULL AND body IS NOT NULL LIMIT 1", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) throw new InvalidOperationException("The database has no resident that nothing is still to be done for.");
        var key = reader.GetString(0);
        return (key[(key.LastIndexOf('/') + 1)..], reader.GetString(1));
    }

    public async Task Clone((string Pseudonym, string LineUserId) model, IReadOnlyList<(string Pseudonym, string LineUserId)> others, CancellationToken cancel)
    {
        await using var connection = await Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Run(connection, "CREATE TEMP TABLE new_residents (p text NOT NULL, u text NOT NULL) ON COMMIT DROP", cancel);
        await using (var copy = await connection.BeginBinaryImportAsync("COPY new_residents FROM STDIN (FORMAT binary)", cancel))
        {
            foreach (var (p, u) in others)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(p, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(u, NpgsqlDbType.Text, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        foreach (var (table, column) in CloneStatements.Records.Prepend(("grain_state", "grain_id")))
        {
            await using var find = new NpgsqlCommand($"SELECT \"{column}\" FROM {table} WHERE \"{column}\" LIKE '%' || $1 LIMIT 1", connection) { Parameters = { new() { Value = model.Pseudonym } } };
            if (await find.ExecuteScalarAsync(cancel) is not string key) continue;
            var sql = CloneStatements.For(table, column, await Columns(connection, table, cancel), (c, kind) => kind == ColumnKind.Text ? Replaced(c) : $"convert_to({Replaced($"convert_from({c}, 'UTF8')")}, 'UTF8')");
            await Run(connection, sql.Replace(":key", "@key", StringComparison.Ordinal).Replace(":p", "@p", StringComparison.Ordinal).Replace(":u", "@u", StringComparison.Ordinal), cancel,
                ("key", key), ("p", model.Pseudonym), ("u", model.LineUserId));
        }

        await transaction.CommitAsync(cancel);
        await Run(connection, "ANALYZE", cancel);

        static string Replaced(string text) => $"replace(replace({text}, :u, n.u), :p, n.p)";
    }

    public async Task<long> Bytes(CancellationToken cancel) => (long)(await Scalar("SELECT pg_database_size(current_database())", cancel))!;

    private static async Task<List<(string, ColumnKind)>> Columns(NpgsqlConnection connection, string table, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT column_name::text, data_type::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'NO' AND is_generated = 'NEVER' ORDER BY ordinal_position", connection) { Parameters = { new() { Value = table } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var columns = new List<(string, ColumnKind)>();
        while (await reader.ReadAsync(cancel)) columns.Add((reader.GetString(0), reader.GetString(1) switch { "text" => ColumnKind.Text, "bytea" => ColumnKind.Bytes, _ => ColumnKind.Other }));
        return columns;
    }

    private async Task<NpgsqlConnection> Open(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    private async Task<object?> Scalar(string sql, CancellationToken cancel)
    {
        await using var connection = await Open(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel, params (string Name, object Value)[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var (name, value) in parameters)
            if (sql.Contains($"@{name}", StringComparison.Ordinal)) command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
