using Orleans.Runtime;
using Orleans.Storage;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.States;

namespace OrleansGov.Bench;

/// <summary>Writes of many residents at once, each returning when it is on disk; time per write.</summary>
public class StorageBench
{
    private const int AtOnce = 64;

    private readonly string _directory = Directory.CreateTempSubdirectory("bench-").FullName;
    private readonly IGrainState<ResidentState>[] _states = [.. Enumerable.Range(0, AtOnce).Select(_ => new GrainState<ResidentState>(new ResidentState { LineUserId = new string('U', 33) }))];
    private EmbeddedStore _store = null!;
    private IGrainStorage _storage = null!;

    [GlobalSetup]
    public void Open()
    {
        _store = EmbeddedStore.Open(_directory);
        _storage = new SqliteGrainStorage(_store);
    }

    [Benchmark(OperationsPerInvoke = AtOnce)]
    public Task WriteTogether() => Task.WhenAll(_states.Select((state, n) => _storage.WriteStateAsync("resident", GrainId.Create("resident", $"r:main/{n}"), state)));

    [GlobalCleanup]
    public void Close()
    {
        _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_directory, recursive: true);
    }
}
