using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

public enum RetentionVerdict
{
    Done,

    /// <summary>The revision has moved on.</summary>
    Stale,

    /// <summary>Less than the floor of the audit trail.</summary>
    BelowFloor,

    /// <summary>Pictures would outlive the words they belong to.</summary>
    LongerThanText,

    /// <summary>No such class, or no sensible number of days.</summary>
    Invalid,
}

/// <param name="Row">As it stands now; null when there is none.</param>
public sealed record RetentionAnswer(RetentionVerdict Verdict, RetentionSettingRow? Row);

/// <summary>How long things are kept. Nothing is kept for ever by default: every class must have a value for the town.</summary>
public static class RetentionSettings
{
    /// <summary>The audit trail is kept for a year at least.</summary>
    public const int AuditFloor = 365;

    private const int Longest = 36_500;

    public static Task<List<RetentionSettingRow>> RetentionSettingsAsync(this RecordsContext records, string town, CancellationToken cancel = default) =>
        records.RetentionSettings.Where(r => r.Town == town).OrderBy(r => r.Class).ThenBy(r => r.Scope).ToListAsync(cancel);

    /// <summary>Classes that have no value for the town yet.</summary>
    public static async Task<ImmutableList<string>> RetentionMissingAsync(this RecordsContext records, string town, CancellationToken cancel = default)
    {
        var known = await records.RetentionSettings.Where(r => r.Town == town && r.Scope == "").Select(r => r.Class).ToListAsync(cancel);
        return [.. RetentionClass.All.Except(known)];
    }

    /// <summary>What was deleted, the latest day first.</summary>
    public static Task<List<RetentionRunRow>> RetentionRunsAsync(this RecordsContext records, string town, int limit, CancellationToken cancel = default) =>
        records.RetentionRuns.Where(r => r.Town == town).OrderByDescending(r => r.Day).ThenBy(r => r.Class).Take(limit).ToListAsync(cancel);

    /// <summary>Sets a value.</summary>
    /// <param name="scope">Empty = the town.</param>
    /// <param name="revision">The one that was looked at (If-Match); null = there is none yet.</param>
    public static Task<RetentionAnswer> SetRetentionAsync(this RecordsStore store, string town, string @class, string scope, int days, int? revision, string by, AuditEntry audit) => store.EditAsync(edit =>
    {
        if (!RetentionClass.All.Contains(@class) || days is < 1 or > Longest || (@class == RetentionClass.Audit && scope.Length > 0)) return new(RetentionVerdict.Invalid, null);
        edit.Run("UPDATE retention_settings SET revision = revision WHERE town = ?1", town); // one at a time
        var known = Rows(edit, town);
        var before = known.Find(r => r.Class == @class && r.Scope == scope);
        if (before?.Revision != revision) return new(RetentionVerdict.Stale, before);
        if (@class == RetentionClass.Audit && days < AuditFloor) return new(RetentionVerdict.BelowFloor, before);
        var after = new RetentionSettingRow(town, @class, scope, days, (revision ?? 0) + 1, audit.At.ToUnixTimeMilliseconds(), by);
        var next = known.Where(r => r != before).Append(after).ToList();
        if (next.Exists(m => m.Class == RetentionClass.Media && DaysOf(next, RetentionClass.ConversationText, m.Scope) is { } text && m.Days > text)) return new(RetentionVerdict.LongerThanText, before);

        edit.Run("""
            INSERT INTO retention_settings (town, class, scope, days, revision, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (town, class, scope) DO UPDATE SET days = excluded.days, revision = excluded.revision, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """, town, @class, scope, (long)days, (long)after.Revision, after.ChangedAt, by);
        edit.Note(audit with { Subject = scope.Length == 0 ? @class : $"{@class}/{scope}", Before = before is null ? null : $"{before.Days}", After = $"{days}" });
        return new RetentionAnswer(RetentionVerdict.Done, after);
    });

    /// <summary>The value that holds for a scope; null = none was set.</summary>
    public static int? DaysOf(IReadOnlyCollection<RetentionSettingRow> settings, string @class, string scope) =>
        (settings.FirstOrDefault(r => r.Class == @class && r.Scope == scope) ?? settings.FirstOrDefault(r => r.Class == @class && r.Scope.Length == 0))?.Days;

    private static List<RetentionSettingRow> Rows(RecordsEdit edit, string town) => edit.Rows(
        "SELECT class, scope, days, revision, changed_at, changed_by FROM retention_settings WHERE town = ?1",
        r => new RetentionSettingRow(town, r.GetString(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.GetInt64(4), r.GetString(5)), town);
}
