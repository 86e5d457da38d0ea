using OrleansGov.Silo.Cluster;
using OrleansGov.Silo.Tests.States;

namespace OrleansGov.Silo.Tests.Cluster;

public sealed class PostgresGrainStorageTests : IAsyncLifetime
{
    private TemporaryCluster _cluster = null!;
    private ClusterDatabase _node = null!;
    private Ledgers _ledgers = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TemporaryCluster.CreateAsync();
        _node = await _cluster.OpenAsync();
        _ledgers = new Ledgers(new PostgresGrainStorage(_node));
    }

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Read_OfAnUnknownGrain_GivesAFreshState()
    {
        var state = await _ledgers.ReadAsync("a");

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(0, state.State!.Count);
    }

    [Fact]
    public async Task Write_ThenReadOnAnotherNode_GivesWhatWasWritten()
    {
        var state = await _ledgers.ReadAsync("a");
        for (var count = 1; count <= 3; count++) await _ledgers.ChangeAsync("a", state, l => l with { Count = l.Count + 1, Entries = [new Entry.Paid(400)] });

        var read = await new Ledgers(new PostgresGrainStorage(await _cluster.OpenAsync())).ReadAsync("a");

        Assert.True(read.RecordExists);
        Assert.Equal("3", read.ETag);
        Assert.Equal(3, read.State!.Count);
        Assert.Equal([new Entry.Paid(400)], read.State.Entries);
    }

    [Theory]
    [InlineData("山田 花子 🎉")]
    [InlineData("a\0b")]
    [InlineData("'; DROP TABLE grain_state; --")]
    public async Task Write_KeepsEveryCharacter(string note)
    {
        await _ledgers.WriteAsync("a", new Ledger { Note = note });

        Assert.Equal(note, (await _ledgers.ReadAsync("a")).State!.Note);
    }

    [Fact]
    public async Task Write_WithAnOldETag_IsRefusedAndChangesNothing()
    {
        await _ledgers.WriteAsync("a", 1);
        var stale = await _ledgers.ReadAsync("a");
        await _ledgers.ChangeAsync("a", await _ledgers.ReadAsync("a"), l => l with { Count = 2 });

        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() => _ledgers.ChangeAsync("a", stale, l => l with { Count = 99 }));

        Assert.Equal("1", refused.CurrentEtag);
        Assert.Equal(2, (await _ledgers.ReadAsync("a")).State!.Count);
        Assert.True(_node.Health.IsHealthy);
    }

    [Fact]
    public async Task Write_OfAFirstStateByTwoNodesAtOnce_SucceedsForOneAlone()
    {
        var other = new Ledgers(new PostgresGrainStorage(await _cluster.OpenAsync()));

        foreach (var key in Enumerable.Range(0, 50).Select(i => $"first{i}"))
        {
            Task[] both = [_ledgers.WriteAsync(key, 1), other.WriteAsync(key, 2)];
            await Task.WhenAll(both).ContinueWith(_ => { }, TaskScheduler.Default);

            Assert.IsType<InconsistentStateException>(Assert.Single(both, t => t.IsFaulted).Exception!.InnerException);
            Assert.Equal("1", (await _ledgers.ReadAsync(key)).ETag);
        }
    }

    [Fact]
    public async Task Write_OfOneBatchWithALoser_RefusesOnlyThatOne()
    {
        await _ledgers.WriteAsync("g7", 1);
        var busy = await _ledgers.WriteAsync("busy", 1);

        Task[] writes;
        await using (await _cluster.HoldAsync("ledger/busy"))
        {
            writes = [_ledgers.ChangeAsync("busy", busy, l => l with { Count = 2 }), .. Enumerable.Range(0, 40).Select(i => _ledgers.WriteAsync($"g{i}", 5))];
        }

        await writes[0];
        for (var i = 0; i < 40; i++)
        {
            if (i == 7) await Assert.ThrowsAsync<InconsistentStateException>(() => writes[8]);
            else await writes[i + 1];
        }

        Assert.Equal(1, (await _ledgers.ReadAsync("g7")).State!.Count);
        Assert.Equal(5, (await _ledgers.ReadAsync("g39")).State!.Count);
    }

    [Fact]
    public async Task Write_OfOneGrainTwiceInABatch_LetsTheFirstWin()
    {
        var busy = await _ledgers.WriteAsync("busy", 1);
        await _ledgers.WriteAsync("a", 1);
        var (first, second) = (await _ledgers.ReadAsync("a"), await _ledgers.ReadAsync("a"));

        Task[] writes;
        await using (await _cluster.HoldAsync("ledger/busy"))
        {
            writes =
            [
                _ledgers.ChangeAsync("busy", busy, l => l with { Count = 2 }),
                _ledgers.ChangeAsync("a", first, l => l with { Count = 2 }),
                _ledgers.ChangeAsync("a", second, l => l with { Count = 3 }),
            ];
        }

        await writes[1];
        await Assert.ThrowsAsync<InconsistentStateException>(() => writes[2]);
        Assert.Equal(2, (await _ledgers.ReadAsync("a")).State!.Count);
    }

    [Fact]
    public async Task Write_ByManyGrainsAtOnce_KeepsEveryOne()
    {
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => _ledgers.WriteAsync($"m{i}", i)));

        var read = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => _ledgers.ReadAsync($"m{i}")));

        Assert.Equal(Enumerable.Range(0, 2_000), read.Select(r => r.State!.Count));
    }

    [Fact]
    public async Task Write_ByTwoNodesOfTheSameGrainsInOppositeOrder_NeverEndsInADeadlock()
    {
        var other = new Ledgers(new PostgresGrainStorage(await _cluster.OpenAsync()));
        foreach (var round in Enumerable.Range(0, 20))
        {
            var keys = Enumerable.Range(0, 100).Select(i => $"r{round}-{i:D3}").ToArray();
            var all = keys.Select(k => _ledgers.WriteAsync(k, 1)).Concat(keys.Reverse().Select(k => other.WriteAsync(k, 2))).ToArray();
            await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);
            Assert.Equal(100, all.Count(t => t.IsCompletedSuccessfully));
            Assert.All(all.Where(t => t.IsFaulted), t => Assert.IsType<InconsistentStateException>(t.Exception!.InnerException));
        }
    }

    [Fact]
    public async Task Write_UnderAKeyThatPostgresCannotHold_FailsAlone()
    {
        var good = _ledgers.WriteAsync("good", 1);
        await Assert.ThrowsAsync<GrainStorageException>(() => _ledgers.WriteAsync("a\0b", 1));
        await good;

        Assert.True(_node.Health.IsHealthy);
        Assert.False((await _ledgers.ReadAsync("a\0b")).RecordExists);
    }

    [Fact]
    public async Task Clear_OfAState_ForgetsItAndItsDue_AndItsOldVersionsStayRefused()
    {
        var state = await _ledgers.WriteAsync("a", 1, DateTimeOffset.UnixEpoch);
        var stale = await _ledgers.ReadAsync("a");

        await _ledgers.ClearAsync("a", state);

        Assert.False(state.RecordExists);
        Assert.False((await _ledgers.ReadAsync("a")).RecordExists);
        Assert.Empty(await new PostgresDueIndex(_node).DueBefore(DateTimeOffset.MaxValue, 10));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _ledgers.ChangeAsync("a", stale, l => l with { Count = 9 }));
        await _ledgers.ChangeAsync("a", await _ledgers.ReadAsync("a"), l => l with { Count = 2 });
        Assert.Equal(2, (await _ledgers.ReadAsync("a")).State!.Count);
    }

    [Fact]
    public async Task Read_OfAStateThatIsNoSuchThing_SaysWhichAndNotWhatItHolds()
    {
        await _ledgers.WriteAsync("a", 1);
        await _cluster.RunAsync("""UPDATE grain_state SET body = convert_to('{"count":"山田"}', 'UTF8')""");

        var refused = await Assert.ThrowsAsync<GrainStorageException>(() => _ledgers.ReadAsync("a"));

        Assert.Equal(StorageFailure.Damaged, refused.Failure);
        Assert.Contains("ledger/a", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("山田", refused.ToString(), StringComparison.Ordinal);
    }
}
