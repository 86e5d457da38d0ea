using Npgsql;

namespace OrleansGov.Records;

/// <summary>Rows into the database: one statement for each table that has any, all sent together.</summary>
internal static class PostgresRows
{
    public static void Write(NpgsqlConnection connection, FactRows rows, List<AuditEntry> audit)
    {
        using var batch = new NpgsqlBatch(connection) { Timeout = 15 };

        Add(batch, rows.Conversations, """
            INSERT INTO conversations AS kept (id, town, channel, opened_at, last_at, reachable_since)
            SELECT i.* FROM unnest($1, $2, $3, $4, $5, $6) AS i (id, town, channel, opened_at, last_at, reachable_since) LEFT JOIN conversations AS c ON c.id = i.id
            WHERE c.id IS NULL OR c.last_at <= i.last_at - 60000
            ON CONFLICT (id) DO UPDATE SET last_at = greatest(kept.last_at, excluded.last_at), reachable_since = coalesce(kept.reachable_since, excluded.reachable_since)
            """, r => [Of(r, c => c.Id), Of(r, c => c.Town), Of(r, c => c.Channel), Of(r, c => c.OpenedAt), Of(r, c => c.LastAt), Of(r, c => c.ReachableSince)]);
        Add(batch, [.. rows.Reaches.Where(r => r.IsBack)], """
            UPDATE conversations AS c SET reachable_since = i.at FROM unnest($1, $2) AS i (id, at) WHERE c.id = i.id AND coalesce(c.reachable_since, 0) < i.at
            """, r => [Of(r, x => x.Id), Of(r, x => x.At)]);
        Add(batch, [.. rows.Reaches.Where(r => !r.IsBack)], """
            UPDATE conversations AS c SET reachable_since = NULL FROM unnest($1, $2) AS i (id, at) WHERE c.id = i.id AND c.reachable_since <= i.at
            """, r => [Of(r, x => x.Id), Of(r, x => x.At)]);

        // taken back before it came, in this batch or in an earlier one: its words are never stored
        Add(batch, rows.Unsent, "INSERT INTO unsent_messages (conversation, line_message_id, at) SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING",
            r => [Of(r, u => u.Conversation), Of(r, u => u.LineMessageId), Of(r, u => u.At)]);
        Add(batch, rows.Messages, """
            INSERT INTO messages (conversation, seq, at, direction, what, text, line_message_id, unsent)
            SELECT i.conversation, i.seq, i.at, i.direction, i.what, CASE WHEN u.at IS NULL THEN i.text END, i.line_message_id, u.at IS NOT NULL
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS i (conversation, seq, at, direction, what, text, line_message_id)
            LEFT JOIN unsent_messages AS u ON u.conversation = i.conversation AND u.line_message_id = i.line_message_id
            """, r => [Of(r, m => m.Conversation), Of(r, m => m.Seq), Of(r, m => m.At), Of(r, m => m.Direction), Of(r, m => m.What), Of(r, m => m.Text), Of(r, m => m.LineMessageId)]);
        Add(batch, rows.Unsent, """
            UPDATE messages AS m SET text = NULL, unsent = true FROM unnest($1, $2) AS i (conversation, line_message_id)
            WHERE m.conversation = i.conversation AND m.line_message_id = i.line_message_id
            """, r => [Of(r, u => u.Conversation), Of(r, u => u.LineMessageId)]);

        Add(batch, rows.Happenings, """
            INSERT INTO happenings (conversation, seq, at, town, channel, what, procedure_id, version, run, step, milliseconds, detail)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """, r =>
            [
                Of(r, h => h.Conversation), Of(r, h => h.Seq), Of(r, h => h.At), Of(r, h => h.Town), Of(r, h => h.Channel), Of(r, h => h.What), Of(r, h => h.ProcedureId),
                Of(r, h => h.Version), Of(r, h => h.Run), Of(r, h => h.Step), Of(r, h => h.Milliseconds), Of(r, h => h.Detail),
            ]);

        Add(batch, rows.Opened, """
            INSERT INTO cases (town, number, channel, resident, procedure_id, version, title, department, kind, status, resource, day, fee, summary, opened_at, changed_at)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """, r =>
            [
                Of(r, c => c.Town), Of(r, c => c.Number), Of(r, c => c.Channel), Of(r, c => c.Resident), Of(r, c => c.ProcedureId), Of(r, c => c.Version), Of(r, c => c.Title),
                Of(r, c => c.Department), Of(r, c => c.Kind), Of(r, c => c.Status), Of(r, c => c.Resource), Of(r, c => c.Day), Of(r, c => c.Fee), Of(r, c => c.Summary),
                Of(r, c => c.OpenedAt), Of(r, c => c.ChangedAt),
            ]);
        Add(batch, rows.Changed, """
            UPDATE cases AS c SET status = i.status, resource = i.resource, day = i.day, fee = i.fee, summary = i.summary, changed_at = i.changed_at
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS i (town, number, status, resource, day, fee, summary, changed_at)
            WHERE c.town = i.town AND c.number = i.number
            """, r =>
            [
                Of(r, c => c.Town), Of(r, c => c.Number), Of(r, c => c.Status), Of(r, c => c.Resource), Of(r, c => c.Day), Of(r, c => c.Fee), Of(r, c => c.Summary), Of(r, c => c.ChangedAt),
            ]);
        Add(batch, rows.CaseEvents, "INSERT INTO case_events (town, number, seq, at, what, by) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)",
            r => [Of(r, e => e.Town), Of(r, e => e.Number), Of(r, e => e.Seq), Of(r, e => e.At), Of(r, e => e.What), Of(r, e => e.By)]);

        Add(batch, rows.Broadcasts, """
            INSERT INTO broadcasts (town, id, channel, title, text, created_at, created_by, stage, revision, audience, sent, skipped, failed, uncertain, started_at, ended_at, reason)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (town, id) DO UPDATE SET stage = excluded.stage, revision = excluded.revision, audience = excluded.audience, sent = excluded.sent, skipped = excluded.skipped,
              failed = excluded.failed, uncertain = excluded.uncertain, started_at = excluded.started_at, ended_at = excluded.ended_at, reason = excluded.reason
            """, r =>
            [
                Of(r, b => b.Town), Of(r, b => b.Id), Of(r, b => b.Channel), Of(r, b => b.Title), Of(r, b => b.Text), Of(r, b => b.CreatedAt), Of(r, b => b.CreatedBy),
                Of(r, b => b.Stage), Of(r, b => b.Revision), Of(r, b => b.Audience), Of(r, b => b.Sent), Of(r, b => b.Skipped), Of(r, b => b.Failed), Of(r, b => b.Uncertain),
                Of(r, b => b.StartedAt), Of(r, b => b.EndedAt), Of(r, b => b.Reason),
            ]);

        Add(batch, audit, "INSERT INTO audit (at, town, principal, action, subject, detail) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)",
            r => [Of(r, a => a.At.ToUnixTimeMilliseconds()), Of(r, a => a.Town), Of(r, a => a.Principal), Of(r, a => a.Action), Of(r, a => a.Subject), Of(r, a => a.Detail)]);

        if (batch.BatchCommands.Count > 0) batch.ExecuteNonQuery();
    }

    private static void Add<TRow>(NpgsqlBatch batch, IReadOnlyCollection<TRow> rows, string sql, Func<IReadOnlyCollection<TRow>, NpgsqlParameter[]> columns)
    {
        if (rows.Count == 0) return;
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(columns(rows));
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Of<TRow, TValue>(IReadOnlyCollection<TRow> rows, Func<TRow, TValue> column) => PostgresColumns.Of(rows, column);
}
