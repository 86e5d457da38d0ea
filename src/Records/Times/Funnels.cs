using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>How far residents come in a procedure. Counts of runs.</summary>
/// <param name="Completed">Finished with a receipt.</param>
/// <param name="HandedOver">Asked for a person on the way.</param>
/// <param name="Steps">In the order in which residents meet them.</param>
public sealed record Funnel(string ProcedureId, int Started, int Completed, int HandedOver, ImmutableList<FunnelStep> Steps);

/// <param name="Answered">Runs that have answered it.</param>
/// <param name="Missed">Runs that answered it wrongly at least once.</param>
/// <param name="GaveUp">Runs that ended at it: cancelled, or forgotten.</param>
/// <param name="HandedOver">Runs in which a person was asked for at it.</param>
public sealed record FunnelStep(string Step, int Answered, int Missed, int GaveUp, int HandedOver);

/// <summary>Where residents get lost.</summary>
public static class Funnels
{
    private sealed record Count(string What, string? Step, int Runs);

    /// <summary>Counts over the happenings of a time.</summary>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public static async Task<Funnel> FunnelAsync(this RecordsContext records, string town, string procedureId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        var (start, end) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var counts = await records.Happenings
            .Where(h => h.Town == town && h.ProcedureId == procedureId && h.At >= start && h.At < end && h.Run != null && (h.What != "control" || h.Detail == "queued"))
            .GroupBy(h => new { h.What, h.Step })
            .Select(g => new Count(g.Key.What, g.Key.Step, g.Select(h => h.Run).Distinct().Count())).ToListAsync(cancel);
        // how long after the run began a step is answered tells the order, whatever branches there are
        var order = await records.Happenings
            .Where(h => h.Town == town && h.ProcedureId == procedureId && h.At >= start && h.At < end && h.What == "step-answered" && h.Step != null)
            .Join(records.Happenings.Where(s => s.What == "run-started" && s.Town == town && s.ProcedureId == procedureId && s.At >= start && s.At < end), h => h.Run, s => s.Run,
                (h, s) => new { h.Step, After = h.Seq - s.Seq })
            .GroupBy(h => h.Step!).Select(g => new { Step = g.Key, After = g.Average(h => h.After) }).ToListAsync(cancel);

        int Of(string what, string? step = null) => counts.Where(c => c.What == what && (step is null || c.Step == step)).Sum(c => c.Runs);
        var steps = counts.Where(c => c.Step is not null).Select(c => c.Step!).Distinct()
            .OrderBy(s => order.Find(o => o.Step == s)?.After ?? double.MaxValue).ThenBy(s => s, StringComparer.Ordinal)
            .Select(s => new FunnelStep(s, Of("step-answered", s), Of("step-missed", s), Of("run-cancelled", s) + Of("run-expired", s), Of("control", s)));
        return new(procedureId, Of("run-started"), Of("run-completed"), Of("control"), [.. steps]);
    }
}
