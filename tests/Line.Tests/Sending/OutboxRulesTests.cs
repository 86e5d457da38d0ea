using OrleansGov.Procedures;
using static OrleansGov.Line.OutboxDecision;

namespace OrleansGov.Line.Tests.Sending;

/// <summary>The table "what the outbox does" of the LINE contract, row by row.</summary>
public sealed class OutboxRulesTests
{
    static readonly DateTimeOffset Arrived = new(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(9));

    [Theory]
    [InlineData(Importance.Chatter)]
    [InlineData(Importance.MustArrive)]
    public void Reply_NotYetTried_GoesOutWithin50SecondsAndIsPushedLater(Importance importance)
    {
        Assert.IsType<SendNow>(Reply(importance, 0));
        Assert.IsType<SendNow>(Reply(importance, 49.9));
        Assert.IsType<SwitchToPush>(Reply(importance, 50));
    }

    [Theory]
    [InlineData(Importance.Chatter)]
    [InlineData(Importance.MustArrive)]
    public void Reply_WhenTheFirstAttemptMeetsADeadToken_IsPushed(Importance importance) =>
        Assert.IsType<SwitchToPush>(Reply(importance, 2, SendOutcome.InvalidReplyToken));

    [Theory]
    [InlineData(SendOutcome.Unknown)]
    [InlineData(SendOutcome.ServerError)]
    public void Reply_WhenTheAnswerIsLost_IsSentOnceMoreAtOnce(SendOutcome lost)
    {
        Assert.Equal(new RetryAt(Arrived.AddSeconds(2)), Reply(Importance.Chatter, 2, lost));
        Assert.Equal(new RetryAt(Arrived.AddSeconds(70)), Reply(Importance.Chatter, 70, lost)); // harmless: a token works once
        Assert.IsType<Done>(Reply(Importance.Chatter, 3, lost, SendOutcome.Accepted));
    }

    [Theory]
    [InlineData(SendOutcome.InvalidReplyToken)]
    [InlineData(SendOutcome.Unknown)]
    [InlineData(SendOutcome.ServerError)]
    public void Reply_WhenNobodyCanKnow_DropsChatterAndPushesWhatMustArrive(SendOutcome second)
    {
        Assert.IsType<Drop>(Reply(Importance.Chatter, 3, SendOutcome.Unknown, second));
        Assert.IsType<SwitchToPush>(Reply(Importance.MustArrive, 3, SendOutcome.Unknown, second));
    }

    [Fact]
    public void Reply_AfterADoubt_IsNotPushedAsChatterForAnyReason()
    {
        Assert.IsType<Drop>(Reply(Importance.Chatter, 60, SendOutcome.Unknown, SendOutcome.NotSent));
        Assert.IsType<Drop>(Reply(Importance.Chatter, 60, SendOutcome.Unknown, SendOutcome.RateLimited));
        Assert.IsType<Drop>(OutboxRules.Next(new(SendRoute.Reply, Importance.Chatter, Arrived, new SendHistory(Doubtful: 1).Released()), Arrived.AddMinutes(2)));
    }

    [Fact]
    public void Reply_AgainstTheRate_Tries3TimesInside30SecondsThenPushes()
    {
        Assert.Equal(new RetryAt(Arrived.AddSeconds(2), WholeBucket: true), Reply(Importance.Chatter, 1, SendOutcome.RateLimited));
        Assert.Equal(new RetryAt(Arrived.AddSeconds(4), WholeBucket: true), Reply(Importance.Chatter, 2, SendOutcome.RateLimited, SendOutcome.RateLimited));
        Assert.IsType<SwitchToPush>(Reply(Importance.Chatter, 4, SendOutcome.RateLimited, SendOutcome.RateLimited, SendOutcome.RateLimited));
        Assert.IsType<SwitchToPush>(Reply(Importance.Chatter, 31, SendOutcome.RateLimited));
    }

    [Fact]
    public void Reply_WhenNothingWasSent_RetriesWhileTheTokenIsYoung()
    {
        Assert.Equal(new RetryAt(Arrived.AddSeconds(3)), Reply(Importance.Chatter, 2, SendOutcome.NotSent));
        Assert.IsType<SwitchToPush>(Reply(Importance.Chatter, 49.5, SendOutcome.NotSent));
    }

    [Fact]
    public void Reply_WhenUnauthorized_GetsANewTokenOnceThenPausesTheChannel()
    {
        Assert.Equal(new RetryAt(Arrived.AddSeconds(1)), Reply(Importance.Chatter, 1, SendOutcome.Unauthorized));
        Assert.IsType<SwitchToPush>(Reply(Importance.Chatter, 55, SendOutcome.Unauthorized));
        Assert.Equal(HoldReason.ChannelPaused, Assert.IsType<Hold>(Reply(Importance.Chatter, 1, SendOutcome.Unauthorized, SendOutcome.Unauthorized)).Reason);
    }

    [Theory]
    [InlineData(SendRoute.Reply, SendOutcome.BadRequest, GiveUpReason.OurBug)]
    [InlineData(SendRoute.Reply, SendOutcome.TooLarge, GiveUpReason.OurBug)]
    [InlineData(SendRoute.Reply, SendOutcome.UnsupportedMedia, GiveUpReason.OurBug)]
    [InlineData(SendRoute.Reply, SendOutcome.AcceptedEarlier, GiveUpReason.OurBug)] // replies have no key; cannot happen
    [InlineData(SendRoute.Reply, SendOutcome.Forbidden, GiveUpReason.NotAllowed)]
    [InlineData(SendRoute.Reply, SendOutcome.NotFound, GiveUpReason.NotAllowed)]
    [InlineData(SendRoute.Reply, SendOutcome.Redirect, GiveUpReason.Unintelligible)]
    [InlineData(SendRoute.Push, SendOutcome.BadRequest, GiveUpReason.OurBug)]
    [InlineData(SendRoute.Push, SendOutcome.TooLarge, GiveUpReason.OurBug)]
    [InlineData(SendRoute.Push, SendOutcome.UnsupportedMedia, GiveUpReason.OurBug)]
    [InlineData(SendRoute.Push, SendOutcome.Forbidden, GiveUpReason.NotAllowed)]
    [InlineData(SendRoute.Push, SendOutcome.NotFound, GiveUpReason.NotAllowed)]
    [InlineData(SendRoute.Push, SendOutcome.Redirect, GiveUpReason.Unintelligible)]
    [InlineData(SendRoute.Push, SendOutcome.FailedToSend, GiveUpReason.RecipientUnknown)]
    public void AnyRoute_WhenRefusedForGood_GivesUp(SendRoute route, SendOutcome outcome, GiveUpReason reason)
    {
        var given = Assert.IsType<GiveUp>(OutboxRules.Next(new(route, Importance.MustArrive, Arrived, SendHistory.None.After(outcome, Arrived)), Arrived.AddSeconds(1)));
        Assert.Equal((reason, reason != GiveUpReason.RecipientUnknown, reason == GiveUpReason.OurBug), (given.Reason, given.Alarm, given.MayApologise));
    }

    [Fact]
    public void Push_IsSentAndDone()
    {
        Assert.IsType<SendNow>(Push(0));
        Assert.IsType<Done>(Push(1, SendOutcome.Accepted));
        Assert.IsType<Done>(Push(9, SendOutcome.Unknown, SendOutcome.AcceptedEarlier));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(12, 300)]
    [InlineData(500, 300)]
    public void Push_WhenTheServerFails_BacksOffWithTheSameKey(int times, int seconds)
    {
        var history = Enumerable.Repeat(SendOutcome.ServerError, times).ToArray();
        Assert.Equal(new RetryAt(Arrived.AddSeconds(seconds)), Push(0, history));
        Assert.Equal(new RetryAt(Arrived.AddMilliseconds(seconds * 800)), Decide(SendRoute.Push, Importance.Chatter, 0, 0, history));
        Assert.Equal(new RetryAt(Arrived.AddMilliseconds(seconds * 1200)), Decide(SendRoute.Push, Importance.Chatter, 0, 1, history));
    }

    [Fact]
    public void Push_InDoubtFor23Hours_GoesToAPerson()
    {
        Assert.IsType<RetryAt>(Push(23 * 3600 - 1, SendOutcome.Unknown));
        Assert.Equal(GiveUpReason.KeyExpires, Assert.IsType<GiveUp>(Push(23 * 3600, SendOutcome.Unknown)).Reason);
        Assert.IsType<GiveUp>(Push(23 * 3600, SendOutcome.Unknown, SendOutcome.NotSent));
        Assert.IsType<RetryAt>(Push(48 * 3600, SendOutcome.NotSent)); // LINE never saw the key
    }

    [Fact]
    public void Push_AgainstTheRate_HoldsTheWholeBucketAndCountsNoFailure()
    {
        Assert.Equal(new RetryAt(Arrived.AddSeconds(1), WholeBucket: true), Push(0, SendOutcome.RateLimited));
        Assert.Equal(new RetryAt(Arrived.AddSeconds(60), WholeBucket: true), Push(0, [.. Enumerable.Repeat(SendOutcome.RateLimited, 20)]));
        Assert.Equal(new RetryAt(Arrived.AddSeconds(1)), Push(0, SendOutcome.RateLimited, SendOutcome.ServerError));
    }

    [Fact]
    public void Push_AtTheMonthlyLimit_LooksAgainEachHourAndWhenTheMonthTurns()
    {
        Assert.Equal(new Hold(HoldReason.MonthlyLimit, Arrived.AddHours(1)), Push(0, SendOutcome.MonthlyLimit));
        var lastEvening = new DateTimeOffset(2026, 12, 31, 14, 30, 0, TimeSpan.Zero); // 23:30 in Japan
        var hold = OutboxRules.Next(new(SendRoute.Push, Importance.MustArrive, null, SendHistory.None.After(SendOutcome.MonthlyLimit, lastEvening)), lastEvening);
        Assert.Equal(lastEvening.AddMinutes(30), Assert.IsType<Hold>(hold).LookAgainAt);
        Assert.IsType<SendNow>(OutboxRules.Next(new(SendRoute.Push, Importance.Chatter, null, SendHistory.None.After(SendOutcome.MonthlyLimit, Arrived).Released()), Arrived.AddDays(20)));
    }

    [Fact]
    public void Push_WhenUnauthorized_RetriesOnceThenPausesTheChannelUntilReleased()
    {
        Assert.Equal(new RetryAt(Arrived), Push(0, SendOutcome.Unauthorized));
        Assert.IsType<Hold>(Push(0, SendOutcome.Unauthorized, SendOutcome.Unauthorized));
        var released = new SendHistory(SendOutcome.Unauthorized, Arrived, Unauthorized: 2).Released().After(SendOutcome.Unauthorized, Arrived);
        Assert.IsType<RetryAt>(OutboxRules.Next(new(SendRoute.Push, Importance.Chatter, null, released), Arrived));
    }

    [Fact]
    public void Next_OfEveryOutcomeOnEveryRoute_DecidesSomething()
    {
        foreach (var outcome in Enum.GetValues<SendOutcome>())
            foreach (var route in Enum.GetValues<SendRoute>())
                foreach (var importance in Enum.GetValues<Importance>())
                    Assert.NotNull(OutboxRules.Next(new(route, importance, Arrived, SendHistory.None.After(outcome, Arrived)), Arrived.AddSeconds(30)));
    }

    static OutboxDecision Reply(Importance importance, double secondsLater, params SendOutcome[] outcomes) => Decide(SendRoute.Reply, importance, secondsLater, 0.5, outcomes);

    static OutboxDecision Push(double secondsLater, params SendOutcome[] outcomes) => Decide(SendRoute.Push, Importance.Chatter, secondsLater, 0.5, outcomes);

    static OutboxDecision Decide(SendRoute route, Importance importance, double secondsLater, double chance, SendOutcome[] outcomes) =>
        OutboxRules.Next(new(route, importance, Arrived, outcomes.Aggregate(SendHistory.None, (h, o) => h.After(o, Arrived))), Arrived.AddSeconds(secondsLater), chance);
}
