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
    private const int MostConnections = 20;

    // The batches are small and the tables are not: always through the indexes, from the first row on, before the first ANALYZE.
    // A node that is stopped in the middle of a transaction must not keep its streams from the others.
    private const string Manners = """
        SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_bitmapscan = off;
        SET jit = off; SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '10s'
        """;

    private readonly NpgsqlDataSource _database;
    private NpgsqlConnection? _connection;

    private PostgresRecords(NpgsqlDataSource database, string place)
    {
        _database = database;
        Place = place;
        Reading = new DbContextOptionsBuilder<RecordsContext>().UseNpgsql(database).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
    }

    public string Place { get; }

    public DbContextOptions<RecordsContext> Reading { get; }

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

    public async Task CommitAsync(RecordsBatch batch)
    {
        for (var tries = 1; ; tries++)
        {
            var wasOpen = _connection is not null;
            try
            {
                await StoreAsync(await ConnectionAsync(), batch);
                return;
            }
            catch (Exception e)
            {
                // A connection that was lost while it lay idle says nothing about the server; and who was chosen to end a deadlock just goes again.
                var isWorthRepeating = e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }
                    || (wasOpen && _connection?.FullState != System.Data.ConnectionState.Open);
                if (_connection?.FullState != System.Data.ConnectionState.Open) await DisconnectAsync();
                if (!isWorthRepeating || tries == 3) throw;
            }
        }
    }

    public async Task ProveWritableAsync()
    {
        await DisconnectAsync();
        await using var command = new NpgsqlCommand("UPDATE schema_version SET version = version WHERE part = 'records'", await ConnectionAsync());
        await command.ExecuteNonQueryAsync();
    }

    public bool IsOfOneWrite(Exception e) => PostgresProblems.IsOfOneWrite(e);

    public string Words(Exception e) => PostgresProblems.Words(e);

    public void Dispose()
    {
        _connection?.Dispose();
        _database.Dispose();
    }

    private static async Task StoreAsync(NpgsqlConnection connection, RecordsBatch batch)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await PostgresStreams.AdvanceAsync(connection, batch.Streams);
        await PostgresRows.WriteAsync(connection, batch.Rows(), batch.Audit);
        await transaction.CommitAsync();
    }

    private async Task<NpgsqlConnection> ConnectionAsync()
    {
        if (_connection is not null) return _connection;
        var connection = await _database.OpenConnectionAsync();
        try
        {
            await using var manners = new NpgsqlCommand(Manners, connection);
            await manners.ExecuteNonQueryAsync();
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return _connection = connection;
    }

    private async Task DisconnectAsync()
    {
        if (_connection is { } connection) await connection.DisposeAsync();
        _connection = null;
    }
}
