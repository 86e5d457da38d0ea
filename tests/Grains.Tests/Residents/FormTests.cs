using System.Text;
using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Grains.Tests.Residents;

/// <summary>The one-time form of personal details.</summary>
public sealed class FormTests
{
    [Fact]
    public async Task Form_Looked_At_IsNotConsumed()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");

        Assert.NotNull(await resident.Grain.LookAtForm(resident.FormToken)); // previewers fetch links
        var view = await resident.Grain.LookAtForm(resident.FormToken);

        Assert.Equal("お名前", Assert.Single(view!.Fields).Label);
        Assert.Equal(FormState.Saved, (await resident.Fills(("name", "港 花子"))).State);
    }

    [Fact]
    public async Task Form_Filled_PushesTheNextQuestion()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");

        await resident.Fills(("name", "港 花子"));

        Assert.NotNull(resident.Screen[^1].RetryKey);
        Assert.Contains("内容の確認", resident.Screen[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithAMistake_SaysWhichAndStaysOpen()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");

        var result = await resident.Fills(("name", ""));

        Assert.Equal(FormState.Invalid, result.State);
        Assert.Equal("name", Assert.Single(result.Errors).Key);
        Assert.Equal(FormState.Saved, (await resident.Fills(("name", "港 花子"))).State);
    }

    [Fact]
    public async Task Form_FilledTwiceAtOnce_CountsOnce()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");
        var before = resident.Screen.Count;

        var results = await Task.WhenAll(resident.Fills(("name", "港 花子")), resident.Fills(("name", "港 太郎")));

        Assert.Equal([FormState.Gone, FormState.Saved], results.Select(r => r.State).OrderDescending());
        Assert.Equal(before + 1, resident.Screen.Count);
    }

    [Theory, InlineData("0000000000000000000000000000000000000000000000000000000000000000"), InlineData(""), InlineData("あ")]
    public async Task Form_WithATokenThatIsNone_IsGone(string token)
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");

        Assert.Null(await resident.Grain.LookAtForm(token));
        Assert.Equal(FormState.Gone, (await resident.Grain.FillForm(token, ImmutableDictionary<string, string>.Empty.Add("name", "港 花子"))).State);
    }

    [Fact]
    public async Task Form_OfAnotherResident_IsGone()
    {
        await using var office = await TownOffice.OpenAsync();
        var (one, other) = (office.Resident("U1"), office.Resident("U2"));
        await one.GoesTo("contact");
        await other.GoesTo("contact");

        Assert.Null(await other.Grain.LookAtForm(one.FormToken));
    }

    [Fact]
    public async Task Form_AfterThirtyMinutes_IsGoneAndANewOneIsAQuestionAway()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");
        office.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.Null(await resident.Grain.LookAtForm(resident.FormToken));
        Assert.Equal(FormState.Gone, (await resident.Fills(("name", "港 花子"))).State);
        await resident.Says("入力しました");

        Assert.Equal(FormState.Saved, (await resident.Fills(("name", "港 花子"))).State);
    }

    [Fact]
    public async Task Form_OfARunThatWasGivenUp_IsGone()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");
        var old = resident.FormToken;
        await resident.Says("最初から");
        await resident.Says("はい");

        Assert.Null(await resident.Grain.LookAtForm(old));
        Assert.Equal(FormState.Gone, (await resident.Grain.FillForm(old, ImmutableDictionary<string, string>.Empty.Add("name", "港 花子"))).State);
    }

    [Fact]
    public async Task Form_AfterARestart_StillOpens()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");
        await office.RestartAsync(kill: true);

        Assert.Equal(FormState.Saved, (await resident.Fills(("name", "港 花子"))).State);
    }

    [Fact]
    public async Task PersonalDetails_ByForm_ReachNeitherTheTalkNorRecords()
    {
        const string canary = "カナリア花子";
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");

        await resident.Fills(("name", canary));
        await resident.Says("今どこ？");
        await resident.Says("この内容で申し込む");
        await resident.Says("申込状況");
        await resident.Sends(new InboundMessage.Tapped($"c||change|{resident.Receipt}"));

        Assert.Equal(canary, ((Answer.Words)((Answer.Fields)(await office.Case(resident.Receipt).LookAsStaff())!.Opening.Answers["contact"]).Values["name"]).Value);
        Assert.DoesNotContain(office.Line.Calls, c => c.Body.Contains(canary, StringComparison.Ordinal));
        Assert.DoesNotContain(resident.Stored.Facts.Waiting, f => f.ToString().Contains(canary, StringComparison.Ordinal));
        await office.RestartAsync(); // everything is on disk
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(office.RecordsFile)!, "records.db*"))
            Assert.Equal(-1, (await Bytes(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)));
        await using var records = office.Records.Read();
        Assert.True(await records.Messages.AnyAsync(TestContext.Current.CancellationToken)); // the file is the one that is written
    }

    private static async Task<byte[]> Bytes(string file)
    {
        await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        await open.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
