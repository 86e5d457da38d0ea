using Npgsql;

namespace OrleansGov.Records;

/// <summary>Rows into the database: one statement for each table that has any, all sent together.</summary>
internal static class PostgresRows
{
    public static void Write(NpgsqlConnection connection, FactRows rows, IReadOnlyCollection<AuditEntry> audit, IReadOnlyCollection<FeedEntry> told)
    {
        using var batch = new NpgsqlBatch(connection) { Timeout = 15 };

        Add(batch, rows.Conversations, """
            INSERT INTO conversations AS kept (id, town, channel, opened_at, last_at, reachable_since, heard_at, said_at, said_by)
            SELECT i.* FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS i (id, town, channel, opened_at, last_at, reachable_since, heard_at, said_at, said_by)
            LEFT JOIN conversations AS c ON c.id = i.id
            WHERE c.id IS NULL OR c.last_at <= i.last_at - 60000 OR c.state IN ('queued', 'queuedOutOfHours', 'human', 'erased')
            ON CONFLICT (id) DO UPDATE SET last_at = greatest(kept.last_at, excluded.last_at), reachable_since = coalesce(kept.reachable_since, excluded.reachable_since),
              heard_at = coalesce(excluded.heard_at, kept.heard_at), said_at = coalesce(excluded.said_at, kept.said_at), said_by = coalesce(excluded.said_by, kept.said_by),
              state = CASE WHEN kept.state = 'erased' AND excluded.heard_at IS NOT NULL THEN 'bot' ELSE kept.state END
            """, r =>
            [
                Of(r, c => c.Id), Of(r, c => c.Town), Of(r, c => c.Channel), Of(r, c => c.OpenedAt), Of(r, c => c.LastAt), Of(r, c => c.ReachableSince), Of(r, c => c.HeardAt),
                Of(r, c => c.SaidAt), Of(r, c => c.SaidBy),
            ]);
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
            INSERT INTO messages (conversation, seq, at, direction, what, text, line_message_id, unsent, author)
            SELECT i.conversation, i.seq, i.at, i.direction, i.what, CASE WHEN u.at IS NULL THEN i.text END, i.line_message_id, u.at IS NOT NULL,
              CASE i.direction WHEN 'heard' THEN 'resident' ELSE 'bot' END
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS i (conversation, seq, at, direction, what, text, line_message_id)
            LEFT JOIN unsent_messages AS u ON u.conversation = i.conversation AND u.line_message_id = i.line_message_id
            """, r => [Of(r, m => m.Conversation), Of(r, m => m.Seq), Of(r, m => m.At), Of(r, m => m.Direction), Of(r, m => m.What), Of(r, m => m.Text), Of(r, m => m.LineMessageId)]);
        Add(batch, rows.RichMessages, """
            INSERT INTO messages (conversation, seq, at, direction, what, text, line_message_id, unsent, author, staff, staff_name, shown, content_ids, detail, latitude, longitude, key)
            SELECT i.conversation, i.seq, i.at, i.direction, i.what, CASE WHEN u.at IS NULL THEN i.text END, i.line_message_id, u.at IS NOT NULL, i.author, i.staff, i.staff_name, i.shown,
              CASE WHEN u.at IS NULL THEN i.content_ids END, CASE WHEN u.at IS NULL THEN i.detail END, CASE WHEN u.at IS NULL THEN i.latitude END, CASE WHEN u.at IS NULL THEN i.longitude END, i.key
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
              AS i (conversation, seq, at, direction, what, text, line_message_id, author, staff, staff_name, shown, content_ids, detail, latitude, longitude, key)
            LEFT JOIN unsent_messages AS u ON u.conversation = i.conversation AND u.line_message_id = i.line_message_id
            """, r =>
            [
                Of(r, m => m.Conversation), Of(r, m => m.Seq), Of(r, m => m.At), Of(r, m => m.Direction), Of(r, m => m.What), Of(r, m => m.Text), Of(r, m => m.LineMessageId), Of(r, m => m.Author),
                Of(r, m => m.Staff), Of(r, m => m.StaffName), Of(r, m => m.Shown), Of(r, m => m.ContentIds), Of(r, m => m.Detail), Of(r, m => m.Latitude), Of(r, m => m.Longitude), Of(r, m => m.Key),
            ]);
        Add(batch, rows.Unsent, """
            UPDATE messages AS m SET text = NULL, content_ids = NULL, detail = NULL, latitude = NULL, longitude = NULL, unsent = true FROM unnest($1, $2) AS i (conversation, line_message_id)
            WHERE m.conversation = i.conversation AND m.line_message_id = i.line_message_id
            """, r => [Of(r, u => u.Conversation), Of(r, u => u.LineMessageId)]);
        Add(batch, rows.Outcomes, """
            UPDATE messages AS m SET outcome = i.outcome, outcome_detail = i.detail FROM unnest($1, $2, $3, $4) AS i (conversation, seq, outcome, detail)
            WHERE m.conversation = i.conversation AND m.seq = i.seq
            """, r => [Of(r, o => o.Conversation), Of(r, o => o.Seq), Of(r, o => o.Outcome), Of(r, o => o.Detail)]);

        Add(batch, rows.Controls, """
            UPDATE conversations AS c SET state = i.state, epoch = i.epoch, since = i.since, waiting_since = i.waiting_since, owner = i.owner, owner_name = i.owner_name,
              department = coalesce(i.department, c.department), case_number = coalesce(i.case_number, c.case_number), case_open = i.case_open, bot_continues = i.bot_continues,
              callback_by = i.callback_by, reason = i.reason
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
              AS i (id, state, epoch, since, waiting_since, owner, owner_name, department, case_number, case_open, bot_continues, callback_by, reason)
            WHERE c.id = i.id
            """, r =>
            [
                Of(r, c => c.Conversation), Of(r, c => c.State), Of(r, c => c.Epoch), Of(r, c => c.Since), Of(r, c => c.WaitingSince), Of(r, c => c.Owner), Of(r, c => c.OwnerName),
                Of(r, c => c.Department), Of(r, c => c.CaseNumber), Of(r, c => c.CaseOpen), Of(r, c => c.BotContinues), Of(r, c => c.CallbackBy), Of(r, c => c.Reason),
            ]);
        Add(batch, rows.ControlChanges, """
            INSERT INTO control_changes (conversation, seq, at, town, trigger, was, state, epoch, owner, owner_name, department, case_number, reason, by, waiting_since)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """, r =>
            [
                Of(r, c => c.Conversation), Of(r, c => c.Seq), Of(r, c => c.At), Of(r, c => c.Town), Of(r, c => c.Trigger), Of(r, c => c.Was), Of(r, c => c.State), Of(r, c => c.Epoch),
                Of(r, c => c.Owner), Of(r, c => c.OwnerName), Of(r, c => c.Department), Of(r, c => c.CaseNumber), Of(r, c => c.Reason), Of(r, c => c.By), Of(r, c => c.WaitingSince),
            ]);

        Add(batch, rows.Happenings, """
            INSERT INTO happenings (conversation, seq, at, town, channel, what, procedure_id, version, run, step, milliseconds, detail)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """, r =>
            [
                Of(r, h => h.Conversation), Of(r, h => h.Seq), Of(r, h => h.At), Of(r, h => h.Town), Of(r, h => h.Channel), Of(r, h => h.What), Of(r, h => h.ProcedureId),
                Of(r, h => h.Version), Of(r, h => h.Run), Of(r, h => h.Step), Of(r, h => h.Milliseconds), Of(r, h => h.Detail),
            ]);

        Add(batch, rows.Opened, """
            INSERT INTO cases (town, number, channel, resident, procedure_id, version, title, department, kind, status, resource, day, fee, summary, opened_at, changed_at, reason)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """, r =>
            [
                Of(r, c => c.Town), Of(r, c => c.Number), Of(r, c => c.Channel), Of(r, c => c.Resident), Of(r, c => c.ProcedureId), Of(r, c => c.Version), Of(r, c => c.Title),
                Of(r, c => c.Department), Of(r, c => c.Kind), Of(r, c => c.Status), Of(r, c => c.Resource), Of(r, c => c.Day), Of(r, c => c.Fee), Of(r, c => c.Summary),
                Of(r, c => c.OpenedAt), Of(r, c => c.ChangedAt), Of(r, c => c.Reason),
            ]);
        Add(batch, rows.Changed, """
            UPDATE cases AS c SET status = i.status, resource = i.resource, day = i.day, fee = i.fee, summary = i.summary, changed_at = i.changed_at,
              department = coalesce(i.department, c.department), owner = i.owner, owner_name = i.owner_name, labels = i.labels, result = i.result, tags = i.tags, callback_by = i.callback_by,
              hold = i.hold, revision = greatest(c.revision + 1, i.revision), over_since = i.over_since
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
              AS i (town, number, status, resource, day, fee, summary, changed_at, department, owner, owner_name, labels, result, tags, callback_by, hold, revision, over_since)
            WHERE c.town = i.town AND c.number = i.number
            """, r =>
            [
                Of(r, c => c.Town), Of(r, c => c.Number), Of(r, c => c.Status), Of(r, c => c.Resource), Of(r, c => c.Day), Of(r, c => c.Fee), Of(r, c => c.Summary), Of(r, c => c.ChangedAt),
                Of(r, c => c.Said.Department), Of(r, c => c.Said.Owner), Of(r, c => c.Said.OwnerName), Of(r, c => c.Labels), Of(r, c => c.Said.Result), Of(r, c => c.Tags),
                Of(r, c => c.Said.CallbackBy), Of(r, c => c.Said.Hold), Of(r, c => c.Said.Revision), Of(r, c => c.Said.OverSince?.ToUnixTimeMilliseconds()),
            ]);
        Add(batch, rows.Labels, "DELETE FROM case_labels AS l USING unnest($1, $2) AS i (town, number) WHERE l.town = i.town AND l.number = i.number",
            r => [Of(r, l => l.Key.Town), Of(r, l => l.Key.Number)]);
        Add(batch, [.. rows.Labels.SelectMany(l => l.Value.Select(label => (l.Key.Town, l.Key.Number, Label: label)))], "INSERT INTO case_labels (town, number, label) SELECT * FROM unnest($1, $2, $3)",
            r => [Of(r, l => l.Town), Of(r, l => l.Number), Of(r, l => l.Label)]);
        Add(batch, rows.Notes, "INSERT INTO notes (town, number, id, conversation, at, by, by_name, text) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
            r => [Of(r, n => n.Town), Of(r, n => n.Number), Of(r, n => n.Id), Of(r, n => n.Conversation), Of(r, n => n.At), Of(r, n => n.By), Of(r, n => n.ByName), Of(r, n => n.Text)]);
        Add(batch, rows.CaseEvents, "INSERT INTO case_events (town, number, seq, at, what, by, by_name, detail) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)",
            r =>
            [
                Of(r, e => e.Town), Of(r, e => e.Number), Of(r, e => e.Seq), Of(r, e => e.At), Of(r, e => e.What), Of(r, e => e.By), Of(r, e => e.ByName), Of(r, e => e.Detail),
            ]);

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

        foreach (var erased in rows.Erased)
            foreach (var statement in Erasing.OfTalk)
            {
                var command = new NpgsqlBatchCommand(statement.Replace('?', '$'));
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = erased.Conversation });
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = erased.Seq });
                batch.BatchCommands.Add(command);
            }

        foreach (var (town, number) in rows.ErasedCases)
            foreach (var statement in Erasing.OfCase)
            {
                var command = new NpgsqlBatchCommand(statement.Replace('?', '$'));
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = town });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
                batch.BatchCommands.Add(command);
            }

        PostgresAudit.Write(connection, batch, audit);
        PostgresFeed.Write(batch, told.Count == 0 ? rows.Feed : [.. rows.Feed, .. told]);
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
