using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Statistics of a run; no personal text.</summary>
public sealed record HappeningRow(
    string Conversation, long Seq, long At, string Town, string Channel, string What, string? ProcedureId, int? Version, string? Run, string? Step, int? Milliseconds, string? Detail);

/// <summary>How long residents take, as medians in milliseconds: the office's own "44 seconds".</summary>
/// <param name="Total">From the first question to the receipt; null while nobody has finished.</param>
/// <param name="Runs">Finished runs counted.</param>
public sealed record CompletionTime(string ProcedureId, int Runs, int? Total, ImmutableList<StepTime> Steps);

/// <param name="Median">Milliseconds between the question and its answer.</param>
public sealed record StepTime(string Step, int Answers, int Median);

/// <summary>Medians over the statistics.</summary>
public static class CompletionTimes
{
    /// <param name="from">Instants of the happenings counted, inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public static async Task<CompletionTime> CompletionTimeAsync(this RecordsContext records, string town, string procedureId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        var total = (await Medians(records, town, procedureId, "run-completed", from, to, cancel)).SingleOrDefault();
        var steps = await Medians(records, town, procedureId, "step-answered", from, to, cancel);
        return new(procedureId, total?.Answers ?? 0, total?.Median, [.. steps]);
    }

    // The two middle rows of each group, averaged in whole numbers: window functions and divisions that SQLite and PostgreSQL share.
    private static Task<List<StepTime>> Medians(RecordsContext records, string town, string procedureId, string what, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var (start, end) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        return records.Database.SqlQuery<StepTime>($"""
            SELECT step AS "Step", CAST(max(n) AS INTEGER) AS "Answers", CAST(sum(milliseconds) / count(*) AS INTEGER) AS "Median"
            FROM (
              SELECT step, milliseconds, row_number() OVER (PARTITION BY step ORDER BY milliseconds) AS place, count(*) OVER (PARTITION BY step) AS n
              FROM (
                SELECT coalesce(step, '') AS step, milliseconds FROM happenings
                WHERE town = {town} AND procedure_id = {procedureId} AND what = {what} AND at >= {start} AND at < {end} AND milliseconds IS NOT NULL
              ) AS counted
            ) AS ranked
            WHERE place IN ((n + 1) / 2, (n + 2) / 2)
            GROUP BY step ORDER BY step
            """).ToListAsync(cancel);
    }
}
