namespace OrleansGov.Records.Tests.Times;

public sealed class FunnelsInSqlite() : FunnelsTests(Provider.Sqlite);

public sealed class FunnelsInPostgres() : FunnelsTests(Provider.Postgres);

public abstract class FunnelsTests(Provider provider) : RecordsTests(provider)
{
    [Fact]
    public async Task Funnel_CountsRunsByStepInTheOrderOfMeetingThem()
    {
        await Run("r1", ("run-started", null), ("step-answered", "zone"), ("step-missed", "item"), ("step-missed", "item"), ("step-answered", "item"), ("run-completed", null));
        await Run("r2", ("run-started", null), ("step-answered", "zone"), ("run-cancelled", "item"));
        await Run("r3", ("run-started", null), ("step-answered", "zone"), ("step-answered", "item"), ("control", "day"));
        await Run("other", "elsewhere", ("run-started", null));

        await using var read = Records.Store.Read();
        var funnel = await read.FunnelAsync(TempRecords.Town, "bulky-waste", TempRecords.Noon, TempRecords.Noon.AddDays(1), TempRecords.Cancel);
        Assert.Equal((3, 1, 1), (funnel.Started, funnel.Completed, funnel.HandedOver));
        Assert.Equal([new("zone", 3, 0, 0, 0), new("item", 2, 1, 1, 0), new FunnelStep("day", 0, 0, 0, 1)], funnel.Steps);
    }

    private Task Run(string run, params (string What, string? Step)[] happenings) => Run(run, "bulky-waste", happenings);

    private Task Run(string run, string procedure, params (string What, string? Step)[] happenings) => Records.Store.AppendAsync(
        [.. happenings.Select(h => Records.Next($"r:main/{run}", TempRecords.Noon, new FactBody.Happened(TempRecords.Town, "main",
            new Happening(h.What, procedure, 1, run, h.Step, null, h.What == "control" ? "queued" : null))))]);
}
