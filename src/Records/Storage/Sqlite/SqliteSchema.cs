namespace OrleansGov.Records;

/// <summary>The numbered scripts under Schema/sqlite. What a file has already had is not run again; a file from the future is refused.</summary>
internal static class SqliteSchema
{
    /// <summary>"OGrc": marks the file as ours (SQLite's application_id).</summary>
    public const int ApplicationId = 0x4F477263;

    // the script that makes the audit trail a chain; SQLite has no hash, so the lines are linked here
    private const int ChainNumber = 5;

    private static readonly ImmutableArray<(int Number, string Sql)> Scripts = SchemaScripts.Read(typeof(SqliteSchema).Assembly, "Schema/sqlite/");

    public static int Latest => Scripts[^1].Number;

    /// <summary>Brings the file to <see cref="Latest"/>; each script and its number are one transaction.</summary>
    /// <exception cref="RecordsUnavailableException">Another program's file, or a later version's.</exception>
    public static void Apply(SqliteFile file, string path)
    {
        var isEmpty = file.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isEmpty && file.Number("PRAGMA application_id") != ApplicationId) throw SqliteProblems.Of(RecordsProblem.UnknownVersion, path);

        var has = isEmpty ? 0 : file.Number("SELECT version FROM schema_version");
        if (has > Latest) throw SqliteProblems.Of(RecordsProblem.UnknownVersion, path);
        foreach (var (number, sql) in Scripts.Where(s => s.Number > has))
        {
            file.RunScript("BEGIN IMMEDIATE");
            file.RunScript(sql);
            if (number == ChainNumber) SqliteAudit.LinkOld(file);
            file.RunScript($"""
                PRAGMA application_id = {ApplicationId};
                CREATE TABLE IF NOT EXISTS schema_version (only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL) STRICT;
                INSERT INTO schema_version (only_row, version) VALUES (1, {number}) ON CONFLICT (only_row) DO UPDATE SET version = excluded.version;
                COMMIT;
                """);
        }
    }
}
