using Microsoft.Extensions.Logging.Abstractions;
using OrleansGov.Grains.Sweeping;

namespace OrleansGov.Silo.Tests.Sweeping;

/// <summary>The sweeper alone: an index in memory, grains that are functions, a clock moved by hand.</summary>
public sealed class SweeperTests
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly DueList _index = new();
    private readonly HandClock _clock = new(Noon);
    private readonly List<string> _woken = [];

    [Fact]
    public async Task Sweep_WakesWhatIsDueEarliestFirstAndNothingElse()
    {
        _index.Set("second", Noon);
        _index.Set("first", Noon.AddMinutes(-1));
        _index.Set("later", Noon.AddSeconds(1));

        await Sweeper(Done).SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["first", "second"], _woken);
    }

    [Fact]
    public async Task FirstSweep_TakesUpWhatAStoppedProcessLeftBehind_BeforeItsTime()
    {
        _index.Set("left-behind", Noon.AddSeconds(30));
        _index.Set("tomorrow", Noon.AddDays(1));
        var sweeper = Sweeper(_ => Task.CompletedTask, ahead: TimeSpan.FromSeconds(35));

        await sweeper.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["left-behind"], _woken);

        _index.Set("new", Noon.AddSeconds(30));
        await sweeper.SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["left-behind"], _woken);
    }

    [Fact]
    public async Task Sweep_OfMoreThanAPage_WakesEveryOneOnce()
    {
        foreach (var i in Enumerable.Range(0, 25)) _index.Set($"g{i}", Noon.AddMinutes(-i));

        await Sweeper(Done, page: 10).SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(25, _woken.Distinct().Count());
        Assert.Equal(25, _woken.Count);
    }

    [Fact]
    public async Task Sweep_WhileAGrainFails_WakesTheOthersAndPausesLongerEachTime()
    {
        _index.Set("broken", Noon.AddHours(-1));
        var sweeper = Sweeper(due => due.GrainId == "broken" ? throw new InvalidOperationException("broken") : Done(due), page: 1);
        var callsOfBroken = new List<double>();
        for (var second = 0; second < 20; second++)
        {
            _index.Set($"good{second}", _clock.Now);
            var before = _woken.Count;
            await sweeper.SweepAsync(TestContext.Current.CancellationToken);
            if (_woken.Skip(before).Contains("broken")) callsOfBroken.Add(second);
            _clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal([0, 1, 3, 7, 15], callsOfBroken);
        Assert.Equal(20, _woken.Count(w => w.StartsWith("good", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sweep_WhileAGrainStaysDueWithoutProgress_PausesLongerEachTime()
    {
        _index.Set("idle", Noon);
        var sweeper = Sweeper(_ => Task.CompletedTask);
        for (var second = 0; second < 20; second++, _clock.Now += TimeSpan.FromSeconds(1)) await sweeper.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(5, _woken.Count);
    }

    [Fact]
    public async Task Sweep_WhileAGrainMovesOnEachTime_WakesItEachTime()
    {
        _index.Set("busy", Noon);
        var sweeper = Sweeper(due =>
        {
            _index.Set("busy", due.NextDue.AddSeconds(1));
            return Task.CompletedTask;
        });
        for (var second = 0; second < 5; second++, _clock.Now += TimeSpan.FromSeconds(1)) await sweeper.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(5, _woken.Count);
    }

    [Fact]
    public async Task Sweep_WhileAGrainIsBeingWoken_DoesNotCallItAgainNorWaitForIt()
    {
        _index.Set("slow", Noon);
        var slow = new TaskCompletionSource();
        var sweeper = Sweeper(_ => slow.Task);
        for (var second = 0; second < 5; second++, _clock.Now += TimeSpan.FromSeconds(1)) await sweeper.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Single(_woken);
        slow.SetResult();
    }

    [Fact]
    public async Task Sweep_OfTwoSweepers_ShareTheWork()
    {
        foreach (var i in Enumerable.Range(0, 10)) _index.Set($"g{i}", Noon);

        await Sweeper(Done, isMine: due => due.Row % 2 == 0).SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, _woken.Count);
        await Sweeper(Done, isMine: due => due.Row % 2 == 1).SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(10, _woken.Distinct().Count());
    }

    private Sweeper Sweeper(Func<DueGrain, Task> wake, int page = 500, Func<DueGrain, bool>? isMine = null, TimeSpan ahead = default) =>
        new(_index, due =>
        {
            _woken.Add(due.GrainId);
            return wake(due);
        }, isMine ?? (_ => true), new SweepingOptions { Page = page, AheadAtStart = ahead }, _clock, NullLogger.Instance);

    private Task Done(DueGrain due)
    {
        _index.Remove(due.GrainId);
        return Task.CompletedTask;
    }

    private sealed class HandClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class DueList : IDueIndex
    {
        private readonly Dictionary<string, DueGrain> _rows = [];
        private long _nextRow;

        public void Set(string grain, DateTimeOffset due) =>
            _rows[grain] = _rows.TryGetValue(grain, out var row) ? row with { NextDue = due } : new DueGrain(++_nextRow, "state", grain, due);

        public void Remove(string grain) => _rows.Remove(grain);

        public Task<IReadOnlyList<DueGrain>> DueBefore(DateTimeOffset instant, int limit, DueGrain? after = null) =>
            Task.FromResult<IReadOnlyList<DueGrain>>([.. _rows.Values
                .Where(row => row.NextDue <= instant && (after is null || row.NextDue > after.NextDue || (row.NextDue == after.NextDue && row.Row > after.Row)))
                .OrderBy(row => row.NextDue).ThenBy(row => row.Row)
                .Take(limit)]);
    }
}
