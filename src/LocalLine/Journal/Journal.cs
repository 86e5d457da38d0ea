namespace OrleansGov.LocalLine.Journal;

/// <summary>One call of the office, or one webhook to it.</summary>
/// <param name="Seq">Grows by one.</param>
/// <param name="At">When it ended.</param>
/// <param name="Channel">Channel name, null when the caller could not be told.</param>
/// <param name="Direction"><c>call</c> or <c>webhook</c>.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path of the call, or the webhook URL.</param>
/// <param name="Status">HTTP status; 0 = none arrived.</param>
/// <param name="RequestId">X-Line-Request-Id of a call, webhookEventId of a webhook's first event.</param>
/// <param name="Resident">The person concerned, if one.</param>
/// <param name="Request">Raw body.</param>
/// <param name="Response">Raw body.</param>
/// <param name="Verdict"><c>delivered</c>, <c>swallowed</c>, <c>refused</c>, <c>repeated</c>, <c>answered</c> or a webhook failure of LINE's names.</param>
/// <param name="Note">Why.</param>
public sealed record JournalEntry(
    long Seq, DateTimeOffset At, string? Channel, string Direction, string Method, string Path, int Status, string RequestId,
    string? Resident, string Request, string Response, string Verdict, string Note);

/// <summary>Something LINE would accept that is wrong all the same.</summary>
/// <param name="At">When it was noticed.</param>
/// <param name="Code">Stable word for the kind, such as <c>reply-token-reused</c>.</param>
/// <param name="Resident">The person concerned, if one.</param>
/// <param name="Detail">What exactly.</param>
public sealed record Finding(DateTimeOffset At, string Code, string? Resident, string Detail);

/// <summary>The last entries, never all of them: a load test must not fill the memory.</summary>
internal sealed class Ring<T>(int length)
{
    private readonly Lock gate = new();
    private readonly Queue<T> items = new();

    public long Total { get; private set; }

    public long Add(Func<long, T> make)
    {
        lock (gate)
        {
            items.Enqueue(make(++Total));
            while (items.Count > length) items.Dequeue();
            return Total;
        }
    }

    public IReadOnlyList<T> Items
    {
        get
        {
            lock (gate) return [.. items];
        }
    }
}
