namespace OrleansGov.Records.Tests;

/// <summary>A records file in a directory of its own, with the town's facts at hand.</summary>
public sealed class TempRecords : IDisposable
{
    public const string Town = "minatodai";
    public const string Resident = "abcdefghijklmnopqrstuvwxyz234567";
    public const string Stream = $"r:main/{Resident}";
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, Procedures.Town.Offset);

    private readonly Dictionary<string, long> _seqs = [];

    public TempRecords()
    {
        Directory = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"records-{Guid.NewGuid():n}");
        Store = RecordsStore.Open(Directory);
    }

    public string Directory { get; }
    public RecordsStore Store { get; private set; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task Append(params FactBody[] bodies) => Store.AppendAsync([.. bodies.Select(b => Next(Stream, Noon, b))]);

    public Fact Next(string stream, DateTimeOffset at, FactBody body) => new(stream, _seqs[stream] = _seqs.GetValueOrDefault(stream) + 1, at, body);

    public static FactBody.Heard Heard(string text, string? id = null) => new(Town, "main", "text", text, id);

    public static FactBody.Said Said(string text) => new(Town, "main", text);

    public Fact Opened(string number, DateTimeOffset at, string department = "gomi", DateOnly? day = null, string resource = "bulky-waste/north") => Next(
        $"c:{Town}/{number}", at,
        new FactBody.CaseOpened(number, Town, "main", Resident, "bulky-waste", 1, "粗大ごみの申込み", department, "application", "accepted", day is null ? null : resource, day, 1200, "ソファ ×1"));

    public Fact Changed(string number, string status, DateOnly? day = null) => Next(
        $"c:{Town}/{number}", Noon.AddHours(1), new FactBody.CaseChanged(number, status, day is null ? null : "bulky-waste/north", day, 800, "机 ×1", status, "resident"));

    public void Reopen()
    {
        Store.Dispose();
        Store = RecordsStore.Open(Directory);
    }

    public void Dispose()
    {
        Store.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
