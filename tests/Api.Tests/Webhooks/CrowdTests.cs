using Microsoft.Extensions.Hosting;
using OrleansGov.Api.Webhooks;
using OrleansGov.Line;
using OrleansGov.Shared;

namespace OrleansGov.Api.Tests.Webhooks;

/// <summary>More comes than can be done: what is let in is answered in time, the rest is refused whole, and the door opens again by itself.</summary>
public sealed class CrowdTests
{
    private static readonly TimeSpan LinesPatience = TimeSpan.FromSeconds(2);
    private static readonly LineChannel Main = new() { Name = "main" }, Other = new() { Name = "other" };

    private readonly ManualTime _time = new();
    private string? _trouble;

    [Theory]
    [InlineData(50)]
    [InlineData(400)]
    [InlineData(1500)]
    public void Door_AtThreeTimesWhatTheOfficeCanDo_AnswersWhatItLetsInBeforeLineGivesUp(int perSecond)
    {
        var office = new SlowOffice(Door(), _time) { PerSecond = perSecond };

        office.Run(TimeSpan.FromSeconds(20), arrivals: 3 * perSecond);

        Assert.True(office.Longest < LinesPatience, $"the longest wait was {office.Longest}");
        Assert.True(office.Answered > 20 * perSecond * 0.9, $"only {office.Answered} were answered: the office idled while others were refused");
        Assert.True(office.Refused > 0);
    }

    [Fact]
    public void Door_WhenTheDiskStallsAndRecovers_LetsEverybodyInAgain()
    {
        var door = Door();
        var office = new SlowOffice(door, _time) { PerSecond = 1000 };
        office.Run(TimeSpan.FromSeconds(5), arrivals: 800);
        Assert.Equal(0, office.Refused);

        office.PerSecond = 20;
        office.Run(TimeSpan.FromSeconds(10), arrivals: 800);
        Assert.True(door.Limit < 64, $"{door.Limit} may still come in");

        office.PerSecond = 1000;
        office.Run(TimeSpan.FromSeconds(10), arrivals: 800);
        var before = office.Refused;
        office.Run(TimeSpan.FromSeconds(10), arrivals: 800);
        Assert.Equal(before, office.Refused);
    }

    [Fact]
    public void Door_DuringOneMunicipalitysRush_HasRoomForAnother()
    {
        var door = Door();
        Assert.NotNull(door.TryEnter(Other));
        while (door.TryEnter(Main) is not null) _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.NotNull(door.TryEnter(Other));
    }

    [Fact]
    public void Door_OfOneChannelAlone_GivesItAllTheRoom()
    {
        var door = Door();
        for (var i = 0; i < door.Limit; i++) Assert.NotNull(door.TryEnter(Main));
        Assert.Null(door.TryEnter(Main));
    }

    [Fact]
    public void Door_ForOneResidentsFlood_KeepsACornerOnly()
    {
        var door = Door();
        for (var i = 0; i < DoorGuard.PerResident; i++) Assert.True(door.TryEnter(Main)!.TryQueue(["flooder"]));
        using var one = door.TryEnter(Main)!;
        Assert.False(one.TryQueue(["neighbour", "flooder"]));

        Assert.True(one.TryQueue(["neighbour"]));
    }

    [Fact]
    public void Door_WhileNothingCanBeStored_IsClosed()
    {
        var door = Door();
        _trouble = "disk full";
        Assert.Null(door.TryEnter(Main));
        _trouble = null;
        Assert.NotNull(door.TryEnter(Main));
    }

    private DoorGuard Door() => new(() => _trouble, new Living(), _time);

    /// <summary>An office that does so many bodies a second, one after another, and no more.</summary>
    private sealed class SlowOffice(DoorGuard door, ManualTime time)
    {
        private readonly Queue<(DateTimeOffset Came, DoorPass Pass)> _waiting = new();
        private DateTimeOffset _free = time.GetUtcNow();

        public int PerSecond { get; set; }
        public int Answered { get; private set; }
        public int Refused { get; private set; }
        public TimeSpan Longest { get; private set; }

        public void Run(TimeSpan span, int arrivals)
        {
            var until = time.GetUtcNow() + span;
            var next = time.GetUtcNow();
            while (time.GetUtcNow() < until)
            {
                var done = _waiting.TryPeek(out var first) ? Later(_free, first.Came) + TimeSpan.FromSeconds(1d / PerSecond) : DateTimeOffset.MaxValue;
                if (done <= next)
                {
                    time.Advance(done - time.GetUtcNow());
                    _free = done;
                    _waiting.Dequeue().Pass.Dispose();
                    Answered++;
                    if (done - first.Came > Longest) Longest = done - first.Came;
                    continue;
                }

                time.Advance(next - time.GetUtcNow());
                next += TimeSpan.FromSeconds(1d / arrivals);
                if (door.TryEnter(Main) is { } pass) _waiting.Enqueue((time.GetUtcNow(), pass));
                else Refused++;
            }
        }

        private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
    }

    private sealed class Living : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => CancellationToken.None;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
