using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Deleting what is past its time, a part at a time: residents' words are stored between two parts. A hold on one of a resident's cases keeps the resident's.</summary>
public static class Deleting
{
    private const int Stride = 200; // conversations a transaction

    private const string NotHeld = "NOT EXISTS (SELECT 1 FROM cases AS k WHERE k.town = c.town AND k.resident = c.id AND k.hold IS NOT NULL)";

    // whose department has a value of its own is not the town's; the settings are read where they are used
    private const string InScope = """
        (CASE WHEN EXISTS (SELECT 1 FROM retention_settings AS s WHERE s.town = c.town AND s.class = ?4 AND s.scope <> '' AND s.scope = c.department) THEN c.department ELSE '' END) = ?5
        """;

    private const string Part = $"SELECT c.id FROM conversations AS c WHERE c.town = ?1 AND c.id > ?2 AND c.id <= ?3 AND {InScope} AND {NotHeld}";

    /// <summary>Words and notes of before an instant.</summary>
    /// <param name="scope">A department that has a value of its own; empty = everybody else.</param>
    /// <returns>How many messages and notes went.</returns>
    public static async Task<long> DeleteTextAsync(this RecordsStore store, string town, string scope, DateTimeOffset before, CancellationToken cancel = default)
    {
        var (deleted, cut) = (0L, before.ToUnixTimeMilliseconds());
        await foreach (var (first, last) in PartsAsync(store, town, cut, cancel))
        {
            deleted += await store.EditAsync(edit =>
            {
                edit.Run($"DELETE FROM unsent_messages WHERE conversation IN ({Part}) AND at < ?6", town, first, last, RetentionClass.ConversationText, scope, cut);
                edit.Run($"UPDATE control_changes SET reason = NULL WHERE conversation IN ({Part}) AND at < ?6 AND reason IS NOT NULL", town, first, last, RetentionClass.ConversationText, scope, cut);
                return edit.Run($"DELETE FROM messages WHERE conversation IN ({Part}) AND at < ?6", town, first, last, RetentionClass.ConversationText, scope, cut)
                    + edit.Run($"DELETE FROM notes WHERE conversation IN ({Part}) AND at < ?6", town, first, last, RetentionClass.ConversationText, scope, cut);
            });
        }

        return deleted;
    }

    /// <summary>Contents of before an instant: their files are deleted first, then it is forgotten that there were any.</summary>
    /// <param name="delete">Deletes the file of a content id for good.</param>
    public static async Task<long> DeleteMediaAsync(this RecordsStore store, string town, string scope, DateTimeOffset before, Func<string, Task> delete, CancellationToken cancel = default)
    {
        var (deleted, cut) = (0L, before.ToUnixTimeMilliseconds());
        await foreach (var (first, last) in PartsAsync(store, town, cut, cancel))
        {
            var found = await store.EditAsync(edit => edit.Rows(
                $"SELECT content_ids FROM messages WHERE conversation IN ({Part}) AND at < ?6 AND content_ids IS NOT NULL", r => r.GetString(0), town, first, last, RetentionClass.Media, scope, cut));
            foreach (var content in found.SelectMany(ids => ids.Split(' ')))
            {
                await delete(content);
                deleted++;
            }

            if (found.Count > 0)
                await store.EditAsync(edit => edit.Run($"UPDATE messages SET content_ids = NULL WHERE conversation IN ({Part}) AND at < ?6 AND content_ids IS NOT NULL", town, first, last, RetentionClass.Media, scope, cut));
        }

        return deleted;
    }

    /// <summary>Numbers of cases that were over before an instant, whose content is still there and not held.</summary>
    /// <param name="scope">A procedure that has a value of its own; empty = every other.</param>
    public static async Task<List<string>> CasesPastTheirTimeAsync(this RecordsContext records, string town, string scope, DateTimeOffset before, int limit, CancellationToken cancel = default)
    {
        var cut = before.ToUnixTimeMilliseconds();
        var cases = records.Cases.Where(c => c.Town == town && c.ChangedAt < cut && c.Hold == null && (c.Status == "archived" || c.Status == "cancelled" || c.Status == "withdrawn" || c.Status == "resolved"));
        cases = scope.Length > 0 ? cases.Where(c => c.ProcedureId == scope)
            : cases.Where(c => !records.RetentionSettings.Any(s => s.Town == town && s.Class == RetentionClass.Applications && s.Scope != "" && s.Scope == c.ProcedureId));
        return await cases.OrderBy(c => c.OpenedAt).ThenBy(c => c.Number).Select(c => c.Number).Take(limit).ToListAsync(cancel);
    }

    /// <summary>How many residents a hold keeps.</summary>
    public static Task<int> HeldResidentsAsync(this RecordsContext records, string town, CancellationToken cancel = default) =>
        records.Cases.Where(c => c.Town == town && c.Hold != null).Select(c => c.Resident).Distinct().CountAsync(cancel);

    /// <summary>Lines of the audit trail of before an instant. The chain goes on from the last of them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nearer than the floor.</exception>
    public static Task<int> DeleteAuditAsync(this RecordsStore store, string town, DateTimeOffset before, DateTimeOffset now)
    {
        if (before > now.AddDays(-RetentionSettings.AuditFloor)) throw new ArgumentOutOfRangeException(nameof(before), before, "The audit trail is kept for a year at least.");
        return store.EditAsync(edit =>
        {
            // a line that is not older than its followers ends it: instants are those of the nodes
            var cut = edit.Rows("""
                SELECT place, hash FROM audit WHERE town = ?1 AND place = (
                  SELECT coalesce((SELECT min(place) - 1 FROM audit WHERE town = ?1 AND at >= ?2), (SELECT max(place) FROM audit WHERE town = ?1)))
                """, r => (Place: r.GetInt64(0), Hash: r.GetString(1)), town, before.ToUnixTimeMilliseconds());
            if (cut is not [var last]) return 0;
            edit.Run("UPDATE audit_heads SET pruned_to = ?2, pruned_hash = ?3 WHERE town = ?1", town, last.Place, last.Hash);
            return edit.Run("DELETE FROM audit WHERE town = ?1 AND place <= ?2", town, last.Place);
        });
    }

    /// <summary>Whether a class has been dealt with on a day.</summary>
    public static Task<bool> HasRunAsync(this RecordsContext records, string town, DateOnly day, string @class, CancellationToken cancel = default)
    {
        var text = Text(day);
        return records.RetentionRuns.AnyAsync(r => r.Town == town && r.Day == text && r.Class == @class, cancel);
    }

    /// <summary>Notes what went on a day; a second time on the same day adds to it.</summary>
    public static Task NoteRunAsync(this RecordsStore store, string town, DateOnly day, string @class, DateTimeOffset at, long deleted, long held) => store.EditAsync(edit =>
    {
        edit.Run("""
            INSERT INTO retention_runs AS r (town, day, class, ran_at, deleted, held) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (town, day, class) DO UPDATE SET ran_at = excluded.ran_at, deleted = r.deleted + excluded.deleted, held = excluded.held
            """, town, Text(day), @class, at.ToUnixTimeMilliseconds(), deleted, held);
        edit.Note(new(at, town, "system", "retention-run", @class, $"{deleted} deleted, {held} held"));
        return true;
    });

    private static async IAsyncEnumerable<(string First, string Last)> PartsAsync(RecordsStore store, string town, long cut, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (var after = ""; ;)
        {
            List<string> ids;
            await using (var read = store.Read())
                ids = await read.Conversations.Where(c => c.Town == town && string.Compare(c.Id, after) > 0 && c.OpenedAt < cut).OrderBy(c => c.Id).Select(c => c.Id).Take(Stride).ToListAsync(cancel);
            if (ids.Count == 0) yield break;
            yield return (after, ids[^1]);
            after = ids[^1];
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
