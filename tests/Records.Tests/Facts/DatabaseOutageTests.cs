using OrleansGov.Shared;

namespace OrleansGov.Records.Tests.Facts;

/// <summary>The database goes and comes back under a running node.</summary>
public sealed class DatabaseOutageTests : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private TempRecords _records = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _server = await PostgresServer.CreateAsync(maxConnections: 30);
        _records = await TempRecords.CreateAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_records is not null) await _records.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task Append_AfterTheDatabaseWasRestarted_NoticesNothing()
    {
        await _records.Append(TempRecords.Heard("前"));
        await _server.StopAsync();
        await _server.StartAsync();
        await _records.Append(TempRecords.Heard("後"));

        Assert.Equal(["前", "後"], await Texts());
        Assert.Null(_records.Store.Trouble);
    }

    [Fact]
    public async Task Append_WhileTheDatabaseIsAway_SaysSoAndRecoversWithoutBeingAsked()
    {
        await _records.Append(TempRecords.Heard("前"));
        await _server.KillAsync();
        var lost = _records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Heard("秘密の相談"));
        var refused = await Assert.ThrowsAsync<RecordsWriteException>(() => _records.Store.AppendAsync([lost]));

        Assert.Contains(_records.Store.Place, _records.Store.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("秘密", refused.ToString(), StringComparison.Ordinal);

        await _server.StartAsync();
        while (_records.Store.Trouble is not null) await Task.Delay(50, TempRecords.Cancel); // the writer asks once a second; nobody else may be sent here meanwhile
        await _records.Store.AppendAsync([lost]); // the grain brings it again
        Assert.Equal(["前", "秘密の相談"], await Texts());
    }

    [Fact]
    public async Task Append_WhileTheDatabaseIsKilledAgainAndAgain_LosesNothingThatWasAcknowledged()
    {
        using var enough = new CancellationTokenSource();
        var residents = Task.WhenAll(Enumerable.Range(0, 8).Select(resident => Task.Run(async () =>
        {
            var acknowledged = 0;
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    await _records.Store.AppendAsync([new Fact($"r:main/p{resident}", acknowledged + 1, TempRecords.Noon, TempRecords.Heard($"{acknowledged + 1}"))]);
                    acknowledged++;
                }
                catch (RecordsWriteException)
                {
                    await Task.Delay(20); // as the sweeper does, only sooner
                }
            }

            return acknowledged;
        })));
        for (var kill = 0; kill < 3; kill++)
        {
            await _records.Append(TempRecords.Heard($"{kill}")).ContinueWith(_ => { }, TaskScheduler.Default);
            await (kill == 1 ? _server.StopAsync(immediate: true) : _server.KillAsync());
            await _server.StartAsync();
            while (_records.Store.Trouble is not null) await Task.Delay(50, TempRecords.Cancel);
        }

        await enough.CancelAsync();
        var acknowledged = await residents;
        await using var read = _records.Store.Read();
        var stored = await read.Messages.Where(m => m.Conversation != TempRecords.Resident).OrderBy(m => m.Seq).ToListAsync(TempRecords.Cancel);
        for (var resident = 0; resident < acknowledged.Length; resident++)
            Assert.Equal(Enumerable.Range(1, acknowledged[resident]).Select(i => $"{i}"), stored.Where(m => m.Conversation == $"p{resident}").Take(acknowledged[resident]).Select(m => m.Text));
    }

    private async Task<List<string?>> Texts()
    {
        await using var read = _records.Store.Read();
        return await read.Messages.OrderBy(m => m.Seq).Select(m => m.Text).ToListAsync(TempRecords.Cancel);
    }
}
