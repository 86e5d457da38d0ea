using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Which lines of the audit trail. Null = any.</summary>
/// <param name="Kind">change, read or refusal.</param>
/// <param name="Actor">Stable id or name of who did it.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record AuditFilter(
    string Town, string? Kind = null, string? Actor = null, string? Action = null, string? Subject = null, string? Department = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Listing the audit trail, the latest first.</summary>
public static class AuditLists
{
    /// <param name="before">Place of the last line of the part before; null = from the latest.</param>
    public static async Task<Page<AuditRow>> ListAuditAsync(this RecordsContext records, AuditFilter filter, long? before, int limit, CancellationToken cancel = default)
    {
        var lines = records.Audit.Where(a => a.Town == filter.Town);
        if (filter.Kind is { } kind) lines = lines.Where(a => a.Kind == kind);
        if (filter.Actor is { } actor) lines = lines.Where(a => a.Actor == actor || a.Principal == actor);
        if (filter.Action is { } action) lines = lines.Where(a => a.Action == action);
        if (filter.Subject is { } subject) lines = lines.Where(a => a.Subject == subject);
        if (filter.Department is { } department) lines = lines.Where(a => a.Department == department);
        if (filter.From?.ToUnixTimeMilliseconds() is { } from) lines = lines.Where(a => a.At >= from);
        if (filter.To?.ToUnixTimeMilliseconds() is { } to) lines = lines.Where(a => a.At < to);
        if (before is { } place) lines = lines.Where(a => a.Place < place);
        return Page<AuditRow>.Of(await lines.OrderByDescending(a => a.Place).Take(limit + 1).ToListAsync(cancel), limit);
    }
}
