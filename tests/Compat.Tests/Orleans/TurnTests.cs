using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace OrleansGov.Compat.Tests;

[Alias("compat.turns")]
public interface ITurns : IGrainWithStringKey
{
    Task<int> Count();

    Task<int> Enter(string name);

    [ReadOnly]
    Task<int> Look(string name);

    [AlwaysInterleave]
    Task Open(string gate);

    Task<bool> CallsItself();

    Task Detach();

    Task<string> WhereAmI();

    Task<string> Leave();

    Task Fail();

    [OneWay]
    Task Tell(string line);

    ValueTask<int> Quick(int value);
}

public sealed class TurnsGrain(Journal journal) : Grain, ITurns
{
    private int count;
    private int inside;

    public async Task<int> Count()
    {
        Assert.Equal(1, ++inside);
        var seen = count;
        await Task.Yield();
        count = seen + 1;
        inside--;
        return count;
    }

    public async Task<int> Enter(string name)
    {
        var now = ++inside;
        journal.Write($"in {name}");
        await journal.Until($"go {name}");
        inside--;
        return now;
    }

    public Task<int> Look(string name) => Enter(name);

    public Task Open(string gate)
    {
        journal.Open(gate);
        return Task.CompletedTask;
    }

    public async Task<bool> CallsItself() => await GrainFactory.GetGrain<ITurns>(this.GetPrimaryKeyString()).Quick(1) == 1;

    public Task Detach()
    {
        _ = Later();
        return Task.CompletedTask;

        async Task Later()
        {
            await Task.Delay(20);
            journal.Write(RuntimeContextIsMine() ? "detached: mine" : "detached: lost");
        }
    }

    public async Task<string> WhereAmI()
    {
        var before = TaskScheduler.Current;
        await Task.Delay(1);
        return ReferenceEquals(before, TaskScheduler.Current) && TaskScheduler.Current != TaskScheduler.Default ? "mine" : "lost";
    }

    public async Task<string> Leave()
    {
#pragma warning disable ORLEANS0014 // leaving is what is tested
        await Task.Delay(1).ConfigureAwait(false);
#pragma warning restore ORLEANS0014
        return TaskScheduler.Current == TaskScheduler.Default ? "left" : "still here";
    }

    public Task Fail() => throw new KeyNotFoundException("nobody");

    public Task Tell(string line)
    {
        journal.Write(line);
        return Task.CompletedTask;
    }

    public ValueTask<int> Quick(int value) => new(value);

    private static bool RuntimeContextIsMine() => TaskScheduler.Current != TaskScheduler.Default;
}

[Alias("compat.reentrant")]
public interface IOpenHouse : IGrainWithStringKey
{
    Task<int> Enter(string name);
}

[Reentrant]
public sealed class OpenHouseGrain(Journal journal) : Grain, IOpenHouse
{
    private int inside;

    public async Task<int> Enter(string name)
    {
        var now = ++inside;
        journal.Write($"in {name}");
        await journal.Until($"go {name}");
        inside--;
        return now;
    }
}

[Alias("compat.workers")]
public interface IWorkers : IGrainWithIntegerKey
{
    Task Work(string name);
}

[StatelessWorker(2)]
public sealed class WorkersGrain(Journal journal) : Grain, IWorkers
{
    public async Task Work(string name)
    {
        journal.Write($"in {name}");
        await journal.Until($"go {name}");
    }
}

public sealed class TurnTests
{
    [Fact]
    public async Task Calls_WhenAThousandComeAtOnce_RunOneAfterAnother()
    {
        await using var silo = await Silo.Start();
        var grain = silo.Grains.GetGrain<ITurns>("a");
        var counts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => grain.Count())));
        Assert.Equal(Enumerable.Range(1, 1000), counts.Order());
    }

    [Fact]
    public async Task Call_WhileAnotherWaits_WaitsForItsEnd()
    {
        await using var silo = await Silo.Start();
        var (grain, journal) = (silo.Grains.GetGrain<ITurns>("a"), silo.Get<Journal>());
        var first = grain.Enter("1");
        await journal.Until("in 1");
        var second = grain.Enter("2");
        await grain.Open("go 1"); // interleaves, or nobody would ever open
        Assert.Equal(1, await first);
        await journal.Until("in 2");
        journal.Open("go 2");
        Assert.Equal(1, await second);
        Assert.True(Array.IndexOf(journal.Lines, "go 1") < Array.IndexOf(journal.Lines, "in 2"));
    }

    [Fact]
    public async Task ReadOnlyCalls_RunBesideEachOther_ButNotBesideAnOrdinaryOne()
    {
        await using var silo = await Silo.Start();
        var (grain, journal) = (silo.Grains.GetGrain<ITurns>("a"), silo.Get<Journal>());
        var looks = new[] { grain.Look("1"), grain.Look("2") };
        await Task.WhenAll(journal.Until("in 1"), journal.Until("in 2"));
        var writer = grain.Enter("3");
        await grain.Open("nothing"); // the writer has had its chance to come in
        Assert.DoesNotContain("in 3", journal.Lines);
        await grain.Open("go 1");
        await grain.Open("go 2");
        Assert.Equal([1, 2], (await Task.WhenAll(looks)).Order());
        await journal.Until("in 3");
        journal.Open("go 3");
        await writer;
    }

    [Fact]
    public async Task ReentrantGrain_LetsCallsInWhileOthersWait()
    {
        await using var silo = await Silo.Start();
        var (grain, journal) = (silo.Grains.GetGrain<IOpenHouse>("a"), silo.Get<Journal>());
        var both = new[] { grain.Enter("1"), grain.Enter("2") };
        await Task.WhenAll(journal.Until("in 1"), journal.Until("in 2"));
        journal.Open("go 1");
        journal.Open("go 2");
        Assert.Equal([1, 2], (await Task.WhenAll(both)).Order());
    }

    [Fact]
    public async Task StatelessWorker_WorksSideBySideUpToItsLimit()
    {
        await using var silo = await Silo.Start();
        var (grain, journal) = (silo.Grains.GetGrain<IWorkers>(0), silo.Get<Journal>());
        var work = new[] { grain.Work("1"), grain.Work("2"), grain.Work("3") };
        var third = journal.Until("in 3");
        await Task.WhenAny(Task.WhenAll(journal.Until("in 1"), journal.Until("in 2")), Task.WhenAll(journal.Until("in 1"), third), Task.WhenAll(journal.Until("in 2"), third));
        Assert.Equal(2, journal.Lines.Length);
        foreach (var name in new[] { "1", "2", "3" })
            journal.Open($"go {name}");
        await Task.WhenAll(work);
    }

    [Fact]
    public async Task GrainThatCallsItself_WaitsUntilTheTimeOut()
    {
        await using var silo = await Silo.Start(builder => builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1)));
        await Assert.ThrowsAsync<TimeoutException>(() => silo.Grains.GetGrain<ITurns>("a").CallsItself());
        Assert.Equal(7, await silo.Grains.GetGrain<ITurns>("a").Quick(7));
    }

    [Fact]
    public async Task GrainCode_StaysOnItsScheduler_UnlessItAsksToLeave()
    {
        await using var silo = await Silo.Start();
        var grain = silo.Grains.GetGrain<ITurns>("a");
        Assert.Equal("mine", await grain.WhereAmI());
        Assert.Equal("left", await grain.Leave());
        await grain.Detach();
        await silo.Get<Journal>().Until("detached: mine");
    }

    [Fact]
    public async Task Exception_ReachesTheCallerWithItsType()
    {
        await using var silo = await Silo.Start();
        var exception = await Assert.ThrowsAsync<KeyNotFoundException>(() => silo.Grains.GetGrain<ITurns>("a").Fail());
        Assert.Equal("nobody", exception.Message);
    }

    [Fact]
    public async Task OneWayCall_IsDoneWithoutAnAnswer()
    {
        await using var silo = await Silo.Start();
        await silo.Grains.GetGrain<ITurns>("a").Tell("told");
        await silo.Get<Journal>().Until("told");
    }

    [Fact]
    public void GrainIds_ReadAndWriteAsTypeSlashKey()
    {
        var id = GrainId.Parse("turns/r:a/b", null);
        Assert.Equal(("turns", "r:a/b"), (id.Type.ToString(), id.Key.ToString()));
        Assert.Equal("turns/r:a/b", id.ToString());
        Assert.False(GrainId.TryParse("turns", out _));
        Assert.Equal(id, GrainId.Create("turns", "r:a/b"));
    }

    [Fact]
    public async Task References_KnowWhoTheyMean()
    {
        await using var silo = await Silo.Start();
        var grain = silo.Grains.GetGrain<ITurns>("a");
        Assert.Equal("turns/a", grain.GetGrainId().ToString());
        Assert.Equal("a", grain.GetPrimaryKeyString());
        Assert.Equal("workers/FF", silo.Grains.GetGrain<IWorkers>(255).GetGrainId().ToString());
        Assert.Equal(255, silo.Grains.GetGrain<IWorkers>(255).GetPrimaryKeyLong());
        Assert.Equal(3, await silo.Grains.GetGrain<ITurns>(GrainId.Parse("turns/a", null)).Quick(3));
        Assert.Equal(4, await silo.Grains.GetGrain(GrainId.Parse("turns/a", null)).AsReference<ITurns>().Quick(4));
    }
}
