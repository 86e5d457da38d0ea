using System.Collections.Frozen;
using System.Data;
using System.Data.Common;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>The queries that lie in the database under the names Orleans knows them by (table OrleansQuery): whoever owns the schema owns their words.</summary>
internal sealed class StoredQueries(DbDataSource? source, string user)
{
    private readonly DbDataSource source = source ?? throw new OrleansConfigurationException($"{user}: compat takes a {nameof(DbDataSource)}, not a connection string.");
    private FrozenDictionary<string, string>? texts;

    /// <summary>Reads the texts once.</summary>
    internal async Task LoadAsync(CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand("SELECT QueryKey, QueryText FROM OrleansQuery");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellation))
            found[reader.GetString(0)] = reader.GetString(1);
        texts = found.ToFrozenDictionary();
    }

    /// <summary>Runs a query and reads its rows.</summary>
    internal async Task<List<T>> Run<T>(string key, Func<DbDataReader, T> read, params (string Name, DbType Type, object? Value)[] parameters)
    {
        if (texts is null)
            await LoadAsync();
        await using var command = source.CreateCommand(texts![key]);
        foreach (var (name, type, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }
}
