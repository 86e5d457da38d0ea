using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OrleansGov.Records;

/// <summary>
/// The records of a cluster: one database, written by every node. A node's batch is one transaction with one statement for each table; the rows
/// of its streams, locked first and in the same order everywhere, keep two nodes from applying the same facts.
/// </summary>
internal sealed class PostgresRecords : IRecordsDatabase
{
    // Beside these the grains and the runtime have connections of their own; what the operator writes into the connection string stands.
    private const int MostConnections = 8;

    // The batches are small and the tables are not: always through the indexes, from the first row on, before the first ANALYZE.
    // A node that is stopped in the middle of a transaction must not keep its streams from the others.
    private const string Manners = """
        SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_bitmapscan = off;
        SET jit = off; SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '10s'
        """;

    private readonly NpgsqlDataSource _database;
    private readonly PostgresFeed _feed;
    private NpgsqlConnection? _connection;

    private PostgresRecords(NpgsqlDataSource database, string place)
    {
        _database = database;
        _feed = new PostgresFeed(database);
        Place = place;
        Reading = new DbContextOptionsBuilder<RecordsContext>().UseNpgsql(database).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
    }

    public string Place { get; }

    public DbContextOptions<RecordsContext> Reading { get; }

    public FeedSignal Feed => _feed.Signal;

    /// <exception cref="RecordsUnavailableException">It cannot be reached, or <c>migrate</c> has to run first.</exception>
    public static async Task<PostgresRecords> OpenAsync(string connectionString, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            IncludeErrorDetail = false, // it would quote residents' words
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
        };
        settings.ApplicationName ??= "OrleansGov records";
        if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = MostConnections;
        var database = NpgsqlDataSource.Create(settings);
        try
        {
            await PostgresSchema.Records.EnsureCurrentAsync(database, cancel);
            return new PostgresRecords(database, PostgresProblems.Place(connectionString));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public void Commit(RecordsBatch batch)
    {
        for (var tries = 1; ; tries++)
        {
            var wasOpen = _connection is not null;
            try
            {
                Store(Connection(), batch);
                return;
            }
            catch (Exception e)
            {
                // A connection that was lost while it lay idle says nothing about the server; and who was chosen to end a deadlock just goes again.
                var isWorthRepeating = e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }
                    || (wasOpen && _connection?.FullState != System.Data.ConnectionState.Open);
                if (_connection?.FullState != System.Data.ConnectionState.Open) Disconnect();
                if (!isWorthRepeating || tries == 3) throw;
            }
        }
    }

    public void ProveWritable()
    {
        Disconnect();
        using var command = new NpgsqlCommand("UPDATE schema_version SET version = version WHERE part = 'records'", Connection());
        command.ExecuteNonQuery();
    }

    public bool IsOfOneWrite(Exception e) => PostgresProblems.IsOfOneWrite(e);

    public string Words(Exception e) => PostgresProblems.Words(e);

    public void Dispose()
    {
        Disconnect();
        _feed.Dispose();
        _database.Dispose();
    }

    private static void Store(NpgsqlConnection connection, RecordsBatch batch)
    {
        using var transaction = connection.BeginTransaction();
        var edit = new PostgresEdit(connection);
        batch.Edit?.Invoke(edit);
        PostgresStreams.Advance(connection, batch.Streams);
        PostgresRows.Write(connection, batch.Rows(), [.. batch.Audit, .. edit.Audit], edit.Feed);
        transaction.Commit();
    }

    private NpgsqlConnection Connection()
    {
        if (_connection is not null) return _connection;
        var connection = _database.OpenConnection();
        try
        {
            using var manners = new NpgsqlCommand(Manners, connection);
            manners.ExecuteNonQuery();
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return _connection = connection;
    }

    private void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
