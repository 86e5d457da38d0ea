using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>定型文: an answer that staff have prepared. The instant is UTC milliseconds.</summary>
/// <param name="Department">Empty = the whole town's.</param>
/// <param name="Revision">ETag: 1, 2, 3 …</param>
/// <param name="ChangedBy">Staff id.</param>
public sealed record CannedReplyRow(string Town, string Id, string Department, string Title, string Text, int Revision, long ChangedAt, string ChangedBy);

/// <summary>What became of a change of a prepared answer.</summary>
/// <param name="Row">As it stands now; null when there is none.</param>
public sealed record CannedReplyAnswer(CannedReplyVerdict Verdict, CannedReplyRow? Row);

public enum CannedReplyVerdict { Done, Missing, Stale }

/// <summary>Prepared answers of a town and its departments.</summary>
public static class CannedReplies
{
    public const int LongestTitle = 100, LongestText = 5000, MostOfATown = 1000;

    /// <summary>By title. The town's own are everybody's.</summary>
    /// <param name="departments">Null = of all.</param>
    /// <param name="after">Title and id of the last one of the part before.</param>
    public static async Task<Page<CannedReplyRow>> ListCannedRepliesAsync(
        this RecordsContext records, string town, IReadOnlyCollection<string>? departments, (string Title, string Id)? after, int limit, CancellationToken cancel = default)
    {
        var replies = records.CannedReplies.Where(r => r.Town == town);
        if (departments is not null) replies = replies.Where(r => r.Department == "" || departments.Contains(r.Department));
        if (after is var (title, id)) replies = replies.Where(r => string.Compare(r.Title, title) > 0 || (r.Title == title && string.Compare(r.Id, id) > 0));
        return Page<CannedReplyRow>.Of(await replies.OrderBy(r => r.Title).ThenBy(r => r.Id).Take(limit + 1).ToListAsync(cancel), limit);
    }

    public static Task<CannedReplyRow?> FindCannedReplyAsync(this RecordsContext records, string town, string id, CancellationToken cancel = default) =>
        records.CannedReplies.SingleOrDefaultAsync(r => r.Town == town && r.Id == id, cancel);

    /// <summary>A new one.</summary>
    /// <returns>Null when the town has as many as it may have.</returns>
    public static Task<CannedReplyRow?> AddCannedReplyAsync(this RecordsStore store, string town, string department, string title, string text, string by, AuditEntry audit)
    {
        var row = new CannedReplyRow(town, Guid.NewGuid().ToString("n"), department, title, text, 1, audit.At.ToUnixTimeMilliseconds(), by);
        return store.EditAsync(edit =>
        {
            if (edit.Rows("SELECT count(*) FROM canned_replies WHERE town = ?1", r => r.GetInt64(0), town)[0] >= MostOfATown) return null;
            edit.Run("INSERT INTO canned_replies (town, id, department, title, text, revision, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                town, row.Id, department, title, text, 1L, row.ChangedAt, by);
            Told(edit, audit, row);
            return row;
        });
    }

    /// <summary>Other words, or another department's.</summary>
    /// <param name="revision">The one that was changed (If-Match).</param>
    public static Task<CannedReplyAnswer> ChangeCannedReplyAsync(this RecordsStore store, string town, string id, int revision, string department, string title, string text, string by, AuditEntry audit) =>
        store.EditAsync(edit =>
        {
            if (Check(edit, town, id, revision) is { } refused) return refused;
            var row = new CannedReplyRow(town, id, department, title, text, revision + 1, audit.At.ToUnixTimeMilliseconds(), by);
            edit.Run("UPDATE canned_replies SET department = ?3, title = ?4, text = ?5, revision = revision + 1, changed_at = ?6, changed_by = ?7 WHERE town = ?1 AND id = ?2",
                town, id, department, title, text, row.ChangedAt, by);
            Told(edit, audit, row);
            return new(CannedReplyVerdict.Done, row);
        });

    /// <param name="revision">The one that was looked at (If-Match).</param>
    public static Task<CannedReplyAnswer> RemoveCannedReplyAsync(this RecordsStore store, string town, string id, int revision, AuditEntry audit) => store.EditAsync(edit =>
    {
        if (Check(edit, town, id, revision) is { } refused) return refused;
        var row = Find(edit, town, id)!;
        edit.Run("DELETE FROM canned_replies WHERE town = ?1 AND id = ?2", town, id);
        Told(edit, audit, row);
        return new(CannedReplyVerdict.Done, null);
    });

    private static CannedReplyAnswer? Check(RecordsEdit edit, string town, string id, int revision)
    {
        // its row stays locked on the way: two with the same revision cannot both be right
        edit.Run("UPDATE canned_replies SET revision = revision WHERE town = ?1 AND id = ?2", town, id);
        var known = Find(edit, town, id);
        return known is null ? new(CannedReplyVerdict.Missing, null) : known.Revision != revision ? new(CannedReplyVerdict.Stale, known) : null;
    }

    private static CannedReplyRow? Find(RecordsEdit edit, string town, string id) => edit.Rows(
        "SELECT town, id, department, title, text, revision, changed_at, changed_by FROM canned_replies WHERE town = ?1 AND id = ?2",
        r => new CannedReplyRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5), r.GetInt64(6), r.GetString(7)), town, id).SingleOrDefault();

    private static void Told(RecordsEdit edit, AuditEntry audit, CannedReplyRow row)
    {
        edit.Note(audit.Subject.Length > 0 ? audit : audit with { Subject = row.Id });
        edit.Tell(new(row.Town, row.Department.Length == 0 ? null : row.Department, FeedTypes.CannedReplyChanged, row.Id));
    }
}
