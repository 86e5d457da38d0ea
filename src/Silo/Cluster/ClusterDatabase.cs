using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Cluster;

/// <summary>
/// The PostgreSQL database that all nodes of an office share. Opened before the host is built, so that a database that is away, not migrated,
/// of a later version or of another key is a sentence on the terminal. Few connections: silos × pools × pool size must stay far below
/// max_connections, also while a node's successor is starting beside it.
/// </summary>
public sealed class ClusterDatabase : IAsyncDisposable
{
    private ClusterDatabase(ClusterSettings settings, string place, TimeProvider time, TimeSpan probeEvery, ILogger logger)
    {
        Settings = settings;
        Place = place;
        Time = time;
        Health = new StoreHealth(time);
        // One connection each for writing and reading states: a second writer would only halve the batches.
        Lines = Source(settings, "states", pool: 3, autoPrepare: 0);
        Shared = Source(settings, "office", pool: 3, autoPrepare: 20);
        Membership = Source(settings, "membership", pool: 3, autoPrepare: 0);
        Rows = Source(settings, "rows", pool: 4, autoPrepare: 20, multiplexing: true);
        Writer = new GroupWriter(this, probeEvery, logger);
        Reader = new GroupReader(this, probeEvery, logger);
    }

    public ClusterSettings Settings { get; }

    /// <summary>Where it is, without user or password: for messages.</summary>
    public string Place { get; }

    /// <summary>Whether the database takes writes at present.</summary>
    public StoreHealth Health { get; }

    /// <summary>For single questions: the due index, keys, addresses.</summary>
    internal NpgsqlDataSource Shared { get; }

    /// <summary>For Orleans' membership and reminders: a pool of its own, so that a storm of turns never delays a sign of life.</summary>
    internal NpgsqlDataSource Membership { get; }

    /// <summary>For Orleans' own state storage: many commands at once over few connections.</summary>
    internal NpgsqlDataSource Rows { get; }

    internal NpgsqlDataSource Lines { get; }

    internal TimeProvider Time { get; }

    /// <summary>Connects when there is something to write, or trouble to look after.</summary>
    internal GroupWriter Writer { get; }

    internal GroupReader Reader { get; }

    /// <summary>Opens the database of a node.</summary>
    /// <param name="probeEvery">While it does not answer: how often to try by itself. Default 1 s.</param>
    /// <exception cref="StoreUnavailableException">It cannot be used as it is; the message says why and what to do.</exception>
    public static async Task<ClusterDatabase> OpenAsync(ClusterSettings settings, TimeProvider? time = null, ILogger<ClusterDatabase>? logger = null, TimeSpan? probeEvery = null)
    {
        var place = ClusterProblems.PlaceOf(settings.ConnectionString);
        var database = new ClusterDatabase(settings, place, time ?? TimeProvider.System, probeEvery ?? TimeSpan.FromSeconds(1), logger ?? NullLogger<ClusterDatabase>.Instance);
        try
        {
            await using var connection = await database.Shared.OpenConnectionAsync().ConfigureAwait(false);
            await ClusterSchema.CheckAsync(connection, place).ConfigureAwait(false);
            await StorageChoice.CheckAsync(connection, settings, place).ConfigureAwait(false);
            return database;
        }
        catch (Exception e)
        {
            await database.DisposeAsync().ConfigureAwait(false);
            if (e is NpgsqlException or TimeoutException) throw ClusterProblems.Unusable(place, e);
            throw;
        }
    }

    /// <summary>Commits what is on its way and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync().ConfigureAwait(false);
        await Reader.DisposeAsync().ConfigureAwait(false);
        foreach (var source in new[] { Lines, Shared, Membership, Rows }) await source.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Asks a question; what goes wrong with the database is told as our own exception, which may cross silos.</summary>
    /// <exception cref="GrainStorageException">No answer.</exception>
    internal async Task<T> AskAsync<T>(string sql, Action<NpgsqlParameterCollection> parameters, Func<NpgsqlDataReader, Task<T>> read)
    {
        try
        {
            await using var connection = await Shared.OpenConnectionAsync().ConfigureAwait(false);
            await using var command = new NpgsqlCommand(sql, connection);
            parameters(command.Parameters);
            await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            return await read(reader).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            var failure = ClusterProblems.Failure(e, Place);
            Health.Failed(failure);
            throw failure;
        }
    }

    private static NpgsqlDataSource Source(ClusterSettings settings, string role, int pool, int autoPrepare, bool multiplexing = false)
    {
        var text = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            ApplicationName = $"orleansgov-{role}",
            MaxPoolSize = pool,
            MaxAutoPrepare = autoPrepare,
            AutoPrepareMinUsages = 2,
            Multiplexing = multiplexing,
            NoResetOnClose = !multiplexing,
            Timeout = 5,
            CommandTimeout = 8, // below the time-out of a call between grains: the caller hears of the database, not of a time-out
            KeepAlive = multiplexing ? 0 : 10, // many commands on one connection leave no room for it
            TcpKeepAlive = true,
            IncludeErrorDetail = false, // details quote the row
            LogParameters = false,
        };
        return new NpgsqlDataSourceBuilder(text.ConnectionString).Build();
    }
}
