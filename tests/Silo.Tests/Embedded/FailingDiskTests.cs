using Microsoft.Data.Sqlite;
using OrleansGov.Shared;

namespace OrleansGov.Silo.Tests.Embedded;

public sealed class FailingDiskTests : IDisposable
{
    private readonly TemporaryData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Write_OnAFullFile_FailsKeepsWhatWasAndResumes()
    {
        await using var store = Open(probeEvery: TimeSpan.FromMinutes(1));
        await store.WriteAsync(database => database.Prepare("PRAGMA max_page_count = 60").Run());
        var written = await WriteUntilRefusedAsync(store);

        Assert.Equal(StorageFailure.DiskFull, store.Health.Trouble!.Failure);
        await store.WriteAsync(database => database.Prepare("PRAGMA max_page_count = 100000").Run()); // room again

        await ReadsAllAsync(store, written);
        await WriteAsync(store, written);
        Assert.True(store.Health.IsHealthy);
    }

    [Fact]
    public async Task Write_OnAFullDisk_FailsKeepsWhatWasAndResumesByItself()
    {
        using var disk = SmallDisk.Mount(_data.Directory);
        Assert.SkipWhen(disk.Refused is not null, $"No small disk can be mounted here: {disk.Refused}");
        int written;
        await using (var store = Open(probeEvery: TimeSpan.FromMilliseconds(20)))
        {
            await WriteAsync(store, 0);
            disk.Fill();
            written = await WriteUntilRefusedAsync(store, from: 1);

            disk.Free();
            await HealthyAgainAsync(store); // with no write of ours: it tries by itself
            await WriteAsync(store, written);
        }

        await using var again = Open();
        await ReadsAllAsync(again, written + 1);
    }

    [Fact]
    public async Task Write_WhileAnotherProgramWrites_FailsAndResumes()
    {
        await using var store = Open();
        await WriteAsync(store, 0);
        using (var other = new SqliteConnection($"Data Source={_data.Database};Pooling=False"))
        {
            other.Open();
            using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            begin.ExecuteNonQuery();

            var refused = await Assert.ThrowsAsync<GrainStorageException>(() => WriteAsync(store, 1));

            Assert.Equal(StorageFailure.Locked, refused.Failure);
            Assert.False(store.Health.IsHealthy);
        }

        await WriteAsync(store, 1);
        Assert.True(store.Health.IsHealthy);
    }

    [Fact]
    public async Task Write_AfterClosing_IsRefused()
    {
        var store = Open();
        await store.DisposeAsync();

        var refused = await Assert.ThrowsAsync<GrainStorageException>(() => WriteAsync(store, 1));

        Assert.Equal(StorageFailure.Closed, refused.Failure);
    }

    private EmbeddedStore Open(TimeSpan? probeEvery = null) => EmbeddedStore.Open(_data.Directory, probeEvery: probeEvery);

    private static async Task<int> WriteUntilRefusedAsync(EmbeddedStore store, int from = 0)
    {
        for (var i = from; i < 5_000; i++)
        {
            try
            {
                await WriteAsync(store, i);
            }
            catch (GrainStorageException e) when (e.Failure is StorageFailure.DiskFull)
            {
                return i;
            }
        }

        throw new InvalidOperationException("The disk never filled.");
    }

    private static Task WriteAsync(EmbeddedStore store, int number) => new SqliteGrainStorage(store)
        .WriteStateAsync("notebook", GrainId.Create("notebook", $"r:x/{number}"), new GrainState<Drill.Notebook>(Drill.Notebook.Of(number)));

    private static async Task ReadsAllAsync(EmbeddedStore store, int count)
    {
        var storage = new SqliteGrainStorage(store);
        for (var i = 0; i < count; i++)
        {
            var state = new GrainState<Drill.Notebook>();
            await storage.ReadStateAsync("notebook", GrainId.Create("notebook", $"r:x/{i}"), state);
            Assert.Equal(i, state.State!.Number);
        }
    }

    private static async Task HealthyAgainAsync(EmbeddedStore store)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!store.Health.IsHealthy)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
