namespace OrleansGov.Records;

/// <summary>Turns facts into rows. Called inside the writer's transaction.</summary>
internal static class FactWriter
{
    /// <summary>Applies a fact that is new to its stream; drops one that has been applied before.</summary>
    public static void Apply(SqliteFile file, Fact fact)
    {
        var isNew = file.Run("""
            INSERT INTO streams (stream, last_seq) VALUES (?1, ?2)
            ON CONFLICT (stream) DO UPDATE SET last_seq = excluded.last_seq WHERE excluded.last_seq > last_seq
            """, fact.Stream, fact.Seq) == 1;
        if (isNew) Write(file, fact, fact.At.ToUnixTimeMilliseconds());
    }

    private static void Write(SqliteFile file, Fact fact, long at)
    {
        switch (fact.Body)
        {
            case FactBody.Heard heard:
                Touch(file, fact, heard.Town, heard.Channel, at);
                file.Run("""
                    INSERT INTO messages (conversation, seq, at, direction, what, text, line_message_id, unsent)
                    SELECT ?1, ?2, ?3, 'heard', ?4, iif(taken, NULL, ?5), ?6, taken
                    FROM (SELECT EXISTS (SELECT 1 FROM unsent_messages WHERE conversation = ?1 AND line_message_id = ?6) AS taken)
                    """, ConversationOf(fact), fact.Seq, at, heard.What, heard.Text, heard.LineMessageId);
                break;
            case FactBody.Said said:
                Touch(file, fact, said.Town, said.Channel, at);
                file.Run("INSERT INTO messages (conversation, seq, at, direction, what, text) VALUES (?1, ?2, ?3, 'said', 'text', ?4)",
                    ConversationOf(fact), fact.Seq, at, said.Text);
                break;
            case FactBody.Unsent unsent:
                file.Run("UPDATE messages SET text = NULL, unsent = 1 WHERE conversation = ?1 AND line_message_id = ?2", ConversationOf(fact), unsent.LineMessageId);
                file.Run("INSERT INTO unsent_messages (conversation, line_message_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                    ConversationOf(fact), unsent.LineMessageId, at);
                break;
            case FactBody.Happened { What: var happening } happened:
                file.Run("""
                    INSERT INTO happenings (conversation, seq, at, town, channel, what, procedure_id, version, run, step, milliseconds, detail)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                    """, ConversationOf(fact), fact.Seq, at, happened.Town, happened.Channel, happening.What, happening.ProcedureId, happening.Version,
                    happening.Run, happening.Step, happening.Milliseconds, happening.Detail);
                break;
            case FactBody.CaseOpened opened:
                file.Run("""
                    INSERT INTO cases (town, number, channel, resident, procedure_id, version, title, department, kind, status, resource, day, fee, summary, opened_at, changed_at)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15)
                    """, opened.Town, opened.Number, opened.Channel, opened.Resident, opened.ProcedureId, opened.Version, opened.Title, opened.Department,
                    opened.CaseKind, opened.Status, opened.Resource, Text(opened.Day), opened.Fee, opened.Summary, at);
                Note(file, opened.Town, opened.Number, fact.Seq, at, "opened", "resident");
                break;
            case FactBody.CaseChanged changed:
                var town = TownOf(fact);
                file.Run("UPDATE cases SET status = ?3, resource = ?4, day = ?5, fee = ?6, summary = ?7, changed_at = ?8 WHERE town = ?1 AND number = ?2",
                    town, changed.Number, changed.Status, changed.Resource, Text(changed.Day), changed.Fee, changed.Summary, at);
                Note(file, town, changed.Number, fact.Seq, at, changed.What, changed.By);
                break;
            default:
                throw new InvalidOperationException($"Fact {fact.Stream}#{fact.Seq} has an unknown body {fact.Body.GetType().Name}.");
        }
    }

    private static void Touch(SqliteFile file, Fact fact, string town, string channel, long at) => file.Run("""
        INSERT INTO conversations (id, town, channel, opened_at, last_at) VALUES (?1, ?2, ?3, ?4, ?4)
        ON CONFLICT (id) DO UPDATE SET last_at = max(last_at, excluded.last_at)
        """, ConversationOf(fact), town, channel, at);

    private static void Note(SqliteFile file, string town, string number, long seq, long at, string what, string by) =>
        file.Run("INSERT INTO case_events (town, number, seq, at, what, by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", town, number, seq, at, what, by);

    private static string ConversationOf(Fact fact) => ResidentKey.Split(fact.Stream).Pseudonym;

    // c:{town}/{number}
    private static string TownOf(Fact fact) => fact.Stream[2..fact.Stream.LastIndexOf('/')];

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
