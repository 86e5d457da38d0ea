namespace OrleansGov.Records;

/// <summary>The audit trail in the file.</summary>
internal static class SqliteAudit
{
    public static void Write(SqliteFile file, IReadOnlyCollection<AuditEntry> entries)
    {
        if (entries.Count == 0) return;
        var edit = new SqliteEdit(file);
        Dictionary<string, AuditHeadRow> heads = [];
        foreach (var town in entries.Select(e => e.Town).Distinct())
            foreach (var head in edit.Rows("SELECT place, hash, pruned_to, pruned_hash FROM audit_heads WHERE town = ?1", r => new AuditHeadRow(town, r.GetInt64(0), r.GetString(1), r.GetInt64(2), r.GetString(3)), town))
                heads[town] = head;

        foreach (var row in AuditChain.Append(entries, heads))
            file.Run("""
                INSERT INTO audit (at, town, principal, action, subject, detail, kind, place, hash, actor, subject_name, department, address, before, after, reason, request, on_behalf_of)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
                """, row.At, row.Town, row.Principal, row.Action, row.Subject, row.Detail, row.Kind, row.Place, row.Hash, row.Actor, row.SubjectName, row.Department, row.Address, row.Before,
                row.After, row.Reason, row.Request, row.OnBehalfOf);
        foreach (var head in heads.Values) Keep(file, head);
    }

    /// <summary>Links the lines of a trail that was no chain.</summary>
    public static void LinkOld(SqliteFile file)
    {
        var edit = new SqliteEdit(file);
        Dictionary<string, AuditHeadRow> heads = [];
        var lines = edit.Rows("SELECT id, at, town, principal, action, subject, detail, kind, place FROM audit WHERE hash = '' ORDER BY town, place",
            r => new AuditRow(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6), r.GetString(7), r.GetInt64(8), ""));
        foreach (var line in lines)
        {
            var hash = AuditChain.HashOf(line, heads.GetValueOrDefault(line.Town)?.Hash ?? "");
            file.Run("UPDATE audit SET hash = ?2 WHERE id = ?1", line.Id, hash);
            heads[line.Town] = new(line.Town, line.Place, hash, 0, "");
        }

        foreach (var head in heads.Values) Keep(file, head);
    }

    private static void Keep(SqliteFile file, AuditHeadRow head) => file.Run("""
        INSERT INTO audit_heads (town, place, hash, pruned_to, pruned_hash) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (town) DO UPDATE SET place = excluded.place, hash = excluded.hash
        """, head.Town, head.Place, head.Hash, head.PrunedTo, head.PrunedHash);
}
