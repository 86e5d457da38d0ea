using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace OrleansGov.Api.Telemetry;

/// <summary>
/// Lets a span out with the attributes that are known to name no person, and no others: frameworks add URLs (a form's link is a key), messages of
/// exceptions and addresses, more with every version. Grain ids are pseudonyms.
/// </summary>
public sealed class SpansWithoutPeople : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "channel", "state", "outcome", "event.type", "event.id", "event.redelivered", "line.request_id",
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.name", "network.protocol.version", "server.address", "server.port",
        "rpc.system", "rpc.service", "rpc.method", "rpc.orleans.target_id", "rpc.orleans.source_id", "error.type", "exception.type");

    public override void OnEnd(Activity data)
    {
        foreach (var (key, _) in data.TagObjects.Where(tag => !Known.Contains(tag.Key)).ToList()) data.SetTag(key, null);
        data.TraceStateString = null; // the caller's words
        if (data.Events.Any()) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; // cannot be taken out; none of ours has any
    }
}
