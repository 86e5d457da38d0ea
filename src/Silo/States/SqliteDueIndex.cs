using OrleansGov.Silo.Embedded;

namespace OrleansGov.Silo.States;

/// <summary>The due column of <see cref="SqliteGrainStorage"/>, read in its index's order.</summary>
public sealed class SqliteDueIndex(EmbeddedStore store) : IDueIndex
{
    private const string Select = """
        SELECT id, state_name, grain_id, next_due FROM grain_state
        WHERE next_due IS NOT NULL AND next_due <= ?1 AND (next_due, id) > (?2, ?3) ORDER BY next_due, id LIMIT ?4
        """;

    public Task<IReadOnlyList<DueGrain>> DueBefore(DateTimeOffset instant, int limit, DueGrain? after = null) => store.ReadAsync(database =>
    {
        var page = new List<DueGrain>();
        var select = database.Prepare(Select)
            .Bind(1, instant.ToUnixTimeMilliseconds())
            .Bind(2, after?.NextDue.ToUnixTimeMilliseconds() ?? long.MinValue)
            .Bind(3, after?.Row ?? long.MinValue)
            .Bind(4, limit);
        while (select.Step()) page.Add(new DueGrain(select.Long(0), select.Text(1), select.Text(2), DateTimeOffset.FromUnixTimeMilliseconds(select.Long(3))));
        select.Reset();
        return (IReadOnlyList<DueGrain>)page;
    });
}
