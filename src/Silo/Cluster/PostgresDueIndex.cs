using NpgsqlTypes;

namespace OrleansGov.Silo.Cluster;

/// <summary>What falls due when, in the order of its index: beside the states of <see cref="PostgresGrainStorage"/>, or in rows that <see cref="DueRows"/> keeps.</summary>
public sealed class PostgresDueIndex(ClusterDatabase database) : IDueIndex
{
    private readonly string _select = $"""
        SELECT id, state_name, grain_id, next_due FROM {(database.Settings.HotStorage == StateStorage.GroupCommit ? "grain_state" : "grain_due")}
        WHERE next_due <= $1 AND (next_due, id) > ($2, $3) ORDER BY next_due, id LIMIT $4
        """;

    public Task<IReadOnlyList<DueGrain>> DueBefore(DateTimeOffset instant, int limit, DueGrain? after = null) => database.AskAsync(_select,
        parameters =>
        {
            parameters.Add(new() { Value = instant.ToUnixTimeMilliseconds(), NpgsqlDbType = NpgsqlDbType.Bigint });
            parameters.Add(new() { Value = after?.NextDue.ToUnixTimeMilliseconds() ?? long.MinValue, NpgsqlDbType = NpgsqlDbType.Bigint });
            parameters.Add(new() { Value = after?.Row ?? long.MinValue, NpgsqlDbType = NpgsqlDbType.Bigint });
            parameters.Add(new() { Value = (long)limit, NpgsqlDbType = NpgsqlDbType.Bigint });
        },
        async reader =>
        {
            var page = new List<DueGrain>();
            while (await reader.ReadAsync().ConfigureAwait(false))
                page.Add(new DueGrain(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3))));
            return (IReadOnlyList<DueGrain>)page;
        });
}
