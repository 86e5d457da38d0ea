namespace OrleansGov.Silo.Embedded;

/// <summary>
/// The tables of data/grains.db. The version is SQLite's user_version; a file of an earlier version is brought up to date in place, one of a later version is
/// refused and never changed.
/// </summary>
internal static class StoreSchema
{
    /// <summary>"OGov": marks the file as ours (SQLite's application_id).</summary>
    public const int ApplicationId = 0x4F476F76;

    public const int Version = 2;

    /// <summary>The earliest version that <see cref="Upgrade"/> starts from.</summary>
    public const int Oldest = 1;

    private const int RowsAtOnce = 10_000; // of an upgrade's transaction: a large office would otherwise need its own size again for the log

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
          address TEXT NULL,
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
        PRAGMA user_version = 2;
        COMMIT;
        """;

    /// <summary>
    /// Brings an earlier file up to date. May be killed anywhere: the version is raised last, every step before it can be repeated, and until then the file is
    /// still one that the earlier version reads and writes.
    /// </summary>
    public static void Upgrade(StoreDatabase database)
    {
        if (database.Number("PRAGMA user_version") < 2) AddAddresses(database);
    }

    // 1 -> 2: where residents are reached, so far only inside their states.
    private static void AddAddresses(StoreDatabase database)
    {
        if (database.Number("SELECT count(*) FROM pragma_table_info('grain_state') WHERE name = 'address'") == 0)
            database.Run("ALTER TABLE grain_state ADD COLUMN address TEXT NULL");
        var last = database.Number("SELECT coalesce(max(id), 0) FROM grain_state");
        for (long from = 0; from < last; from += RowsAtOnce)
        {
            database.Prepare("""
                UPDATE grain_state SET address = json_extract(CAST(body AS TEXT), '$.lineUserId')
                WHERE id > ?1 AND id <= ?2 AND state_name = 'resident' AND json_valid(CAST(body AS TEXT))
                """).Bind(1, from).Bind(2, from + RowsAtOnce).Run();
        }

        database.Run("PRAGMA user_version = 2");
    }
}
