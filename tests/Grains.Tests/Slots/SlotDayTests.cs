namespace OrleansGov.Grains.Tests.Slots;

/// <summary>A day has the places it has.</summary>
public sealed class SlotDayTests
{
    private static readonly DateOnly Day = new(2026, 11, 30);

    [Fact]
    public async Task Hold_ByAThousandAtOnce_NeverOversells()
    {
        await using var office = await TownOffice.OpenAsync();
        var until = office.Time.GetUtcNow().AddHours(1);

        var held = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => office.Day(Day).Hold($"h{i}", 20, until)));
        var confirmed = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => office.Day(Day).Confirm($"h{i}", 20)));

        Assert.Equal(20, held.Count(h => h));
        Assert.Equal(held, confirmed);
        Assert.Equal(0, await office.Day(Day).Look(20));
    }

    [Fact]
    public async Task Hold_Again_TakesNoSecondPlace()
    {
        await using var office = await TownOffice.OpenAsync();
        for (var i = 0; i < 3; i++) Assert.True(await office.Day(Day).Hold("h", 2, office.Time.GetUtcNow().AddHours(1)));
        Assert.Equal(1, await office.Day(Day).Look(2));
    }

    [Fact]
    public async Task Hold_ThatLapsed_IsFreeForOthers()
    {
        await using var office = await TownOffice.OpenAsync();
        Assert.True(await office.Day(Day).Hold("slow", 1, office.Time.GetUtcNow().AddHours(1)));
        Assert.False(await office.Day(Day).Hold("quick", 1, office.Time.GetUtcNow().AddHours(1)));
        office.Time.Advance(TimeSpan.FromHours(1));

        Assert.True(await office.Day(Day).Hold("quick", 1, office.Time.GetUtcNow().AddHours(1)));
        Assert.False(await office.Day(Day).Confirm("slow", 1));
    }

    [Fact]
    public async Task Confirm_OfALapsedHold_WhileThereIsRoom_Books()
    {
        await using var office = await TownOffice.OpenAsync();
        await office.Day(Day).Hold("slow", 1, office.Time.GetUtcNow().AddHours(1));
        office.Time.Advance(TimeSpan.FromHours(2));
        Assert.True(await office.Day(Day).Confirm("slow", 1));
        Assert.False(await office.Day(Day).Hold("late", 1, office.Time.GetUtcNow().AddHours(1)));
    }

    [Fact]
    public async Task Release_GivesThePlaceBack_TwiceIsNoHarm()
    {
        await using var office = await TownOffice.OpenAsync();
        await office.Day(Day).Confirm("a", 2);
        await office.Day(Day).Confirm("b", 2);

        await office.Day(Day).Release("a");
        await office.Day(Day).Release("a");
        await office.Day(Day).Release("unknown");

        Assert.Equal(1, await office.Day(Day).Look(2));
    }

    [Fact]
    public async Task Confirmed_AfterAKill_IsStillBooked()
    {
        await using var office = await TownOffice.OpenAsync();
        await office.Day(Day).Confirm("a", 2);
        await office.RestartAsync(kill: true);
        Assert.Equal(1, await office.Day(Day).Look(2));
    }

    [Fact]
    public async Task Hold_ThatCannotBeStored_IsNotHeld()
    {
        await using var office = await TownOffice.OpenAsync();
        office.Storage.Refuses = name => name == "slot-day";
        await Assert.ThrowsAnyAsync<Exception>(() => office.Day(Day).Hold("a", 1, office.Time.GetUtcNow().AddHours(1)));
        office.Storage.Refuses = _ => false;
        Assert.Equal(1, await office.Day(Day).Look(1));
    }
}
