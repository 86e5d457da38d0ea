using Npgsql;

namespace OrleansGov.Records;

/// <summary>The audit trail in the database. A town's head is locked until the commit, and towns in one order everywhere.</summary>
internal static class PostgresAudit
{
    /// <summary>Links the entries; their rows and the heads are the batch's next statements.</summary>
    public static void Write(NpgsqlConnection connection, NpgsqlBatch batch, IReadOnlyCollection<AuditEntry> entries)
    {
        if (entries.Count == 0) return;
        string[] towns = [.. entries.Select(e => e.Town).Distinct().Order(StringComparer.Ordinal)];
        var heads = Heads(connection, towns);
        if (heads.Count < towns.Length)
        {
            using var first = new NpgsqlCommand("INSERT INTO audit_heads (town, place, hash, pruned_to, pruned_hash) SELECT town, 0, '', 0, '' FROM unnest($1) AS i (town) ORDER BY town ON CONFLICT DO NOTHING", connection);
            first.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = towns });
            first.ExecuteNonQuery();
            heads = Heads(connection, towns);
        }

        var rows = AuditChain.Append(entries, heads);
        var insert = new NpgsqlBatchCommand("""
            INSERT INTO audit (at, town, principal, action, subject, detail, kind, place, hash, actor, subject_name, department, address, before, after, reason, request, on_behalf_of)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """);
        insert.Parameters.AddRange((NpgsqlParameter[])
        [
            Of(rows, a => a.At), Of(rows, a => a.Town), Of(rows, a => a.Principal), Of(rows, a => a.Action), Of(rows, a => a.Subject), Of(rows, a => a.Detail), Of(rows, a => a.Kind),
            Of(rows, a => a.Place), Of(rows, a => a.Hash), Of(rows, a => a.Actor), Of(rows, a => a.SubjectName), Of(rows, a => a.Department), Of(rows, a => a.Address), Of(rows, a => a.Before),
            Of(rows, a => a.After), Of(rows, a => a.Reason), Of(rows, a => a.Request), Of(rows, a => a.OnBehalfOf),
        ]);
        batch.BatchCommands.Add(insert);
        var move = new NpgsqlBatchCommand("UPDATE audit_heads AS h SET place = i.place, hash = i.hash FROM unnest($1, $2, $3) AS i (town, place, hash) WHERE h.town = i.town");
        move.Parameters.AddRange((NpgsqlParameter[])[Of(heads.Values, h => h.Town), Of(heads.Values, h => h.Place), Of(heads.Values, h => h.Hash)]);
        batch.BatchCommands.Add(move);
    }

    private static Dictionary<string, AuditHeadRow> Heads(NpgsqlConnection connection, string[] towns)
    {
        using var command = new NpgsqlCommand("SELECT town, place, hash, pruned_to, pruned_hash FROM audit_heads WHERE town = ANY ($1) ORDER BY town FOR UPDATE", connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = towns });
        using var reader = command.ExecuteReader();
        Dictionary<string, AuditHeadRow> heads = [];
        while (reader.Read()) heads[reader.GetString(0)] = new(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4));
        return heads;
    }

    private static NpgsqlParameter Of<TRow, TValue>(IReadOnlyCollection<TRow> rows, Func<TRow, TValue> column) => PostgresColumns.Of(rows, column);
}
