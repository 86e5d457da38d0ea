namespace OrleansGov.Records;

/// <summary>The feed in the file.</summary>
internal static class SqliteFeed
{
    /// <returns>The last number given in this transaction; 0 = none.</returns>
    public static long Write(SqliteFile file, IReadOnlyCollection<FeedEntry> entries)
    {
        if (entries.Count == 0) return 0;
        var (seq, now) = (file.Number("SELECT head FROM feed_head"), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        foreach (var f in entries)
            file.Run("""
                INSERT INTO feed (seq, at, town, department, type, subject)
                VALUES (?1, ?2, ?3, coalesce(?4, (SELECT department FROM conversations WHERE id = ?6)), ?5, ?6)
                """, ++seq, now, f.Town, f.Department, f.Type, f.Subject);
        file.Run("UPDATE feed_head SET head = ?1", seq);
        return seq;
    }
}
