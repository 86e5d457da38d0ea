using OrleansGov.Drills;
using OrleansGov.LocalLine.Faults;

namespace OrleansGov.EndToEnd.Tests;

public sealed class RestartTests
{
    private static readonly DrillSize Small = new(Dialogues: 1, Residents: 8, Seed: 1, Limit: TimeSpan.FromSeconds(300));
    private static readonly string[] Questions = ["何を捨てますか", "どこに取りに行きますか", "いつ取りに行きますか", "お名前と住所を入力してください"];

    /// <summary>SIGTERM, as Ctrl+C sends it, in the middle of many bookings: it ends in time and says nothing twice afterwards.</summary>
    [Fact]
    public async Task Stop_InTheMiddleOfBookings_EndsInTimeAndLosesNothing()
    {
        var stop = DrillKind.All.Single(k => k.Name == "stop");

        var result = await DrillResult.Hold(stop, Small with { Dialogues = 16, Times = 2 }, TestContext.Current.CancellationToken);

        Assert.True(result.Passed, string.Join('\n', result.Faults));
        Assert.Equal(0, result.ReadTwiceInWindow);
    }

    /// <summary>The same data directory, another process: nobody is asked anything twice.</summary>
    [Theory]
    [InlineData("いつ取りに行きますか", true)]
    [InlineData("この内容で申し込みます", false)]
    public async Task Restart_BetweenQuestionAndAnswer_GoesOnAtTheSameQuestion(string question, bool kill)
    {
        using var limit = Limit(TimeSpan.FromSeconds(60));
        await using var drill = await Drill.OpenAsync(Small);
        var resident = drill.NewResident();
        await resident.Book(limit.Token, until: question);

        if (kill) await drill.Kill(drill.Office.First);
        else await drill.Office.Stop();
        await drill.Office.Start();
        var booking = await resident.GoOn(limit.Token);

        await drill.CatchUp(limit.Token);
        await drill.Office.Stop();
        Assert.Empty(Audit.Of(drill, [booking]).Faults);
        var heard = drill.World.Platform.Screen(resident.Phone!).Messages.Where(m => m.FromBot).ToList();
        Assert.All(Questions, q => Assert.Single(heard, m => m.Text.Contains(q, StringComparison.Ordinal)));
    }

    /// <summary>LINE fails at the push that follows a form, before or after it took it: the retry key makes the repetition harmless (line.md §6).</summary>
    [Theory]
    [InlineData("error-before", 200)]
    [InlineData("hangup-after", 409)]
    public async Task Push_OfUnknownFate_IsRepeatedUnderItsKeyAndReadOnce(string fault, int answerToTheRepetition)
    {
        using var limit = Limit(TimeSpan.FromSeconds(60));
        await using var drill = await Drill.OpenAsync(Small);
        var resident = drill.NewResident();
        drill.World.Platform.Order(new Fault("push", fault, Count: 1));

        var booking = await resident.Book(limit.Token);

        await drill.CatchUp(limit.Token);
        // The repetition backs off a second while the talk goes on: the resident may be at the receipt before it.
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!drill.World.Platform.Journal.Any(call => call.Path.EndsWith("/push", StringComparison.Ordinal) && call.Status == answerToTheRepetition))
            await again.WaitForNextTickAsync(limit.Token);
        await drill.Office.Stop();
        var audit = Audit.Of(drill, [booking]);
        Assert.Empty(audit.Faults);
        Assert.Empty(audit.ReadTwice);
        var heard = drill.World.Platform.Screen(resident.Phone!).Messages.Where(m => m.FromBot).ToList();
        Assert.Single(heard, m => m.Text.Contains("この内容で申し込みます", StringComparison.Ordinal));
    }

    private static CancellationTokenSource Limit(TimeSpan time)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(time);
        return limit;
    }
}
