using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansGov.Shared;

namespace OrleansGov.Records.Tests;

/// <summary>Records of one test, in a directory or a database of their own, with the town's facts at hand.</summary>
public sealed class TempRecords : IAsyncDisposable
{
    public const string Town = "minatodai";
    public const string Resident = "abcdefghijklmnopqrstuvwxyz234567";
    public const string Stream = $"r:main/{Resident}";
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, Procedures.Town.Offset);

    private readonly Dictionary<string, long> _seqs = [];
    private readonly string? _directory, _database;

    private TempRecords(Provider provider, string place)
    {
        if (provider == Provider.Sqlite) _directory = place;
        else _database = place;
    }

    public RecordsStore Store { get; private set; } = null!;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TempRecords> CreateAsync(Provider provider)
    {
        TempRecords records;
        if (provider == Provider.Sqlite)
            records = new(provider, Path.Combine(Path.GetTempPath(), $"records-{Guid.NewGuid():n}"));
        else
        {
            Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
            records = await InAsync(await PostgresServer.SharedAsync());
        }

        records.Store = await records.OpenAsync();
        return records;
    }

    /// <summary>On a server that the test does something to.</summary>
    public static async Task<TempRecords> CreateAsync(PostgresServer server)
    {
        var records = await InAsync(server);
        records.Store = await records.OpenAsync();
        return records;
    }

    /// <summary>One more store on the same records, as another node has. The caller disposes it.</summary>
    public Task<RecordsStore> OpenAsync() => _database is null ? Task.FromResult(RecordsStore.Open(_directory!)) : RecordsStore.OpenAsync(_database, Cancel);

    public Task Append(params FactBody[] bodies) => Store.AppendAsync([.. bodies.Select(b => Next(Stream, Noon, b))]);

    public Fact Next(string stream, DateTimeOffset at, FactBody body) => new(stream, _seqs[stream] = _seqs.GetValueOrDefault(stream) + 1, at, body);

    public static FactBody.Heard Heard(string text, string? id = null) => new(Town, "main", "text", text, id);

    public static FactBody.Said Said(string text) => new(Town, "main", text);

    public Fact Opened(string number, DateTimeOffset at, string department = "gomi", DateOnly? day = null, string resource = "bulky-waste/north") => Next(
        $"c:{Town}/{number}", at,
        new FactBody.CaseOpened(number, Town, "main", Resident, "bulky-waste", 1, "粗大ごみの申込み", department, "application", "accepted", day is null ? null : resource, day, 1200, "ソファ ×1"));

    public Fact Changed(string number, string status, DateOnly? day = null) => Next(
        $"c:{Town}/{number}", Noon.AddHours(1), new FactBody.CaseChanged(number, status, day is null ? null : "bulky-waste/north", day, 800, "机 ×1", status, "resident"));

    /// <summary>A change of who may speak, as the resident's grain tells it.</summary>
    public static FactBody.ControlChanged Control(
        int epoch, string trigger, string from, string to, string? owner = null, string? department = "gomi", DateTimeOffset? waitingSince = null, string? former = null) =>
        new(Town, "main", epoch, trigger, from, to, owner, owner is null ? null : $"{owner}さん", department, "A-1", "窓口を希望", waitingSince, owner ?? "resident")
        {
            CaseOpen = to is "Queued" or "Human",
            FormerDepartment = former ?? department,
        };

    public static FactBody.StaffSaid StaffSaid(string text, Guid? key = null, params ImmutableList<string> contents) => new(Town, "main", "s-1", "課 花子", "環境課 職員", text, contents, key ?? Guid.NewGuid());

    /// <summary>Past the product, as an outsider with the file or the password can.</summary>
    public async Task<List<T>> Rows<T>(string sql, Func<DbDataReader, T> row)
    {
        await using DbConnection connection = _database is null ? new SqliteConnection($"Data Source={Store.Place};Pooling=False") : new NpgsqlConnection(_database);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        List<T> rows = [];
        while (await reader.ReadAsync(Cancel)) rows.Add(row(reader));
        return rows;
    }

    /// <param name="between">What happens to the file, or the database, while nobody has it open.</param>
    public async Task ReopenAsync(Action<string>? between = null)
    {
        var place = Store.Place;
        Store.Dispose();
        between?.Invoke(place);
        Store = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        if (_directory is not null) Directory.Delete(_directory, recursive: true);
        if (_database is not null) NpgsqlConnection.ClearPool(new NpgsqlConnection(_database));
        await Task.CompletedTask;
    }

    // A town's database is ordered as its people order: lists and cursors must not care.
    private static async Task<TempRecords> InAsync(PostgresServer server)
    {
        var records = new TempRecords(Provider.Postgres, await server.CreateDatabaseAsync("ja"));
        await using var database = NpgsqlDataSource.Create(records._database!);
        await PostgresSchema.Records.MigrateAsync(database, Cancel);
        return records;
    }
}
