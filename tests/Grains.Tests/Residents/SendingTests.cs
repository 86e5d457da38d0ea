namespace OrleansGov.Grains.Tests.Residents;

/// <summary>What the resident hears when LINE is slow, deaf or overloaded (line.md §4 and §8).</summary>
public sealed class SendingTests
{
    [Fact]
    public async Task Answer_WhileTheTokenIsYoung_IsAReply()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.Says("見本");
        Assert.NotNull(Assert.Single(office.Line.Calls).Token);
    }

    [Fact]
    public async Task Answer_ToAnEventThatIsOlderThan50Seconds_IsPushed()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        var slow = resident.Event("見本");
        office.Time.Advance(TimeSpan.FromSeconds(51));

        await resident.Sends(slow);

        var call = Assert.Single(office.Line.Calls);
        Assert.Equal(resident.User, call.To);
        Assert.NotNull(call.RetryKey);
    }

    [Fact]
    public async Task Answer_WithATokenThatIsDead_IsPushedOnce()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        var heard = resident.Event("見本") with { ReplyToken = "not-a-token" };

        await resident.Sends(heard);

        Assert.Collection(office.Line.Calls, c => Assert.Equal(400, c.Status), c => Assert.Equal(200, c.Status));
        Assert.Single(resident.Screen);
    }

    [Fact]
    public async Task Answer_WithoutAToken_IsPushed()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.Sends(resident.Event("見本") with { ReplyToken = null });
        Assert.NotNull(Assert.Single(resident.Screen).RetryKey);
    }

    [Theory, InlineData(Fate.FailAfter), InlineData(Fate.HangUpAfter)]
    public async Task Answer_WhoseReplyMayHaveBeenSaid_IsTriedOnceMoreAndThenLeft(Fate fate)
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        office.Line.Fates = Once(fate);

        await resident.Says("見本");

        Assert.Equal(2, office.Line.Calls.Count);
        Assert.All(office.Line.Calls, c => Assert.NotNull(c.Token));
        Assert.Single(resident.Screen);
    }

    [Fact]
    public async Task Answer_WhoseReplyFailsTwice_IsLeftAndComesAgainWithTheNextWord()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        office.Line.Fates = _ => Fate.FailBefore;
        await resident.Says("見本");
        Assert.Equal(2, office.Line.Calls.Count);
        Assert.Empty(resident.Screen);

        office.Line.Fates = _ => Fate.Accept;
        Assert.Contains("いす ×1", await resident.Says("いす1脚"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipt_WhoseReplyFailsTwice_IsPushed()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("review");
        office.Line.Fates = call => call.Token is null ? Fate.Accept : Fate.FailAfter;

        await resident.Says("この内容で申し込む");

        Assert.Matches(@"S\d{6}-\d{5}", resident.Receipt);
        Assert.NotNull(resident.Screen[^1].RetryKey); // at most one more, in words that survive being read twice
        Assert.Equal(2, resident.Screen.Count(c => c.Words.Contains("受付完了", StringComparison.Ordinal) || c.Words.Contains(resident.Receipt, StringComparison.Ordinal)));
    }

    [Theory, InlineData(Fate.FailAfter), InlineData(Fate.HangUpAfter)]
    public async Task Push_WhoseAnswerIsLost_IsRepeatedWithItsKeyAndSeenOnce(Fate fate)
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        office.Line.Fates = Once(fate);
        await resident.Grain.Receive(resident.Event("見本") with { ReplyToken = null });
        await Wait(office, calls: 1);

        await Until(office, () => office.Line.Calls.Count == 2);

        Assert.Equal(409, office.Line.Calls[^1].Status);
        Assert.Single(office.Line.Calls.Select(c => c.RetryKey).Distinct());
        Assert.Single(resident.Screen);
    }

    [Fact]
    public async Task Push_ThatIsTooMany_BacksOffAndKeepsTheOrder()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        office.Line.Fates = Once(Fate.TooMany);
        await resident.Grain.Receive(resident.Event("見本") with { ReplyToken = null });
        await Wait(office, calls: 1);
        await resident.Grain.Receive(resident.Event("いす1脚") with { ReplyToken = null });

        await Until(office, () => resident.Screen.Count == 2);

        Assert.Collection(resident.Screen,
            c => Assert.Contains("何ですか", c.Words, StringComparison.Ordinal),
            c => Assert.Contains("いす ×1", c.Words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reply_WhileAPushBacksOff_DoesNotWaitForIt()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        office.Line.Fates = call => call.Token is null ? Fate.TooMany : Fate.Accept;
        await resident.Grain.Receive(resident.Event("見本") with { ReplyToken = null });
        await Wait(office, calls: 1);

        await resident.Grain.Receive(resident.Event("いす1脚"));
        await Wait(office, calls: 2); // the clock stands still: nothing but the new word moves it

        Assert.Contains("いす ×1", Assert.Single(resident.Screen).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OfAResidentWhoBlockedUs_IsNotPushed()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("receipt");
        await resident.Sends(resident.Event(new InboundMessage.Unfollowed()) with { ReplyToken = null });
        var calls = office.Line.Calls.Count;

        office.Time.Advance(new DateTimeOffset(2026, 11, 29, 18, 0, 0, Town.Offset) - office.Time.GetUtcNow());
        await resident.Wakes(); // the reminder falls due
        await resident.Quiet();

        Assert.Equal(calls, office.Line.Calls.Count);
    }

    [Fact]
    public async Task Answer_FoundUnsentAfterACrash_IsPushedWithTheSameKey()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        office.Line.Fates = _ => Fate.TooMany; // the process dies before LINE takes it
        await resident.Grain.Receive(resident.Event("見本") with { ReplyToken = null });
        await Wait(office, calls: 1);
        await office.RestartAsync(kill: true);
        office.Line.Fates = _ => Fate.Accept;

        await resident.Wakes();
        await Until(office, () => resident.Screen.Count == 1);

        await resident.Quiet();
        Assert.Single(resident.Screen);
        Assert.Single(office.Line.Calls.Select(c => c.RetryKey).Distinct());
    }

    private static Func<LineOnTheWire.Call, Fate> Once(Fate fate)
    {
        var first = 0;
        return _ => Interlocked.Exchange(ref first, 1) == 0 ? fate : Fate.Accept;
    }

    private static async Task Wait(TownOffice office, int calls)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (office.Line.Calls.Count < calls) await Task.Delay(2, patience.Token);
    }

    private static async Task Until(TownOffice office, Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!happened())
        {
            office.Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(5, patience.Token);
        }
    }
}
