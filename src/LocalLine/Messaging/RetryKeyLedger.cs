using System.Text.Json.Nodes;

namespace OrleansGov.LocalLine.Messaging;

/// <summary>An accepted keyed request.</summary>
/// <param name="AcceptedAt">When it was accepted; known for 24 hours from then.</param>
/// <param name="RequestId">X-Line-Request-Id of the accepted call.</param>
/// <param name="BodyHash">Of the raw body: the same key with another body is a finding.</param>
/// <param name="SentMessages">For push; else null.</param>
internal sealed record AcceptedRequest(DateTimeOffset AcceptedAt, string RequestId, string BodyHash, JsonArray? SentMessages);

/// <summary>Retry keys of one channel (LINE reference, Retrying an API request). Only accepted requests leave a trace.</summary>
internal sealed class RetryKeyLedger
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);
    private readonly Dictionary<Guid, AcceptedRequest> accepted = [];
    private readonly Queue<(Guid Key, AcceptedRequest Request)> byAge = new();

    public AcceptedRequest? Find(Guid key, DateTimeOffset now) =>
        accepted.GetValueOrDefault(key) is { } request && now - request.AcceptedAt < Life ? request : null;

    public void Accept(Guid key, AcceptedRequest request)
    {
        accepted[key] = request;
        byAge.Enqueue((key, request));
        while (byAge.Peek().Request.AcceptedAt + Life <= request.AcceptedAt)
        {
            var (old, entry) = byAge.Dequeue();
            if (ReferenceEquals(accepted.GetValueOrDefault(old), entry)) accepted.Remove(old);
        }
    }
}
