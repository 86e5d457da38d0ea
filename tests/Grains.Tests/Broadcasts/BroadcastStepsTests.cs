using OrleansGov.Line;

namespace OrleansGov.Grains.Tests.Broadcasts;

/// <summary>The pure rules of paging and progress.</summary>
public sealed class BroadcastStepsTests
{
    private const int AtOnce = 4;
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    /// <summary>Whatever LINE does, whenever somebody dies, however long nobody looks: nobody is written to twice, and everybody is accounted for.</summary>
    [Fact]
    public void Steps_UnderAnyMoodOfLineAndAnyDeath_WriteToNobodyTwiceAndAccountForEverybody()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var world = new World(new Random(seed), chunks: 1 + seed % 9);
            var end = world.Run();

            Assert.True(end.Stage is BroadcastStage.Done or BroadcastStage.Failed, $"seed {seed}: {end.Stage}");
            Assert.True(world.Received.Values.All(n => n == 1), $"seed {seed}: somebody received it twice");
            Assert.True(end.Tally.Sent <= world.Received.Count, $"seed {seed}: {end.Tally.Sent} said to be sent, {world.Received.Count} received");
            Assert.True(world.Received.Count <= end.Tally.Sent + end.Tally.Uncertain, $"seed {seed}: {world.Received.Count} received, {end.Tally}");
            if (end.Stage == BroadcastStage.Done) Assert.True(end.Tally.Total == end.Audience, $"seed {seed}: {end.Tally} of {end.Audience}");
        }
    }

    [Fact]
    public void Step_WithRoom_BeginsSheetsInOrderAndNoMoreThanAllowed()
    {
        var state = Sending(chunks: 9);

        var (next, calls) = BroadcastSteps.Step(state, [], Sheets(state, 4), Noon, AtOnce);

        Assert.Equal([0, 1, 2, 3], calls.Select(c => c.Chunk));
        Assert.Equal(0, BroadcastSteps.Room(next, Noon, AtOnce));
        Assert.All(next.Pages, p => Assert.Equal(Noon, p.CallingSince)); // stored before the call: whoever finds it asks again with the same key
    }

    [Fact]
    public void Step_AfterTheRateLimit_CallsNobodyUntilItsTime()
    {
        var (state, calls) = BroadcastSteps.Step(Sending(chunks: 9), [], Sheets(Sending(9), 4), Noon, AtOnce);

        var (next, none) = BroadcastSteps.Step(state, [new(calls[0], SendOutcome.RateLimited, Noon), .. calls.Skip(1).Select(c => new PageOutcome(c, SendOutcome.Accepted, Noon))], [], Noon, AtOnce);

        Assert.Empty(none);
        Assert.Equal(next.NotBefore, next.NextDue);
        Assert.Equal(0, BroadcastSteps.Room(next, Noon, AtOnce));
        var (_, again) = BroadcastSteps.Step(next, [], [], next.NotBefore!.Value, AtOnce);
        Assert.Equal(calls[0].RetryKey, Assert.Single(again).RetryKey);
    }

    [Fact]
    public void Step_AfterTheMonthlyLimit_IsHeldAndGoesOnWhereItStood()
    {
        var (state, calls) = BroadcastSteps.Step(Sending(chunks: 1), [], Sheets(Sending(1), 1), Noon, AtOnce);

        var (held, none) = BroadcastSteps.Step(state, [new(calls[0], SendOutcome.MonthlyLimit, Noon)], [], Noon, AtOnce);
        Assert.Equal((BroadcastStage.Held, "monthly-limit"), (held.Stage, held.Reason));
        Assert.Empty(none);

        var (next, again) = BroadcastSteps.Step(held, [], [], held.NextDue!.Value, AtOnce);
        Assert.Equal((BroadcastStage.Sending, (string?)null), (next.Stage, next.Reason));
        Assert.Equal(calls[0].RetryKey, Assert.Single(again).RetryKey);
    }

    [Fact]
    public void Step_WithAKeyThatLineMayHaveForgotten_LeavesThePageUncertain()
    {
        var (state, _) = BroadcastSteps.Step(Sending(chunks: 1), [], Sheets(Sending(1), 1), Noon, AtOnce);

        var (next, calls) = BroadcastSteps.Step(BroadcastSteps.Recover(state), [], [], Noon.AddHours(23), AtOnce);

        Assert.Empty(calls);
        Assert.Equal((BroadcastStage.Done, World.PerChunk), (next.Stage, next.Tally.Uncertain));
    }

    [Fact]
    public void Step_WhenLineRefusesTheRecipients_IsHalvedUntilTheOneAtFaultIsAlone()
    {
        var (state, calls) = BroadcastSteps.Step(Sending(chunks: 1), [], Sheets(Sending(1), 1), Noon, AtOnce);
        while (!calls.IsEmpty)
        {
            var outcomes = calls.Select(c => new PageOutcome(c, c.From <= 5 && 5 < c.From + c.Count ? SendOutcome.BadRequest : SendOutcome.Accepted, Noon, MessageIsFine: true)).ToList();
            (state, calls) = BroadcastSteps.Step(state, outcomes, [], Noon, AtOnce);
        }

        Assert.Equal((BroadcastStage.Done, new BroadcastTally(World.PerChunk - 1, 0, 1, 0)), (state.Stage, state.Tally));
    }

    [Fact]
    public void Step_WhenLineRefusesTheMessage_FailsAndCountsWhatWasAcceptedBeside()
    {
        var (state, calls) = BroadcastSteps.Step(Sending(chunks: 9), [], Sheets(Sending(9), 4), Noon, AtOnce);

        var (next, none) = BroadcastSteps.Step(state, [new(calls[0], SendOutcome.BadRequest, Noon), new(calls[1], SendOutcome.Accepted, Noon), new(calls[2], SendOutcome.Unknown, Noon), new(calls[3], SendOutcome.NotSent, Noon)], [], Noon, AtOnce);

        Assert.Empty(none);
        Assert.Equal((BroadcastStage.Failed, "message-refused"), (next.Stage, next.Reason));
        Assert.Equal(new BroadcastTally(World.PerChunk, 0, World.PerChunk, World.PerChunk), next.Tally);
    }

    [Fact]
    public void Step_WhenStopped_BeginsNothingAndAsksNobodyAgain()
    {
        var (state, calls) = BroadcastSteps.Step(Sending(chunks: 9), [], Sheets(Sending(9), 3), Noon, AtOnce);
        var stopping = state with { Stage = BroadcastStage.Stopping };

        var (next, none) = BroadcastSteps.Step(stopping, [new(calls[0], SendOutcome.Accepted, Noon), new(calls[1], SendOutcome.ServerError, Noon), new(calls[2], SendOutcome.RateLimited, Noon)], Sheets(stopping, 1), Noon, AtOnce);

        Assert.Empty(none);
        Assert.Equal((BroadcastStage.Stopped, new BroadcastTally(World.PerChunk, 0, 0, World.PerChunk)), (next.Stage, next.Tally));
        Assert.Empty(next.Pages);
    }

    [Fact]
    public void Step_WithASheetOfWhichNobodyIsLeft_CountsThemAndCallsNobody()
    {
        var state = Sending(chunks: 1);
        var empty = Sheets(state, 1)[0] with { Skips = [.. Enumerable.Range(0, World.PerChunk)] };

        var (next, calls) = BroadcastSteps.Step(state, [], [empty], Noon, AtOnce);

        Assert.Empty(calls);
        Assert.Equal((BroadcastStage.Done, World.PerChunk), (next.Stage, next.Tally.Skipped));
    }

    private static BroadcastState Sending(int chunks) => new()
    {
        Draft = new("main", null, "お知らせ", "test", Noon), Stage = BroadcastStage.Sending, Chunks = chunks, Audience = chunks * World.PerChunk, ChangedAt = Noon,
    };

    private static ImmutableList<BroadcastPage> Sheets(BroadcastState state, int count) =>
        [.. Enumerable.Range(state.NextChunk, count).Select(n => new BroadcastPage(n, 0, World.PerChunk, Guid.NewGuid()))];

    /// <summary>LINE and chance, without a process: what is stored survives, what is not is gone.</summary>
    private sealed class World(Random chance, int chunks)
    {
        public const int PerChunk = 11;
        private readonly Dictionary<Guid, DateTimeOffset> _keys = [];
        private DateTimeOffset _now = Noon;

        /// <summary>How often a place of a sheet has received it.</summary>
        public Dictionary<(int Chunk, int Place), int> Received { get; } = [];

        public BroadcastState Run()
        {
            var stored = Sending(chunks);
            List<PageOutcome> outcomes = [];
            var found = false;
            for (var steps = 0; !BroadcastLifecycle.IsOver(stored.Stage); steps++)
            {
                Assert.True(steps < 20_000, "It does not come to an end.");
                var state = found ? BroadcastSteps.Recover(stored) : stored;
                var (ahead, _) = BroadcastSteps.Step(state, outcomes, [], _now, AtOnce);
                var begun = Enumerable.Range(ahead.NextChunk, BroadcastSteps.Room(ahead, _now, AtOnce)).Select(n => new BroadcastPage(n, 0, PerChunk, Key())
                {
                    Skips = [.. Enumerable.Range(0, PerChunk).Where(_ => chance.Next(8) == 0)],
                }).ToList();
                var (next, calls) = BroadcastSteps.Step(state, outcomes, begun, _now, AtOnce, chance.NextDouble());
                (outcomes, found) = ([], Dies());
                if (found) continue; // before the write: nothing of this step has been
                stored = next;
                foreach (var call in calls)
                {
                    if (found |= Dies()) break; // between the write and the call, or the call and its answer
                    outcomes.Add(Answer(call));
                    _now += TimeSpan.FromMilliseconds(chance.Next(300));
                }

                if (found) outcomes.Clear();
                if (next.WaitsUntil > _now) _now = next.WaitsUntil.Value;
                if (chance.Next(40) == 0) _now += TimeSpan.FromHours(chance.Next(30)); // the office was closed
            }

            return stored;
        }

        private PageOutcome Answer(BroadcastPage call) => chance.Next(20) switch
        {
            0 => new(call, SendOutcome.NotSent, _now),
            1 => new(call, SendOutcome.RateLimited, _now),
            2 => new(call, SendOutcome.ServerError, _now),
            3 => Accepted(call, SendOutcome.ServerError),
            4 => Accepted(call, SendOutcome.Unknown),
            5 => new(call, SendOutcome.Unknown, _now),
            6 => new(call, SendOutcome.MonthlyLimit, _now),
            7 => new(call, SendOutcome.Unauthorized, _now),
            8 => new(call, SendOutcome.BadRequest, _now, MessageIsFine: chance.Next(10) > 0),
            _ => Accepted(call, SendOutcome.Accepted),
        };

        // LINE knows a key for a day from the call that it accepted.
        private PageOutcome Accepted(BroadcastPage call, SendOutcome outcome)
        {
            var at = _now;
            if (_keys.TryGetValue(call.RetryKey, out var first) && at - first < TimeSpan.FromHours(24)) return new(call, outcome == SendOutcome.Accepted ? SendOutcome.AcceptedEarlier : outcome, at);
            _keys[call.RetryKey] = at;
            foreach (var place in Enumerable.Range(call.From, call.Count).Except(call.Skips)) Received[(call.Chunk, place)] = Received.GetValueOrDefault((call.Chunk, place)) + 1;
            return new(call, outcome, at);
        }

        private bool Dies() => chance.Next(15) == 0;

        private Guid Key()
        {
            var bytes = new byte[16];
            chance.NextBytes(bytes);
            return new(bytes);
        }
    }
}
