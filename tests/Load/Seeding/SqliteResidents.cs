using Microsoft.Data.Sqlite;

namespace OrleansGov.Load.Seeding;

/// <summary>Residents of an embedded office: its two files. The office must not run.</summary>
public sealed class SqliteResidents(string data) : IResidentStore
{
    private string Grains => Path.Combine(data, "grains.db");

    private string Records => Path.Combine(data, "records.db");

    public Task<long> Count(CancellationToken cancel)
    {
        using var connection = Open(Grains);
        return Task.FromResult((long)Scalar(connection, "SELECT count(*) FROM grain_state WHERE state_name = 'resident'")!);
    }

    public Task<(string Pseudonym, string LineUserId)> Model(CancellationToken cancel)
    {
        using var connection = Open(Grains);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT grain_id, json_extract(body, '$.lineUserId') FROM grain_state WHERE state_name = 'resident' AND next_due IS NULL LIMIT 1";
        using var reader = command.ExecuteReader();
        return reader.Read() ? Task.FromResult((Last(reader.GetString(0)), reader.GetString(1))) : throw new InvalidOperationException($"{Grains} has no resident that nothing is still to be done for.");
    }

    public Task Clone((string Pseudonym, string LineUserId) model, IReadOnlyList<(string Pseudonym, string LineUserId)> others, CancellationToken cancel)
    {
        Clone(Grains, [("grain_state", "grain_id")], model, others);
        Clone(Records, CloneStatements.Records, model, others);
        return Task.CompletedTask;
    }

    public Task<long> Bytes(CancellationToken cancel) => Task.FromResult(Directory.EnumerateFiles(data, "*.db*").Sum(f => new FileInfo(f).Length));

    private static void Clone(string file, IReadOnlyList<(string Table, string Column)> tables, (string Pseudonym, string LineUserId) model, IReadOnlyList<(string Pseudonym, string LineUserId)> others)
    {
        using var connection = Open(file);
        using var transaction = connection.BeginTransaction();
        Run(connection, "CREATE TEMP TABLE new_residents (p TEXT NOT NULL, u TEXT NOT NULL)");
        using (var insert = connection.CreateCommand())
        {
            insert.CommandText = "INSERT INTO new_residents VALUES ($p, $u)";
            var (p, u) = (insert.Parameters.Add("$p", SqliteType.Text), insert.Parameters.Add("$u", SqliteType.Text));
            foreach (var other in others)
            {
                (p.Value, u.Value) = other;
                insert.ExecuteNonQuery();
            }
        }

        foreach (var (table, column) in tables)
        {
            if (Scalar(connection, $"SELECT \"{column}\" FROM {table} WHERE \"{column}\" LIKE '%' || :p LIMIT 1", (":p", model.Pseudonym)) is not string key) continue;
            Run(connection, CloneStatements.For(table, column, Columns(connection, table), (c, kind) => kind == ColumnKind.Text ? Replaced(c) : $"CAST({Replaced($"CAST({c} AS TEXT)")} AS BLOB)"),
                (":key", key), (":p", model.Pseudonym), (":u", model.LineUserId));
        }

        Run(connection, "DROP TABLE new_residents");
        transaction.Commit();

        static string Replaced(string text) => $"replace(replace({text}, :u, n.u), :p, n.p)";
    }

    private static List<(string, ColumnKind)> Columns(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name, type FROM pragma_table_info('{table}') WHERE NOT (name = 'id' AND type = 'INTEGER')";
        using var reader = command.ExecuteReader();
        var columns = new List<(string, ColumnKind)>();
        while (reader.Read()) columns.Add((reader.GetString(0), reader.GetString(1) switch { "TEXT" => ColumnKind.Text, "BLOB" => ColumnKind.Bytes, _ => ColumnKind.Other }));
        return columns;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Mode=ReadWrite;Pooling=False");
        connection.Open();
        return connection;
    }

    private static object? Scalar(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteScalar();
    }

    private static void Run(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            if (sql.Contains(name, StringComparison.Ordinal)) command.Parameters.AddWithValue(name, value);
        return command;
    }

    private static string Last(string grainId) => grainId[(grainId.LastIndexOf('/') + 1)..];
}
