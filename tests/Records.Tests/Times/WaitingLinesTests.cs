namespace OrleansGov.Records.Tests.Times;

public sealed class WaitingLinesInSqlite() : WaitingLinesTests(Provider.Sqlite);

public sealed class WaitingLinesInPostgres() : WaitingLinesTests(Provider.Postgres);

public abstract class WaitingLinesTests(Provider provider) : RecordsTests(provider)
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 2, 9, 0, 0, Town.Offset);
    private static readonly DateOnly Day = new(2026, 11, 2);

    [Fact]
    public async Task Line_OverADay_CountsWhoWaitedAtOnceAndHowLong()
    {
        await Waits("a", 0, taken: 10);
        await Waits("b", 5, taken: 30);
        await Waits("c", 8, taken: null, gaveUp: 9);
        await Waits("d", 70, taken: null);
        await Waits("e", 70, taken: 71, department: "doro");

        var line = await Line(["gomi"]);
        Assert.Equal((2, 1, 1), (line.Taken, line.GaveUp, line.WaitingNow));
        Assert.Equal((Minutes(10), Minutes(25)), (line.P50, line.P90));
        var nine = line.Slices.Single(s => s.From == Nine.ToUnixTimeMilliseconds());
        Assert.Equal((3, 2, Minutes(10), Minutes(25)), (nine.Longest, nine.Taken, nine.P50, nine.P90));
        var ten = line.Slices.Single(s => s.From == Nine.AddHours(1).ToUnixTimeMilliseconds());
        Assert.Equal((1, 0, null), (ten.Longest, ten.Taken, ten.P50));
        Assert.Equal(12, line.Slices.Count); // nothing is drawn of the hours to come

        Assert.Equal(3, (await Line(null)).Taken);
    }

    [Fact]
    public async Task Line_OfWhoCameInTheNight_CountsTheWholeWait()
    {
        await Tell("a", -600, "RequestStaffOutOfHours", "Bot", "QueuedOutOfHours");
        await Tell("a", -30, "HoursChanged", "QueuedOutOfHours", "Queued", since: -600);
        await Tell("a", 0, "Take", "Queued", "Human");

        var line = await Line(["gomi"]);
        Assert.Equal((1, Minutes(600)), (line.Taken, line.P50));
        Assert.Equal(1, line.Slices.Single(s => s.From == Nine.AddHours(-1).ToUnixTimeMilliseconds()).Longest);
        Assert.Equal(0, line.Slices.Single(s => s.From == Nine.AddHours(-2).ToUnixTimeMilliseconds()).Longest);
    }

    private static long Minutes(int minutes) => minutes * 60_000L;

    private async Task<WaitingLine> Line(IReadOnlyCollection<string>? departments)
    {
        await using var read = Records.Store.Read();
        return await read.WaitingLineAsync(TempRecords.Town, departments, Day, Nine.AddHours(2.5), TimeSpan.FromHours(1), TempRecords.Cancel);
    }

    private async Task Waits(string id, int from, int? taken, int? gaveUp = null, string department = "gomi")
    {
        await Tell(id, from, "RequestStaff", "Bot", "Queued", department, since: from);
        if (taken is { } minute) await Tell(id, minute, "Take", "Queued", "Human", department);
        if (gaveUp is { } left) await Tell(id, left, "Withdraw", "Queued", "Returned", department);
    }

    private Task Tell(string id, int minute, string trigger, string was, string state, string department = "gomi", int? since = null) => Records.Store.AppendAsync(
        [Records.Next($"r:main/{id}", Nine.AddMinutes(minute), TempRecords.Control(1, trigger, was, state, department: department, waitingSince: since is { } began ? Nine.AddMinutes(began) : null))]);
}
