using OrleansGov.Load.Checking;
using OrleansGov.Load.Commands;
using OrleansGov.Load.Measuring;
using OrleansGov.Load.Scripting;
using OrleansGov.Load.Seeding;
using OrleansGov.Load.Targets;
using OrleansGov.Shared;

namespace OrleansGov.Load.Tests;

public sealed class SeedingTests
{
    /// <summary>In SQLite, and in a PostgreSQL of its own.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Copies_OfAResidentWhoTalked_LeaveAnOfficeThatWorksAndBooksThatAgree(bool cluster)
    {
        Assert.SkipWhen(cluster && PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var cancel = TestContext.Current.CancellationToken;
        var ledger = new Ledger();
        await using var installation = await Installation.OpenAsync(new Target { Start = true, Cluster = cluster }, null, ledger, cancel);
        await Runner.Run(Talks("greeter", 3), installation, ledger, judgeLimits: false, cancel);
        await installation.StopOffice();

        var store = installation.Residents();
        var before = await store.Bytes(cancel);
        await Seeder.Fill(store, 2_000, _ => { }, cancel);

        Assert.Equal(2_000, await store.Count(cancel));
        Assert.InRange(await store.Bytes(cancel) - before, 1, 2_000 * 8_192L); // nobody costs more than a page of a book
        await installation.StartOffice();
        var report = await Runner.Run(Talks("steady", 6), installation, ledger, judgeLimits: false, cancel);
        Assert.True(report.Passed, string.Join('\n', report.Checks.Where(c => c.Verdict == Verdict.Failed).Select(c => $"{c.What}: {c.Why}")));
    }

    private static Scenario Talks(string persona, int dialogues) =>
        new(persona, persona) { WarmUp = new(1, 0), Phases = [new("talk", new Mix([(persona, 1)]), new Arrivals.Closed(3, dialogues, null))] };
}
