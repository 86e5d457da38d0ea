using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrleansGov.Api.Telemetry;

namespace OrleansGov.Api.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_OnTheResidentsPort_DoNotExist()
    {
        await using var office = new OfficeDoor { Settings = { ["Telemetry:MetricsUrl"] = "http://127.0.0.1:0" } };
        await (await office.CreateClient().GetAsync("/metrics", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
    }

    [Fact]
    public async Task Metrics_UnlessAskedFor_ListenNowhere()
    {
        await using var office = new OfficeDoor();
        using var client = office.CreateClient();
        Assert.Null(office.Services.GetRequiredService<MetricsDoor>().Url);
    }

    [Fact]
    public async Task MetricsPort_ServesFiguresAndNothingElse()
    {
        await using var office = new OfficeDoor { Settings = { ["Telemetry:MetricsUrl"] = "http://127.0.0.1:0" } };
        using var door = office.CreateClient();
        using var client = new HttpClient { BaseAddress = office.Services.GetRequiredService<MetricsDoor>().Url };

        var answer = await client.GetAsync("/metrics", OfficeDoor.Cancel);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.True(Exposition.Read(await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel)).Value("orleansgov_disk_free_bytes") > 0);
        foreach (var path in (string[])["/", "/health/ready", "/webhook/minatodai", "/metrics/x"]) Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path, OfficeDoor.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/metrics", null, OfficeDoor.Cancel)).StatusCode);
    }

    [Fact]
    public async Task Webhook_IsCountedByChannelAndByWhatCameOfIt()
    {
        const string Channel = "counted"; // instruments belong to the process: other tests have other channels
        await using var office = new OfficeDoor
        {
            Settings = { ["Line:Channels:1:Name"] = Channel, ["Line:Channels:1:Secret"] = OfficeDoor.Secret, ["Line:Channels:1:AccessToken"] = "t", ["Line:Channels:1:Municipality"] = "minatodai" },
        };
        const string Event = """{"destination":"U0","events":[{"type":"message","webhookEventId":"01KAMETRICS000000000000000","timestamp":1793588400000,"mode":"active","deliveryContext":{"isRedelivery":true},"source":{"type":"user","userId":"Umetrics"},"replyToken":"r","message":{"type":"text","id":"1","text":"x"}}]}""";
        using var start = office.CreateClient();
        var before = Read(office);

        await office.Post(Event, channel: Channel);
        await office.Post(Event, signature: "AAAA", channel: Channel);
        await office.Post("""{"events":[{"type":"a-word-of-the-future","webhookEventId":"01KAMETRICS000000000000001","source":{"type":"user","userId":"U"}}]}""", channel: Channel);
        office.Trouble = "the disk is full";
        await office.Post(Event, channel: Channel);

        var after = Read(office);
        Assert.Equal(2, Grown("orleansgov_webhook_duration_seconds_count", ("channel", Channel), ("outcome", "accepted")));
        Assert.Equal(1, Grown("orleansgov_webhook_duration_seconds_count", ("channel", Channel), ("outcome", "webhook/invalid-signature")));
        Assert.Equal(1, Grown("orleansgov_webhook_duration_seconds_count", ("channel", Channel), ("outcome", "service/unavailable")));
        Assert.Equal(1, Grown("orleansgov_webhook_events_total", ("channel", Channel), ("type", "message"), ("outcome", "durable"), ("redelivered", "true")));
        Assert.Equal(1, Grown("orleansgov_webhook_events_total", ("channel", Channel), ("type", "other"), ("outcome", "ignored")));
        Assert.DoesNotContain("a-word-of-the-future", after.LabelValues);

        double Grown(string name, params (string, string)[] labels) => after.Sum(name, labels) - before.Sum(name, labels);
    }

    private static Exposition Read(OfficeDoor office) => Exposition.Read(PrometheusText.Write(office.Services.GetRequiredService<FiguresReader>().Look()));
}
