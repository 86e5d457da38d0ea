using System.Net;
using OrleansGov.Api.Status;
using OrleansGov.Api.Telemetry;

namespace OrleansGov.Api.Tests.Status;

public sealed class StatusTests
{
    [Fact]
    public async Task Status_IsForStaffWithTheRight()
    {
        await using var office = new OfficeDoor();
        await (await office.StaffClient(null).GetAsync("/status", OfficeDoor.Cancel)).IsProblem(401, "auth/unauthenticated");
        await (await office.StaffClient(OfficeDoor.DepartmentKey).GetAsync("/status", OfficeDoor.Cancel)).IsProblem(403, "auth/forbidden");
        var page = await office.StaffClient().GetAsync("/status", OfficeDoor.Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Contains("<h1>稼働状況</h1>", await page.Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WhileSomethingCannotBeStored_SaysThatNothingIsAccepted()
    {
        await using var office = new OfficeDoor();
        using var client = office.StaffClient();
        Assert.Contains("受け付けています", await client.GetStringAsync("/status", OfficeDoor.Cancel), StringComparison.Ordinal);
        office.Trouble = "No space left.";
        Assert.Contains("新しい受け付けを止めています", await client.GetStringAsync("/status", OfficeDoor.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WhenNobodyHasSaidWhetherLineRedelivers_AsksForIt()
    {
        await using var office = new OfficeDoor();
        Assert.Contains("Webhook の再送がオンかどうか分かりません", await office.StaffClient().GetStringAsync("/status", OfficeDoor.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public void Status_ComparesWithFiveMinutesAgo()
    {
        var then = At(0, Events(100, "main"), Answers([10, 0, 0]));
        var now = At(5, Events(160, "main"), Answers([10, 50, 0]), new("orleansgov.channel.held", "", "", FamilyKind.Gauge, [new([new("channel", "main"), new("reason", "quota")], 1)]),
            new("orleansgov.outbox.waiting", "", "", FamilyKind.Gauge, [new([new("channel", "main")], 3)]), new("orleansgov.outbox.oldest", "s", "", FamilyKind.Gauge, [new([new("channel", "main")], 90)]));

        var status = OfficeStatus.Of(now, then, ["main", "second"]);

        Assert.Equal(5, status.Minutes);
        Assert.Equal(60, status.Events);
        Assert.Equal(50, status.Reply.Count);
        Assert.InRange(status.Reply.Median!.Value, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1)); // only what is new
        Assert.Equal((3, TimeSpan.FromSeconds(90)), status.Waiting);
        Assert.Equal("quota", status.Channels[0].HeldBecause);
        Assert.Equal(60, status.Channels[0].Events);
        Assert.Null(status.Channels[1].HeldBecause);
    }

    [Fact]
    public void Status_JustAfterAStart_ShowsWhatThereIs()
    {
        var status = OfficeStatus.Of(At(0, Events(7, "main")), Figures.None, ["main"]);
        Assert.Equal(7, status.Events);
        Assert.Null(status.Reply.Median);
    }

    private static Figures At(int minute, params Family[] families) => new(DateTimeOffset.UnixEpoch.AddMinutes(minute), families);

    private static Family Events(long count, string channel) => new("orleansgov.webhook.events", "", "", FamilyKind.Counter, [new([new("channel", channel), new("outcome", "durable")], count)]);

    private static Family Answers(long[] counts) => new("orleansgov.reply.duration", "s", "", FamilyKind.Histogram, [new([new("channel", "main")], 0, new([0.1, 1], counts))]);
}
