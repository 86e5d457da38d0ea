namespace OrleansGov.Silo.Tests.States;

public sealed class SqliteGrainStorageTests : IAsyncLifetime
{
    private readonly TemporaryData _data = new();
    private EmbeddedStore _store = null!;
    private SqliteGrainStorage _storage = null!;

    public ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(_data.Directory);
        _storage = new SqliteGrainStorage(_store);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Read_OfAnUnknownGrain_GivesAFreshState()
    {
        var state = await ReadAsync(Grain("a"));

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(0, state.State!.Count);
    }

    [Fact]
    public async Task Write_ThenReadAfterReopening_GivesWhatWasWritten()
    {
        var state = await ReadAsync(Grain("a"));
        foreach (var count in Enumerable.Range(1, 3))
        {
            state.State = new Ledger { Count = count, Entries = [new Entry.Paid(400)] };
            await _storage.WriteStateAsync("ledger", Grain("a"), state);
        }

        await _store.DisposeAsync();
        await InitializeAsync();
        var read = await ReadAsync(Grain("a"));

        Assert.True(read.RecordExists);
        Assert.Equal("3", read.ETag);
        Assert.Equal(3, read.State!.Count);
        Assert.Equal([new Entry.Paid(400)], read.State.Entries);
    }

    [Fact]
    public async Task Write_UnderOneStateNameOrKey_LeavesOthersAlone()
    {
        await WriteAsync(Grain("a"), 1);
        await WriteAsync(Grain("b"), 2);
        await _storage.WriteStateAsync("other", Grain("a"), new GrainState<Ledger>(new Ledger { Count = 3 }));

        Assert.Equal(1, (await ReadAsync(Grain("a"))).State!.Count);
        Assert.Equal(2, (await ReadAsync(Grain("b"))).State!.Count);
    }

    [Fact]
    public async Task Write_WithAnOldETag_IsRefusedAndChangesNothing()
    {
        await WriteAsync(Grain("a"), 1);
        var stale = await ReadAsync(Grain("a"));
        var fresh = await ReadAsync(Grain("a"));
        fresh.State = new Ledger { Count = 2 };
        await _storage.WriteStateAsync("ledger", Grain("a"), fresh);

        stale.State = new Ledger { Count = 99 };
        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("ledger", Grain("a"), stale));

        Assert.Equal(("2", "1"), (refused.StoredEtag, refused.CurrentEtag));
        Assert.Equal(2, (await ReadAsync(Grain("a"))).State!.Count);
        Assert.True(_store.Health.IsHealthy);
    }

    [Fact]
    public async Task Write_OfAFirstStateTwice_IsRefusedTheSecondTime()
    {
        await WriteAsync(Grain("a"), 1);

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(Grain("a"), 2));
    }

    [Fact]
    public async Task Write_OfOneBatchWithAConflict_RefusesOnlyThatOne()
    {
        await WriteAsync(Grain("g7"), 1);

        using var gate = new ManualResetEventSlim();
        var busy = _store.WriteAsync(_ => // holds the writer, so that the rest is one batch
        {
            gate.Wait();
            return 0;
        });
        var writes = Enumerable.Range(0, 40).Select(i => WriteAsync(Grain($"g{i}"), 5)).ToArray();
        gate.Set();
        await busy;

        for (var i = 0; i < writes.Length; i++)
        {
            if (i == 7) await Assert.ThrowsAsync<InconsistentStateException>(() => writes[7]);
            else await writes[i];
        }

        Assert.Equal(1, (await ReadAsync(Grain("g7"))).State!.Count);
        Assert.Equal(5, (await ReadAsync(Grain("g39"))).State!.Count);
    }

    [Fact]
    public async Task Write_ByManyGrainsAtOnce_KeepsEveryOne()
    {
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => WriteAsync(Grain($"m{i}"), i)));

        foreach (var i in (int[])[0, 999, 1_999]) Assert.Equal(i, (await ReadAsync(Grain($"m{i}"))).State!.Count);
    }

    [Fact]
    public async Task Clear_OfAState_ForgetsItAndItsDue()
    {
        var state = await WriteAsync(Grain("a"), 1, due: DateTimeOffset.UnixEpoch);

        await _storage.ClearStateAsync("ledger", Grain("a"), state);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.False((await ReadAsync(Grain("a"))).RecordExists);
        Assert.Empty(await new SqliteDueIndex(_store).DueBefore(DateTimeOffset.MaxValue, 10));
    }

    [Fact]
    public async Task Clear_WithAnOldETag_IsRefused()
    {
        var stale = await WriteAsync(Grain("a"), 1);
        stale.ETag = "9";

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("ledger", Grain("a"), stale));

        Assert.True((await ReadAsync(Grain("a"))).RecordExists);
    }

    [Fact]
    public async Task DueBefore_PagesThroughWhatIsDueInOrder()
    {
        var index = new SqliteDueIndex(_store);
        var noon = new DateTimeOffset(2026, 12, 3, 12, 0, 0, TimeSpan.Zero);
        await WriteAsync(Grain("later"), 1, noon.AddMilliseconds(1));
        await WriteAsync(Grain("never"), 1);
        foreach (var i in Enumerable.Range(0, 5)) await WriteAsync(Grain($"d{i}"), 1, noon.AddMinutes(-(i / 2)));

        var seen = new List<string>();
        for (DueGrain? last = null; await index.DueBefore(noon, 2, last) is { Count: > 0 } page; last = page[^1]) seen.AddRange(page.Select(d => d.GrainId));

        Assert.Equal(["ledger/d4", "ledger/d2", "ledger/d3", "ledger/d0", "ledger/d1"], seen);
    }

    [Fact]
    public async Task DueBefore_AfterTheStateIsNoLongerDue_IsEmpty()
    {
        var state = await WriteAsync(Grain("a"), 1, DateTimeOffset.UnixEpoch);
        state.State = state.State! with { Due = null };
        await _storage.WriteStateAsync("ledger", Grain("a"), state);

        Assert.Empty(await new SqliteDueIndex(_store).DueBefore(DateTimeOffset.MaxValue, 10));
    }

    [Fact]
    public async Task Read_OfAStateThatIsNoSuchThing_SaysWhichAndNotWhatItHolds()
    {
        await WriteAsync(Grain("a"), 1);
        await _store.WriteAsync(database => database.Prepare("UPDATE grain_state SET body = CAST('{\"count\":\"山田\"}' AS BLOB)").Run());

        var refused = await Assert.ThrowsAsync<GrainStorageException>(() => ReadAsync(Grain("a")));

        Assert.Equal(StorageFailure.Damaged, refused.Failure);
        Assert.Contains("ledger/a", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("山田", refused.ToString(), StringComparison.Ordinal);
    }

    private static GrainId Grain(string key) => GrainId.Create("ledger", key);

    private async Task<GrainState<Ledger>> ReadAsync(GrainId grain)
    {
        var state = new GrainState<Ledger>();
        await _storage.ReadStateAsync("ledger", grain, state);
        return state;
    }

    private async Task<GrainState<Ledger>> WriteAsync(GrainId grain, int count, DateTimeOffset? due = null)
    {
        var state = new GrainState<Ledger>(new Ledger { Count = count, Due = due });
        await _storage.WriteStateAsync("ledger", grain, state);
        return state;
    }
}
