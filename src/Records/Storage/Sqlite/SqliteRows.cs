using System.Globalization;

namespace OrleansGov.Records;

/// <summary>Rows into the file, one by one: statements are prepared, and SQLite has no journey to save.</summary>
internal static class SqliteRows
{
    public static void Write(SqliteFile file, FactRows rows)
    {
        foreach (var c in rows.Conversations)
            file.Run("""
                INSERT INTO conversations (id, town, channel, opened_at, last_at, reachable_since, heard_at, said_at, said_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                ON CONFLICT (id) DO UPDATE SET last_at = max(last_at, excluded.last_at), reachable_since = coalesce(reachable_since, excluded.reachable_since),
                  heard_at = coalesce(excluded.heard_at, heard_at), said_at = coalesce(excluded.said_at, said_at), said_by = coalesce(excluded.said_by, said_by),
                  state = iif(state = 'erased' AND excluded.heard_at IS NOT NULL, 'bot', state)
                WHERE last_at <= excluded.last_at - 60000 OR state IN ('queued', 'queuedOutOfHours', 'human', 'erased')
                """, c.Id, c.Town, c.Channel, c.OpenedAt, c.LastAt, c.ReachableSince, c.HeardAt, c.SaidAt, c.SaidBy);
        foreach (var r in rows.Reaches)
            file.Run(r.IsBack
                ? "UPDATE conversations SET reachable_since = ?2 WHERE id = ?1 AND coalesce(reachable_since, 0) < ?2"
                : "UPDATE conversations SET reachable_since = NULL WHERE id = ?1 AND reachable_since <= ?2", r.Id, r.At);

        // taken back before it came, in this batch or in an earlier one: its words are never stored
        foreach (var u in rows.Unsent)
            file.Run("INSERT INTO unsent_messages (conversation, line_message_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", u.Conversation, u.LineMessageId, u.At);
        foreach (var m in rows.Messages)
            if (m.LineMessageId is null)
                file.Run("INSERT INTO messages (conversation, seq, at, direction, what, text, author) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", m.Conversation, m.Seq, m.At, m.Direction, m.What, m.Text, m.Author);
            else
                file.Run("""
                    INSERT INTO messages (conversation, seq, at, direction, what, text, line_message_id, unsent, author)
                    SELECT ?1, ?2, ?3, ?4, ?5, iif(taken, NULL, ?6), ?7, taken, ?8
                    FROM (SELECT EXISTS (SELECT 1 FROM unsent_messages WHERE conversation = ?1 AND line_message_id = ?7) AS taken)
                    """, m.Conversation, m.Seq, m.At, m.Direction, m.What, m.Text, m.LineMessageId, m.Author);
        foreach (var m in rows.RichMessages)
            file.Run("""
                INSERT INTO messages (conversation, seq, at, direction, what, text, line_message_id, unsent, author, staff, staff_name, shown, content_ids, detail, latitude, longitude, key)
                SELECT ?1, ?2, ?3, ?4, ?5, iif(taken, NULL, ?6), ?7, taken, ?8, ?9, ?10, ?11, iif(taken, NULL, ?12), iif(taken, NULL, ?13), iif(taken, NULL, ?14), iif(taken, NULL, ?15), ?16
                FROM (SELECT EXISTS (SELECT 1 FROM unsent_messages WHERE conversation = ?1 AND line_message_id = ?7) AS taken)
                """, m.Conversation, m.Seq, m.At, m.Direction, m.What, m.Text, m.LineMessageId, m.Author, m.Staff, m.StaffName, m.Shown, m.ContentIds, m.Detail, m.Latitude, m.Longitude, m.Key);
        foreach (var u in rows.Unsent)
            file.Run("UPDATE messages SET text = NULL, content_ids = NULL, detail = NULL, latitude = NULL, longitude = NULL, unsent = 1 WHERE conversation = ?1 AND line_message_id = ?2", u.Conversation, u.LineMessageId);
        foreach (var o in rows.Outcomes)
            file.Run("UPDATE messages SET outcome = ?3, outcome_detail = ?4 WHERE conversation = ?1 AND seq = ?2", o.Conversation, o.Seq, o.Outcome, o.Detail);

        foreach (var c in rows.Controls)
            file.Run("""
                UPDATE conversations SET state = ?2, epoch = ?3, since = ?4, waiting_since = ?5, owner = ?6, owner_name = ?7, department = coalesce(?8, department),
                  case_number = coalesce(?9, case_number), case_open = ?10, bot_continues = ?11, callback_by = ?12, reason = ?13
                WHERE id = ?1
                """, c.Conversation, c.State, c.Epoch, c.Since, c.WaitingSince, c.Owner, c.OwnerName, c.Department, c.CaseNumber, c.CaseOpen, c.BotContinues, Text(c.CallbackBy), c.Reason);
        foreach (var c in rows.ControlChanges)
            file.Run("""
                INSERT INTO control_changes (conversation, seq, at, town, trigger, was, state, epoch, owner, owner_name, department, case_number, reason, by, waiting_since)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
                """, c.Conversation, c.Seq, c.At, c.Town, c.Trigger, c.Was, c.State, c.Epoch, c.Owner, c.OwnerName, c.Department, c.CaseNumber, c.Reason, c.By, c.WaitingSince);

        foreach (var h in rows.Happenings)
            file.Run("""
                INSERT INTO happenings (conversation, seq, at, town, channel, what, procedure_id, version, run, step, milliseconds, detail)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                """, h.Conversation, h.Seq, h.At, h.Town, h.Channel, h.What, h.ProcedureId, h.Version, h.Run, h.Step, h.Milliseconds, h.Detail);

        foreach (var c in rows.Opened)
            file.Run("""
                INSERT INTO cases (town, number, channel, resident, procedure_id, version, title, department, kind, status, resource, day, fee, summary, opened_at, changed_at, reason)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
                """, c.Town, c.Number, c.Channel, c.Resident, c.ProcedureId, c.Version, c.Title, c.Department, c.Kind, c.Status, c.Resource, Text(c.Day), c.Fee, c.Summary,
                c.OpenedAt, c.ChangedAt, c.Reason);
        foreach (var c in rows.Changed)
            file.Run("""
                UPDATE cases SET status = ?3, resource = ?4, day = ?5, fee = ?6, summary = ?7, changed_at = ?8, department = coalesce(?9, department), owner = ?10, owner_name = ?11,
                  labels = ?12, result = ?13, tags = ?14, callback_by = ?15, hold = ?16, revision = max(revision + 1, ?17), over_since = ?18
                WHERE town = ?1 AND number = ?2
                """, c.Town, c.Number, c.Status, c.Resource, Text(c.Day), c.Fee, c.Summary, c.ChangedAt, c.Said.Department, c.Said.Owner, c.Said.OwnerName, c.Labels, c.Said.Result, c.Tags,
                Text(c.Said.CallbackBy), c.Said.Hold, c.Said.Revision, c.Said.OverSince?.ToUnixTimeMilliseconds());
        foreach (var ((town, number), labels) in rows.Labels)
        {
            file.Run("DELETE FROM case_labels WHERE town = ?1 AND number = ?2", town, number);
            foreach (var label in labels) file.Run("INSERT INTO case_labels (town, number, label) VALUES (?1, ?2, ?3)", town, number, label);
        }

        foreach (var n in rows.Notes)
            file.Run("INSERT INTO notes (town, number, id, conversation, at, by, by_name, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
                n.Town, n.Number, n.Id, n.Conversation, n.At, n.By, n.ByName, n.Text);
        foreach (var b in rows.Broadcasts)
            file.Run("""
                INSERT INTO broadcasts (town, id, channel, title, text, created_at, created_by, stage, revision, audience, sent, skipped, failed, uncertain, started_at, ended_at, reason)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
                ON CONFLICT (town, id) DO UPDATE SET stage = excluded.stage, revision = excluded.revision, audience = excluded.audience, sent = excluded.sent, skipped = excluded.skipped,
                  failed = excluded.failed, uncertain = excluded.uncertain, started_at = excluded.started_at, ended_at = excluded.ended_at, reason = excluded.reason
                """, b.Town, b.Id, b.Channel, b.Title, b.Text, b.CreatedAt, b.CreatedBy, b.Stage, b.Revision, b.Audience, b.Sent, b.Skipped, b.Failed, b.Uncertain, b.StartedAt, b.EndedAt, b.Reason);
        foreach (var e in rows.CaseEvents)
            file.Run("INSERT INTO case_events (town, number, seq, at, what, by, by_name, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                e.Town, e.Number, e.Seq, e.At, e.What, e.By, e.ByName, e.Detail);
        foreach (var e in rows.Erased)
            foreach (var statement in Erasing.OfTalk)
                file.Run(statement, e.Conversation, e.Seq);
        foreach (var (town, number) in rows.ErasedCases)
            foreach (var statement in Erasing.OfCase)
                file.Run(statement, town, number);
    }

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
