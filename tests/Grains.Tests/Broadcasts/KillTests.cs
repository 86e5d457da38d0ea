namespace OrleansGov.Grains.Tests.Broadcasts;

/// <summary>Dying at every write of a broadcast, before it and after it; and between a write and what follows it.</summary>
public sealed class KillTests
{
    private const int Many = 2_600; // six sheets: two rounds of calls

    [Theory, InlineData(false), InlineData(true)]
    public async Task Broadcast_WhoseGrainDiesAtAnyWrite_ReachesEverybodyOnce(bool isStored)
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, Many);
        var writes = await WritesOf(office, crowd.Broadcast("whole"));
        for (var fatal = 3; fatal <= writes; fatal++) // 1 and 2 are the officer's: their failure is the officer's answer
        {
            var broadcast = crowd.Broadcast($"b{fatal}");
            office.Storage.Only = key => key == broadcast.Key;
            var count = 0;
            bool Fails(string name) => name == "broadcast" && Interlocked.Increment(ref count) == fatal;
            if (isStored) office.Storage.Dies = Fails;
            else office.Storage.Refuses = Fails;
            office.Line.Fates = call => Math.Abs(call.RetryKey!.GetHashCode(StringComparison.Ordinal)) % 3 == 0 && office.Line.Calls.All(c => c.RetryKey != call.RetryKey) ? Fate.HangUpAfter : Fate.Accept;

            await broadcast.Started();
            var end = await broadcast.Ends();

            Assert.True(count >= fatal, $"Write {fatal} never came.");
            Assert.Equal((BroadcastStage.Done, Many), (end.Stage, end.Tally.Sent));
            Assert.Empty(broadcast.Missing());
        }
    }

    [Fact]
    public async Task Broadcast_WhoseProcessDiesAfterAnyWrite_ReachesEverybodyOnce()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, Many);
        var writes = await WritesOf(office, crowd.Broadcast("whole"));
        for (var fatal = 3; fatal < writes; fatal++)
        {
            var broadcast = crowd.Broadcast($"p{fatal}");
            office.Storage.Only = key => key == broadcast.Key;
            var (count, dead) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            office.Storage.Dies = name =>
            {
                if (name != "broadcast" || Interlocked.Increment(ref count) < fatal) return false;
                dead.TrySetResult();
                return true; // nothing this process does from here on is stored
            };
            office.Storage.Refuses = name => name == "broadcast" && count >= fatal;

            await broadcast.Started();
            await dead.Task.WaitAsync(TestContext.Current.CancellationToken);
            await office.RestartAsync(kill: true);
            var end = await broadcast.Ends();

            Assert.Equal((BroadcastStage.Done, Many), (end.Stage, end.Tally.Sent));
            Assert.Empty(broadcast.Missing());
        }
    }

    [Fact]
    public async Task Broadcast_WhoseProcessDiesWhileCallsAreOnTheirWay_ReachesEverybodyOnce()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, Many);
        var (taken, isDead) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
        office.Line.Fates = _ =>
        {
            if (office.Line.Calls.Count == 3) taken.TrySetResult();
            return isDead ? Fate.Accept : Fate.AcceptAndNeverAnswer;
        };
        var broadcast = await crowd.Broadcast("wire").Started();
        await taken.Task.WaitAsync(TestContext.Current.CancellationToken);

        await office.RestartAsync(kill: true);
        isDead = true;
        var end = await broadcast.Ends();

        Assert.Equal((BroadcastStage.Done, Many), (end.Stage, end.Tally.Sent));
        Assert.Empty(broadcast.Missing());
        Assert.Contains(office.Line.Calls, c => c.Status == 409);
    }

    [Fact]
    public async Task Broadcast_StoppedByAProcessThatDies_StaysStoppedAndAsksNobodyAgain()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, Many);
        office.Line.Fates = _ => Fate.FailAfter; // accepted, and nobody here knows
        var broadcast = await crowd.Broadcast("stop").Started();
        await broadcast.Ends(s => s.Pages.Exists(p => p.History.Doubtful > 0));
        await broadcast.Grain.Stop(2, "test");
        await office.RestartAsync(kill: true);
        var calls = office.Line.Calls.Count;

        var end = await broadcast.Ends();

        Assert.Equal(BroadcastStage.Stopped, end.Stage);
        Assert.Equal(calls, office.Line.Calls.Count);
        Assert.Equal(Many - broadcast.Missing().Count, end.Tally.Sent + end.Tally.Uncertain);
    }

    private static async Task<int> WritesOf(TownOffice office, Broadcast broadcast)
    {
        await broadcast.Started();
        await broadcast.Ends();
        return office.Storage.Writes(broadcast.Key);
    }
}
