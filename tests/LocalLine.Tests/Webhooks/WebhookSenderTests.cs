using OrleansGov.LocalLine.Faults;
using OrleansGov.LocalLine.Webhooks;

namespace OrleansGov.LocalLine.Tests.Webhooks;

public sealed class WebhookSenderTests
{
    [Fact]
    public async Task Text_OnTheWire_IsSignedAndCarriesTheDocumentedProperties()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var sent = town.Platform.SendText(town.Hanako, "こんにちは🏠");
        var visit = await office.Next();

        Assert.True(visit.SignedWith(town.Channel.Settings.Secret));
        Assert.Equal(town.Channel.Settings.BotUserId, visit.Json.GetProperty("destination").GetString());
        Assert.Contains("こんにちは🏠", visit.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["type", "message", "webhookEventId", "deliveryContext", "timestamp", "source", "replyToken", "mode"],
            visit.Event.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["id", "type", "text", "quoteToken", "markAsReadToken"], visit.Event.GetProperty("message").EnumerateObject().Select(p => p.Name));
        Assert.Equal(26, sent.WebhookEventId.Length);
        Assert.Equal(town.Hanako.Id, visit.Event.GetProperty("source").GetProperty("userId").GetString());
    }

    [Theory]
    [InlineData(1.9, "delivered")]
    [InlineData(2.1, "request_timeout")]
    public async Task Office_AnsweringAfterSeconds_HasTwo(double seconds, string expected)
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        office.Answer = _ => answer.Task;
        var sent = town.Platform.SendText(town.Hanako, "はい");
        await office.Next();

        town.Time.Advance(TimeSpan.FromSeconds(seconds));
        if (expected == "request_timeout") Assert.Equal(expected, (await sent.FirstAttempt).Reason);
        answer.SetResult(200);

        Assert.Equal(expected, (await sent.FirstAttempt).Reason);
    }

    [Fact]
    public async Task FailedEvent_ComesAgainWithItsIdsUntilHeard()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var refusals = 2;
        office.Answer = _ => Task.FromResult(refusals-- > 0 ? 500 : 200);
        var sent = town.Platform.SendText(town.Hanako, "はい");
        var first = await office.Next();
        await sent.FirstAttempt;
        await town.Time.TimersSet(1);
        town.Time.Advance(TimeSpan.FromSeconds(10));
        var second = await office.Next();
        await town.Attempts(2);
        await town.Time.TimersSet(1);
        town.Time.Advance(TimeSpan.FromSeconds(30));
        var third = await office.Next();
        var settled = await sent.Settled;
        town.Time.Advance(TimeSpan.FromHours(1));

        Assert.True(settled.Delivered);
        Assert.Equal(3, office.Heard.Count);
        Assert.False(first.Event.GetProperty("deliveryContext").GetProperty("isRedelivery").GetBoolean());
        foreach (var again in (Visit[])[second, third])
        {
            Assert.True(again.SignedWith(town.Channel.Settings.Secret));
            Assert.True(again.Event.GetProperty("deliveryContext").GetProperty("isRedelivery").GetBoolean());
            foreach (var name in (string[])["webhookEventId", "replyToken", "timestamp"])
                Assert.Equal(first.Event.GetProperty(name).ToString(), again.Event.GetProperty(name).ToString());
            Assert.Equal(sent.MessageId, again.Event.GetProperty("message").GetProperty("id").GetString());
        }
    }

    [Fact]
    public async Task FailedEvent_WithRedeliveryOff_IsLost()
    {
        await using var town = await Town.Open(change: s => s with { RedeliveryOn = false });
        await using var office = await Office.Open(town.Channel);
        office.Answer = _ => Task.FromResult(503);

        Assert.Equal(new WebhookOutcome("error_status_code", 503, "answered 503"), await town.Platform.SendText(town.Hanako, "はい").Settled);
    }

    [Fact]
    public async Task Office_ThatIsClosed_CouldNotBeReached()
    {
        await using var town = await Town.Open(change: s => s with { RedeliveryOn = false });
        var office = await Office.Open(town.Channel);
        await office.DisposeAsync();

        Assert.Equal("could_not_connect", (await town.Platform.SendText(town.Hanako, "はい").Settled).Reason);
    }

    [Fact]
    public async Task Events_OfOneResident_ArriveInOrder()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var sent = Enumerable.Range(0, 20).Select(n => town.Platform.SendText(town.Hanako, $"{n}")).ToArray();
        await Task.WhenAll(sent.Select(s => s.Settled));

        Assert.Equal(sent.Select(s => s.WebhookEventId), office.Heard.Select(v => v.Event.GetProperty("webhookEventId").GetString()));
    }

    [Fact]
    public async Task Gathered_EventsOfSeveralResidents_TravelInOneBody()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var taro = town.Platform.AddResident(town.Channel, "太郎");
        await office.Next();
        using (town.Platform.Gather(town.Channel))
        {
            town.Platform.SendText(town.Hanako, "一");
            town.Platform.SendEvent(taro, new() { ["type"] = "somethingNew", ["somethingNew"] = true });
            town.Platform.SendText(taro, "二");
        }

        var types = (await office.Next()).Json.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString());
        Assert.Equal(["message", "somethingNew", "message"], types);
    }

    [Fact]
    public async Task Duplicate_OnDemand_ComesTwiceWithoutTheFlag()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        town.Platform.Order(new Fault("webhook", "duplicate", Count: 1));
        town.Platform.SendText(town.Hanako, "はい");

        var (one, two) = (await office.Next(), await office.Next());
        Assert.Equal(one.Text, two.Text);
    }

    [Fact]
    public async Task StandbyChannel_SendsNoReplyToken()
    {
        await using var town = await Town.Open(change: s => s with { Standby = true });
        await using var office = await Office.Open(town.Channel);
        town.Platform.SendText(town.Hanako, "はい");
        var visit = await office.Next();

        Assert.False(visit.Event.TryGetProperty("replyToken", out _));
        Assert.Equal("standby", visit.Event.GetProperty("mode").GetString());
    }

    [Fact]
    public async Task WireStyles_ChangeTheBytesNotTheMeaning()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        town.Channel.WireStyle = WireStyle.EscapeAstral | WireStyle.ShuffleProperties | WireStyle.ExtraProperties;
        town.Platform.SendText(town.Hanako, "家🏠");
        var visit = await office.Next();

        Assert.Contains("\\uD83C\\uDFE0", visit.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("家🏠", visit.Event.GetProperty("message").GetProperty("text").GetString());
        Assert.True(visit.Event.TryGetProperty("xUnannounced", out _));
        Assert.True(visit.SignedWith(town.Channel.Settings.Secret));
    }
}
