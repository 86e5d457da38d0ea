using System.Globalization;
using Npgsql;

namespace OrleansGov.Records;

/// <summary>The feed in the database, and this node's ear for what any node commits to it.</summary>
internal sealed class PostgresFeed(NpgsqlDataSource database) : IDisposable
{
    private const string Channel = "orleansgov_feed";

    // a proxy between us and the server may swallow notifications, and a connection may die unnoticed: then this is how late news is
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _starting = new();
    private Task? _listening;

    /// <summary>Listens from the first time somebody asks.</summary>
    public FeedSignal Signal
    {
        get
        {
            lock (_starting) _listening ??= Task.Run(ListenAsync);
            return field;
        }
    } = new();

    /// <summary>Adds the entries to a transaction, as its last statements: from here to the commit nobody else gives numbers.</summary>
    public static void Write(NpgsqlBatch batch, IReadOnlyCollection<FeedEntry> entries)
    {
        if (entries.Count == 0) return;
        var insert = new NpgsqlBatchCommand("""
            WITH given AS (UPDATE feed_head SET head = head + $1 RETURNING head - $1 AS last)
            INSERT INTO feed (seq, at, town, department, type, subject)
            SELECT given.last + i.place, $2, i.town, coalesce(i.department, c.department), i.type, i.subject
            FROM given, unnest($3, $4, $5, $6) WITH ORDINALITY AS i (town, department, type, subject, place) LEFT JOIN conversations AS c ON c.id = i.subject
            """);
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = entries.Count });
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() });
        insert.Parameters.Add(PostgresColumns.Of(entries, e => e.Town));
        insert.Parameters.Add(PostgresColumns.Of(entries, e => e.Department));
        insert.Parameters.Add(PostgresColumns.Of(entries, e => e.Type));
        insert.Parameters.Add(PostgresColumns.Of(entries, e => e.Subject));
        batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_notify('{Channel}', head::text) FROM feed_head"));
    }

    public void Dispose()
    {
        _end.Cancel();
        lock (_starting) _listening ??= Task.CompletedTask;
        _listening.GetAwaiter().GetResult();
        _end.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(_end.Token);
                connection.Notification += (_, news) => Signal.Publish(long.Parse(news.Payload, CultureInfo.InvariantCulture));
                await using var listen = new NpgsqlCommand($"LISTEN {Channel}", connection);
                await listen.ExecuteNonQueryAsync(_end.Token);
                await using var head = new NpgsqlCommand("SELECT head FROM feed_head", connection);
                do Signal.Publish((long)(await head.ExecuteScalarAsync(_end.Token))!);
                while (await HearAsync(connection));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                // readiness shows what is wrong with the database; here it is tried again until it is not
                await Task.Delay(BetweenTries, _end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    // until nothing has been heard for a while
    private async Task<bool> HearAsync(NpgsqlConnection connection)
    {
        while (await connection.WaitAsync(Doubt, _end.Token))
        {
        }

        return true;
    }
}
