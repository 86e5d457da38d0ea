namespace OrleansGov.Silo.Embedded;

/// <summary>The tables of data/grains.db. The version is SQLite's user_version; a file of a later version is refused, never changed.</summary>
internal static class StoreSchema
{
    /// <summary>"OGov": marks the file as ours (SQLite's application_id).</summary>
    public const int ApplicationId = 0x4F476F76;

    public const int Version = 1;

    // grain_state has a rowid: rows of about a kilobyte make a clustered text key slow (measured: `Silo.Drill measure`).
    public const string Create = """
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS grain_state(
          id INTEGER PRIMARY KEY,
          grain_id TEXT NOT NULL,
          state_name TEXT NOT NULL,
          version INTEGER NOT NULL,
          body BLOB NOT NULL,
          next_due INTEGER NULL,
          changed_at INTEGER NOT NULL,
          UNIQUE(grain_id, state_name)) STRICT;
        CREATE INDEX IF NOT EXISTS grain_state_due ON grain_state(next_due) WHERE next_due IS NOT NULL;
        CREATE TABLE IF NOT EXISTS reminder(
          grain_id TEXT NOT NULL,
          name TEXT NOT NULL,
          hash INTEGER NOT NULL,
          start_at INTEGER NOT NULL,
          period INTEGER NOT NULL,
          etag TEXT NOT NULL,
          PRIMARY KEY(grain_id, name)) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS reminder_hash ON reminder(hash);
        CREATE TABLE IF NOT EXISTS store_info(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        PRAGMA application_id = 1330081654;
        PRAGMA user_version = 1;
        COMMIT;
        """;
}
