namespace OrleansGov.Records.Tests.Times;

public sealed class CompletionTimesInSqlite() : CompletionTimesTests(Provider.Sqlite);

public sealed class CompletionTimesInPostgres() : CompletionTimesTests(Provider.Postgres);

public abstract class CompletionTimesTests(Provider provider) : RecordsTests(provider)
{
    [Fact]
    public async Task CompletionTime_IsTheMedianPerStepAndInTotal()
    {
        await Records.Append([
            .. new[] { 4000, 1000, 90000 }.Select(ms => Happened("step-answered", "items", ms)),
            .. new[] { 2000, 3000 }.Select(ms => Happened("step-answered", "day", ms)),
            .. new[] { 44000, 60000, 30000 }.Select(ms => Happened("run-completed", null, ms)),
            Happened("step-missed", "items", null)]);

        await using var read = Records.Store.Read();
        var time = await read.CompletionTimeAsync(TempRecords.Town, "bulky-waste", TempRecords.Noon.AddDays(-1), TempRecords.Noon.AddDays(1), TempRecords.Cancel);

        Assert.Equal((3, 44000), (time.Runs, time.Total));
        Assert.Equal([new StepTime("day", 2, 2500), new StepTime("items", 3, 4000)], time.Steps);
    }

    [Fact]
    public async Task CompletionTime_WhenNobodyHasFinished_HasNoTotal()
    {
        await using var read = Records.Store.Read();
        var time = await read.CompletionTimeAsync(TempRecords.Town, "bulky-waste", TempRecords.Noon, TempRecords.Noon.AddDays(1), TempRecords.Cancel);
        Assert.Null(time.Total);
        Assert.Empty(time.Steps);
    }

    private static FactBody.Happened Happened(string what, string? step, int? ms) => new(TempRecords.Town, "main", new Happening(what, "bulky-waste", 1, "run", step, ms));
}
