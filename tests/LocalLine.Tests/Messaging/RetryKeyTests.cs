using System.Net;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Faults;

namespace OrleansGov.LocalLine.Tests.Messaging;

public sealed class RetryKeyTests
{
    private static readonly Guid Key = Guid.Parse("123e4567-e89b-12d3-a456-426614174000");

    [Fact]
    public async Task Push_WithKnownKey_AnswersConflictWithTheFirstIdsAndSaysNothingTwice()
    {
        await using var town = await Town.Open();
        var first = await town.Push(town.Hanako, "受付しました", Key);
        var second = await town.Push(town.Hanako, "受付しました", Key);

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Equal("The retry key is already accepted", second.Message);
        Assert.Equal(first.RequestId, second.AcceptedRequestId);
        Assert.NotEqual(first.RequestId, second.RequestId);
        Assert.Equal(first.FirstId, second.FirstId);
        Assert.Single(town.BotTexts());
    }

    [Theory]
    [InlineData(23, 59, HttpStatusCode.Conflict)]
    [InlineData(24, 1, HttpStatusCode.OK)]
    public async Task Push_WithOldKey_IsKnownForADay(int hours, int minutes, HttpStatusCode expected)
    {
        await using var town = await Town.Open();
        await town.Push(town.Hanako, "受付しました", Key);
        town.Time.Advance(new TimeSpan(hours, minutes, 0));

        Assert.Equal(expected, (await town.Push(town.Hanako, "受付しました", Key)).Status);
    }

    [Fact]
    public async Task Push_AfterAnErrorThatAccepted_AnswersConflict()
    {
        await using var town = await Town.Open();
        town.Platform.Order(new Fault("push", "error-after", 502, Count: 1));

        Assert.Equal(HttpStatusCode.BadGateway, (await town.Push(town.Hanako, "受付しました", Key)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await town.Push(town.Hanako, "受付しました", Key)).Status);
        Assert.Single(town.BotTexts());
    }

    [Fact]
    public async Task Push_AfterAHangUpThatAccepted_AnswersConflict()
    {
        await using var town = await Town.Open();
        town.Platform.Order(new Fault("push", "hangup-after", Count: 1));

        await Assert.ThrowsAsync<HttpRequestException>(() => town.Push(town.Hanako, "受付しました", Key));
        Assert.Equal(HttpStatusCode.Conflict, (await town.Push(town.Hanako, "受付しました", Key)).Status);
    }

    [Fact]
    public async Task Push_RepeatedWithoutKeyAfterALostAnswer_IsAFinding()
    {
        await using var town = await Town.Open();
        town.Platform.Order(new Fault("push", "error-after", Count: 1));
        await town.Push(town.Hanako, "受付しました");
        await town.Push(town.Hanako, "受付しました");

        Assert.Contains(town.Platform.Findings, f => f.Code == "retry-without-key");
    }

    [Fact]
    public async Task Push_AfterARefusal_LeavesNoTraceOfTheKey()
    {
        await using var town = await Town.Open();
        var refused = await town.Post("/v2/bot/message/push", new JsonObject { ["to"] = town.Hanako.Id, ["messages"] = new JsonArray() }, Key);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(HttpStatusCode.OK, (await town.Push(town.Hanako, "受付しました", Key)).Status);
    }

    [Fact]
    public async Task Push_WithKnownKeyAndOtherContent_IsConflictAndAFinding()
    {
        await using var town = await Town.Open();
        await town.Push(town.Hanako, "受付しました", Key);

        Assert.Equal(HttpStatusCode.Conflict, (await town.Push(town.Hanako, "ほかの文", Key)).Status);
        Assert.Contains(town.Platform.Findings, f => f.Code == "retry-key-other-content");
    }

    [Fact]
    public async Task Push_SameKeyAtTheSameTime_ExecutesOnce()
    {
        await using var town = await Town.Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => town.Push(town.Hanako, "受付しました", Key)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.Status == HttpStatusCode.Conflict));
        Assert.Single(town.BotTexts());
    }

    [Fact]
    public async Task Push_WithKeyThatIsNoUuid_IsRefused()
    {
        await using var town = await Town.Open();
        var answer = await town.Send(HttpMethod.Post, "/v2/bot/message/push", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), key: "not-a-uuid");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }
}
