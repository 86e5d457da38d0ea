namespace OrleansGov.Grains.Tests.Catalog;

/// <summary>Publishing procedures.</summary>
public sealed class CatalogTests
{
    [Fact]
    public async Task Publish_OfTheSameContent_IsTheSameVersion()
    {
        await using var office = await TownOffice.OpenAsync();
        var before = await office.Catalog.Head();

        Assert.Equal(1, (await office.Catalog.Publish(SamplePacks.Pickup(), "test")).Version);

        Assert.Equal(before.Change, (await office.Catalog.Head()).Change);
    }

    [Fact]
    public async Task Publish_OfNewContent_IsTheNextVersionForNewRuns()
    {
        await using var office = await TownOffice.OpenAsync();
        Assert.Equal(2, (await office.Catalog.Publish(SamplePacks.Pickup(ask: "どの品ですか？"), "test")).Version);
        office.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains("どの品ですか", await office.Resident().GoesTo("thing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_WhileARunIsInHand_LeavesItOnItsVersion()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("town");
        await office.Catalog.Publish(SamplePacks.Pickup(ask: "どの品ですか？"), "test");
        office.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains("いす ×2", await resident.Says("戻る"), StringComparison.Ordinal);
        await office.RestartAsync();
        await resident.Says("最初から");
        Assert.Equal(1, resident.Stored.Talk.Active!.Version); // asked whether to lose what is there, on its own version
        Assert.Contains("どの品ですか", await resident.Says("はい"), StringComparison.Ordinal); // begun anew, on the new one
    }

    [Fact]
    public async Task MakeCurrent_OfAnOlderVersion_RollsBack()
    {
        await using var office = await TownOffice.OpenAsync();
        await office.Catalog.Publish(SamplePacks.Pickup(ask: "どの品ですか？"), "test");

        Assert.True(await office.Catalog.MakeCurrent("pickup", 1, "test"));
        Assert.False(await office.Catalog.MakeCurrent("pickup", 9, "test"));
        office.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains("何ですか", await office.Resident().GoesTo("thing"), StringComparison.Ordinal);
        Assert.Equal([1, 2], (await office.Catalog.Head()).All.Where(v => v.Id == "pickup").Select(v => v.Version));
    }

    [Fact]
    public async Task Publish_OfAFaultyPack_PublishesNothingAndSaysWhere()
    {
        await using var office = await TownOffice.OpenAsync();
        var before = await office.Catalog.Head();
        var pack = SamplePacks.Pickup(ask: "どの品ですか？");
        var broken = pack with { Texts = pack.Texts.SetItem("procedure.yaml", pack.Texts["procedure.yaml"].Replace("kind: slot", "kind: slott", StringComparison.Ordinal)) };

        var result = await office.Catalog.Publish(broken, "test");

        Assert.Null(result.Version);
        Assert.Contains(result.Faults, f => f is { File: "procedure.yaml", Line: > 1 });
        Assert.Equal(before.Change, (await office.Catalog.Head()).Change);
        Assert.Null(await office.Catalog.Files("pickup", 2));
    }

    [Fact]
    public async Task Publish_OfAPackWhoseTalkFails_PublishesNothing()
    {
        await using var office = await TownOffice.OpenAsync();
        var pack = SamplePacks.Pickup(ask: "どの品ですか？");
        var result = await office.Catalog.Publish(pack with { Texts = pack.Texts.SetItem("talks/begin.talk", "> 見本\n< 何ですか\n") }, "test");
        Assert.Null(result.Version);
        Assert.Equal("talks/begin.talk", Assert.Single(result.Faults).File);
    }

    [Fact]
    public async Task Publish_ThatCannotBeStored_IsNotCurrent()
    {
        await using var office = await TownOffice.OpenAsync();
        office.Storage.Refuses = name => name == "procedure-catalog";
        await Assert.ThrowsAnyAsync<Exception>(() => office.Catalog.Publish(SamplePacks.Pickup(ask: "どの品ですか？"), "test"));
        office.Storage.Refuses = _ => false;

        Assert.DoesNotContain((await office.Catalog.Head()).All, v => v.Version == 2);
        Assert.Equal(2, (await office.Catalog.Publish(SamplePacks.Pickup(ask: "どの品ですか？"), "test")).Version);
    }

    [Fact]
    public async Task Validate_PublishesNothing()
    {
        await using var office = await TownOffice.OpenAsync();
        Assert.Empty(await office.Catalog.Validate(SamplePacks.Pickup(ask: "どの品ですか？")));
        Assert.DoesNotContain((await office.Catalog.Head()).All, v => v.Version == 2);
    }
}
