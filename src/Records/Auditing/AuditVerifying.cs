using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>What a walk along the chain found.</summary>
/// <param name="Lines">How many lines were looked at.</param>
/// <param name="BrokenAt">Place of the first line that does not fit; null = the chain is whole.</param>
/// <param name="Fault">What does not fit; null = the chain is whole.</param>
public sealed record AuditVerdict(string Town, long Lines, long? BrokenAt, AuditFault? Fault)
{
    public bool IsWhole => Fault is null;
}

public enum AuditFault
{
    /// <summary>A line's hash is not that of its values and the line before.</summary>
    Altered,

    /// <summary>A line is missing.</summary>
    Missing,

    /// <summary>The chain ends elsewhere than its head says.</summary>
    EndsElsewhere,
}

/// <summary>Walking along a town's audit trail.</summary>
public static class AuditVerifying
{
    private const int Stride = 1000;

    /// <summary>Every town that has a trail.</summary>
    public static Task<List<string>> AuditedTownsAsync(this RecordsContext records, CancellationToken cancel = default) =>
        records.AuditHeads.OrderBy(h => h.Town).Select(h => h.Town).ToListAsync(cancel);

    /// <summary>Looks at every line that is kept, up to where the trail stands when this begins.</summary>
    public static async Task<AuditVerdict> VerifyAuditAsync(this RecordsContext records, string town, CancellationToken cancel = default)
    {
        if (await records.AuditHeads.SingleOrDefaultAsync(h => h.Town == town, cancel) is not { } head)
            return await records.Audit.AnyAsync(a => a.Town == town, cancel) ? new(town, 0, 1, AuditFault.EndsElsewhere) : new(town, 0, null, null);

        var (place, hash) = (head.PrunedTo, head.PrunedHash);
        while (place < head.Place)
        {
            var from = place;
            var rows = await records.Audit.Where(a => a.Town == town && a.Place > from && a.Place <= head.Place).OrderBy(a => a.Place).Take(Stride).ToListAsync(cancel);
            if (rows.Count == 0) return Broken(AuditFault.Missing);
            foreach (var row in rows)
            {
                if (row.Place != place + 1) return Broken(AuditFault.Missing);
                if (AuditChain.HashOf(row, hash) != row.Hash) return Broken(AuditFault.Altered);
                (place, hash) = (row.Place, row.Hash);
            }
        }

        return hash == head.Hash ? new(town, place - head.PrunedTo, null, null) : Broken(AuditFault.EndsElsewhere);

        AuditVerdict Broken(AuditFault fault) => new(town, place - head.PrunedTo, place + 1, fault);
    }

    /// <summary>Keeps what a walk found, for whoever asks how the trail is.</summary>
    public static Task NoteAuditCheckAsync(this RecordsStore store, AuditVerdict verdict, DateTimeOffset at) => store.EditAsync(edit =>
    {
        var fault = verdict.Fault is { } broken ? char.ToLowerInvariant($"{broken}"[0]) + $"{broken}"[1..] : null;
        edit.Run("UPDATE audit_heads SET checked_at = ?2, checked_to = pruned_to + ?3, broken_at = ?4, fault = ?5 WHERE town = ?1",
            verdict.Town, at.ToUnixTimeMilliseconds(), verdict.Lines, verdict.BrokenAt, fault);
        if (fault is not null) edit.Note(new(at, verdict.Town, "system", "audit-broken", $"{verdict.BrokenAt}", fault));
        return true;
    });

    /// <summary>When a town's trail was walked along last; null = never, or there is none.</summary>
    public static async Task<DateTimeOffset?> LastAuditCheckAsync(this RecordsContext records, string town, CancellationToken cancel = default) =>
        await records.AuditHeads.Where(h => h.Town == town).Select(h => h.CheckedAt).SingleOrDefaultAsync(cancel) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
