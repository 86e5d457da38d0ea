using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

public enum ErasureVerdict
{
    Done,

    /// <summary>No such conversation or request.</summary>
    Missing,

    /// <summary>One is open already: it is the answer.</summary>
    Open,

    /// <summary>A hold on one of the resident's cases forbids it.</summary>
    Held,

    /// <summary>Who asked cannot approve.</summary>
    SecondApproverRequired,

    /// <summary>It has been decided, or the revision has moved on.</summary>
    Stale,
}

/// <param name="Row">As it stands now; null when there is none.</param>
public sealed record ErasureAnswer(ErasureVerdict Verdict, ErasureRequestRow? Row);

/// <summary>Asking for an erasure (T16), and the second person's word.</summary>
public static class ErasureRequests
{
    private const string Columns = "town, id, conversation, channel, department, reason, state, requested_at, requested_by, requested_name, decided_at, decided_by, decided_name, done_at, counts, revision";

    /// <summary>The latest first.</summary>
    /// <param name="departments">Null = of all.</param>
    public static Task<List<ErasureRequestRow>> ListErasuresAsync(this RecordsContext records, string town, IReadOnlyCollection<string>? departments, string? state, int limit, CancellationToken cancel = default)
    {
        var requests = records.ErasureRequests.Where(r => r.Town == town);
        if (departments is not null) requests = requests.Where(r => departments.Contains(r.Department!));
        if (state is not null) requests = requests.Where(r => r.State == state);
        return requests.OrderByDescending(r => r.RequestedAt).ThenByDescending(r => r.Id).Take(limit).ToListAsync(cancel);
    }

    public static Task<ErasureRequestRow?> FindErasureAsync(this RecordsContext records, string town, string id, CancellationToken cancel = default) =>
        records.ErasureRequests.SingleOrDefaultAsync(r => r.Town == town && r.Id == id, cancel);

    /// <summary>Approved, and not carried out yet.</summary>
    public static Task<List<ErasureRequestRow>> ErasuresToDoAsync(this RecordsContext records, string town, CancellationToken cancel = default) =>
        records.ErasureRequests.Where(r => r.Town == town && r.State == "approved").OrderBy(r => r.DecidedAt).ToListAsync(cancel);

    /// <summary>A lead asks. Who may see the conversation is the caller's question.</summary>
    /// <param name="by">Staff id.</param>
    public static Task<ErasureAnswer> RequestErasureAsync(this RecordsStore store, string town, string conversation, string reason, string by, string byName, AuditEntry audit) => store.EditAsync(edit =>
    {
        var talk = edit.Rows("SELECT channel, department, state FROM conversations WHERE town = ?1 AND id = ?2", r => (Channel: r.GetString(0), Department: r.IsDBNull(1) ? null : r.GetString(1), State: r.GetString(2)), town, conversation);
        if (talk is not [var (channel, department, state)] || state == "erased") return new(ErasureVerdict.Missing, null);
        if (IsHeld(edit, town, conversation)) return new(ErasureVerdict.Held, null);
        var row = new ErasureRequestRow(town, Guid.NewGuid().ToString("n"), conversation, channel, department, reason, "requested", audit.At.ToUnixTimeMilliseconds(), by, byName, null, null, null, null, null, 1);
        var isNew = edit.Run($"INSERT INTO erasure_requests ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'requested', ?7, ?8, ?9, NULL, NULL, NULL, NULL, NULL, 1) ON CONFLICT DO NOTHING",
            town, row.Id, conversation, channel, department, reason, row.RequestedAt, by, byName) == 1;
        if (!isNew) return new(ErasureVerdict.Open, Open(edit, town, conversation));
        edit.Note(audit with { Subject = conversation, Department = department, Reason = reason });
        return new ErasureAnswer(ErasureVerdict.Done, row);
    });

    /// <summary>A second person approves or refuses.</summary>
    /// <param name="revision">The one that was looked at (If-Match).</param>
    /// <param name="by">Staff id; never that of who asked.</param>
    public static Task<ErasureAnswer> DecideErasureAsync(this RecordsStore store, string town, string id, int revision, bool approve, string by, string byName, AuditEntry audit) => store.EditAsync(edit =>
    {
        edit.Run("UPDATE erasure_requests SET revision = revision WHERE town = ?1 AND id = ?2", town, id); // its row stays locked on the way
        if (Find(edit, town, id) is not { } known) return new(ErasureVerdict.Missing, null);
        if (known.RequestedBy == by) return new(ErasureVerdict.SecondApproverRequired, known);
        if (known.State != "requested" || known.Revision != revision) return new(ErasureVerdict.Stale, known);
        if (approve && IsHeld(edit, town, known.Conversation)) return new(ErasureVerdict.Held, known);
        edit.Run("UPDATE erasure_requests SET state = ?3, decided_at = ?4, decided_by = ?5, decided_name = ?6, revision = revision + 1 WHERE town = ?1 AND id = ?2",
            town, id, approve ? "approved" : "refused", audit.At.ToUnixTimeMilliseconds(), by, byName);
        edit.Note(audit with { Subject = known.Conversation, Department = known.Department, Before = "requested", After = approve ? "approved" : "refused", OnBehalfOf = known.RequestedBy });
        return new ErasureAnswer(ErasureVerdict.Done, Find(edit, town, id));
    });

    /// <summary>Everything the records know of a resident goes; the content ids that are to be deleted too were asked for before.</summary>
    /// <returns>How many messages and notes went.</returns>
    public static Task<(int Messages, int Notes)> EraseTalkAsync(this RecordsStore store, string town, string conversation) => store.EditAsync(edit =>
    {
        var counts = edit.Rows("SELECT (SELECT count(*) FROM messages WHERE conversation = ?1), (SELECT count(*) FROM notes WHERE conversation = ?1)", r => ((int)r.GetInt64(0), (int)r.GetInt64(1)), conversation)[0];
        foreach (var statement in Erasing.OfTalk) edit.Run(statement, conversation, long.MaxValue);
        edit.Tell(new(town, null, FeedTypes.Erased, conversation));
        return counts;
    });

    /// <summary>It is done: the request says how much went, and so does the audit trail.</summary>
    public static Task NoteErasedAsync(this RecordsStore store, ErasureRequestRow request, DateTimeOffset at, string counts) => store.EditAsync(edit =>
    {
        if (edit.Run("UPDATE erasure_requests SET state = 'done', done_at = ?3, counts = ?4, revision = revision + 1 WHERE town = ?1 AND id = ?2 AND state = 'approved'", request.Town, request.Id, at.ToUnixTimeMilliseconds(), counts) == 1)
            edit.Note(new(at, request.Town, "system", "resident-erased", request.Conversation, counts) { Department = request.Department, OnBehalfOf = request.DecidedBy });
        return true;
    });

    /// <summary>Our own ids of everything a resident sent, or was sent.</summary>
    public static async Task<ImmutableList<string>> ContentsOfTalkAsync(this RecordsContext records, string conversation, CancellationToken cancel = default) =>
        [.. (await records.Messages.Where(m => m.Conversation == conversation && m.ContentIds != null).Select(m => m.ContentIds!).ToListAsync(cancel)).SelectMany(ids => ids.Split(' ')).Distinct()];

    public static Task<List<string>> CasesOfResidentAsync(this RecordsContext records, string town, string conversation, CancellationToken cancel = default) =>
        records.Cases.Where(c => c.Town == town && c.Resident == conversation).OrderBy(c => c.OpenedAt).Select(c => c.Number).ToListAsync(cancel);

    /// <summary>A case is a skeleton from now on.</summary>
    public static Task CloseCaseAsync(this RecordsStore store, string town, string number) => store.EditAsync(edit =>
    {
        foreach (var statement in Erasing.OfCase) edit.Run(statement, town, number);
        return edit.Run("UPDATE cases SET status = 'skeleton' WHERE town = ?1 AND number = ?2", town, number);
    });

    private static bool IsHeld(RecordsEdit edit, string town, string conversation) =>
        edit.Rows("SELECT count(*) FROM cases WHERE town = ?1 AND resident = ?2 AND hold IS NOT NULL", r => r.GetInt64(0), town, conversation)[0] > 0;

    private static ErasureRequestRow? Find(RecordsEdit edit, string town, string id) => edit.Rows($"SELECT {Columns} FROM erasure_requests WHERE town = ?1 AND id = ?2", Row, town, id).SingleOrDefault();

    private static ErasureRequestRow? Open(RecordsEdit edit, string town, string conversation) =>
        edit.Rows($"SELECT {Columns} FROM erasure_requests WHERE town = ?1 AND conversation = ?2 AND state IN ('requested', 'approved')", Row, town, conversation).SingleOrDefault();

    private static ErasureRequestRow Row(System.Data.Common.DbDataReader r)
    {
        string? Text(int column) => r.IsDBNull(column) ? null : r.GetString(column);
        long? Number(int column) => r.IsDBNull(column) ? null : r.GetInt64(column);
        return new(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), Text(4), r.GetString(5), r.GetString(6), r.GetInt64(7), r.GetString(8), r.GetString(9),
            Number(10), Text(11), Text(12), Number(13), Text(14), r.GetInt32(15));
    }
}
