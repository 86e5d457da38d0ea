using System.Globalization;

namespace OrleansGov.Records;

/// <summary>Rows into the file, one by one: statements are prepared, and SQLite has no journey to save.</summary>
internal static class SqliteRows
{
    public static void Write(SqliteFile file, FactRows rows)
    {
        foreach (var c in rows.Conversations)
            file.Run("""
                INSERT INTO conversations (id, town, channel, opened_at, last_at, reachable_since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT (id) DO UPDATE SET last_at = excluded.last_at, reachable_since = coalesce(reachable_since, excluded.reachable_since)
                WHERE last_at <= excluded.last_at - 60000
                """, c.Id, c.Town, c.Channel, c.OpenedAt, c.LastAt, c.ReachableSince);
        foreach (var r in rows.Reaches)
            file.Run(r.IsBack
                ? "UPDATE conversations SET reachable_since = ?2 WHERE id = ?1 AND coalesce(reachable_since, 0) < ?2"
                : "UPDATE conversations SET reachable_since = NULL WHERE id = ?1 AND reachable_since <= ?2", r.Id, r.At);

        // taken back before it came, in this batch or in an earlier one: its words are never stored
        foreach (var u in rows.Unsent)
            file.Run("INSERT INTO unsent_messages (conversation, line_message_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", u.Conversation, u.LineMessageId, u.At);
        foreach (var m in rows.Messages)
            if (m.LineMessageId is null)
                file.Run("INSERT INTO messages (conversation, seq, at, direction, what, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", m.Conversation, m.Seq, m.At, m.Direction, m.What, m.Text);
            else
                file.Run("""
                    INSERT INTO messages (conversation, seq, at, direction, what, text, line_message_id, unsent)
                    SELECT ?1, ?2, ?3, ?4, ?5, iif(taken, NULL, ?6), ?7, taken
                    FROM (SELECT EXISTS (SELECT 1 FROM unsent_messages WHERE conversation = ?1 AND line_message_id = ?7) AS taken)
                    """, m.Conversation, m.Seq, m.At, m.Direction, m.What, m.Text, m.LineMessageId);
        foreach (var u in rows.Unsent)
            file.Run("UPDATE messages SET text = NULL, unsent = 1 WHERE conversation = ?1 AND line_message_id = ?2", u.Conversation, u.LineMessageId);

        foreach (var h in rows.Happenings)
            file.Run("""
                INSERT INTO happenings (conversation, seq, at, town, channel, what, procedure_id, version, run, step, milliseconds, detail)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                """, h.Conversation, h.Seq, h.At, h.Town, h.Channel, h.What, h.ProcedureId, h.Version, h.Run, h.Step, h.Milliseconds, h.Detail);

        foreach (var c in rows.Opened)
            file.Run("""
                INSERT INTO cases (town, number, channel, resident, procedure_id, version, title, department, kind, status, resource, day, fee, summary, opened_at, changed_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
                """, c.Town, c.Number, c.Channel, c.Resident, c.ProcedureId, c.Version, c.Title, c.Department, c.Kind, c.Status, c.Resource, Text(c.Day), c.Fee, c.Summary,
                c.OpenedAt, c.ChangedAt);
        foreach (var c in rows.Changed)
            file.Run("UPDATE cases SET status = ?3, resource = ?4, day = ?5, fee = ?6, summary = ?7, changed_at = ?8 WHERE town = ?1 AND number = ?2",
                c.Town, c.Number, c.Status, c.Resource, Text(c.Day), c.Fee, c.Summary, c.ChangedAt);
        foreach (var b in rows.Broadcasts)
            file.Run("""
                INSERT INTO broadcasts (town, id, channel, title, text, created_at, created_by, stage, revision, audience, sent, skipped, failed, uncertain, started_at, ended_at, reason)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
                ON CONFLICT (town, id) DO UPDATE SET stage = excluded.stage, revision = excluded.revision, audience = excluded.audience, sent = excluded.sent, skipped = excluded.skipped,
                  failed = excluded.failed, uncertain = excluded.uncertain, started_at = excluded.started_at, ended_at = excluded.ended_at, reason = excluded.reason
                """, b.Town, b.Id, b.Channel, b.Title, b.Text, b.CreatedAt, b.CreatedBy, b.Stage, b.Revision, b.Audience, b.Sent, b.Skipped, b.Failed, b.Uncertain, b.StartedAt, b.EndedAt, b.Reason);
        foreach (var e in rows.CaseEvents)
            file.Run("INSERT INTO case_events (town, number, seq, at, what, by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", e.Town, e.Number, e.Seq, e.At, e.What, e.By);
    }

    public static void Write(SqliteFile file, AuditEntry line) => file.Run(
        "INSERT INTO audit (at, town, principal, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        line.At.ToUnixTimeMilliseconds(), line.Town, line.Principal, line.Action, line.Subject, line.Detail);

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
