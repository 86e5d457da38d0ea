namespace OrleansGov.Drills;

/// <summary>One process, its data in SQLite files.</summary>
internal sealed class EmbeddedGround(string data) : Ground
{
    public override Books Books { get; } = new SqliteBooks(data);

    public override string DataOf(int node) => data;

    public override IReadOnlyDictionary<string, string> SettingsOf(int node) => new Dictionary<string, string>();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
