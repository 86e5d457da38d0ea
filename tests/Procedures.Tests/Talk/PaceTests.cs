namespace OrleansGov.Procedures;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, Town.Offset);
    private static readonly InboundMessage Word = new InboundMessage.Text("ねえ"), Tap = new InboundMessage.Tapped("a|b|c|d");

    [Fact]
    public void After_AtAPersonsPace_AlwaysAnswers() =>
        Assert.All(Walk(Word, count: 2000, every: TimeSpan.FromSeconds(1)), verdict => Assert.Equal(PaceVerdict.Answer, verdict));

    [Fact]
    public void After_OfAFastFinger_AlwaysAnswers() =>
        Assert.All(Walk(Tap, count: 200, every: TimeSpan.FromMilliseconds(150)), verdict => Assert.Equal(PaceVerdict.Answer, verdict));

    [Fact]
    public void After_OfAFlood_AsksOnceHoweverLongItLasts()
    {
        var verdicts = Walk(Word, count: 20_000, every: TimeSpan.FromMilliseconds(100));
        Assert.Single(verdicts, PaceVerdict.Ask);
        Assert.InRange(verdicts.Count(v => v == PaceVerdict.Answer), 60, 80);
        Assert.Equal(PaceVerdict.Quiet, verdicts[^1]);
    }

    [Fact]
    public void After_AFloodThatCalms_AnswersAgain()
    {
        var (pace, now) = (Pace.Fresh(60, Start), Start);
        for (var i = 0; i < 500; i++) (pace, _) = pace.After(Word, 60, now += TimeSpan.FromMilliseconds(10));

        Assert.Equal(PaceVerdict.Quiet, pace.After(Word, 60, now + TimeSpan.FromSeconds(5)).Verdict);
        Assert.Equal(PaceVerdict.Answer, pace.After(Word, 60, now + TimeSpan.FromSeconds(30)).Verdict);
    }

    [Fact]
    public void After_BlockingAndTakingBack_IsHeardInAnyFlood()
    {
        var pace = Pace.Fresh(60, Start) with { Left = 0, Flooded = true };
        foreach (InboundMessage message in (InboundMessage[])[new InboundMessage.Unfollowed(), new InboundMessage.Followed(), new InboundMessage.Unsent("m")])
            Assert.Equal(PaceVerdict.Answer, pace.After(message, 60, Start).Verdict);
    }

    [Fact]
    public void After_WhenTheClockGoesBack_TakesNothingAway()
    {
        var (pace, verdict) = Pace.Fresh(60, Start).After(Word, 60, Start.AddHours(-1));
        Assert.Equal((59d, PaceVerdict.Answer), (pace.Left, verdict));
    }

    private static List<PaceVerdict> Walk(InboundMessage message, int count, TimeSpan every)
    {
        var (pace, now) = (Pace.Fresh(60, Start), Start);
        var verdicts = new List<PaceVerdict>();
        for (var i = 0; i < count; i++)
        {
            (pace, var verdict) = pace.After(message, 60, now += every);
            verdicts.Add(verdict);
        }

        return verdicts;
    }
}
