namespace OrleansGov.Line;

/// <summary>
/// What an outbox entry remembers of its attempts on its present route (a reply that becomes a push starts a new history).
/// A process that finds an entry marked as being sent records <see cref="SendOutcome.Unknown"/> for it: that is what dying in between means.
/// </summary>
/// <param name="Last">Outcome of the latest attempt.</param>
/// <param name="FirstAttemptAt">Start of the first attempt LINE may have seen; the retry key's 24 hours run from here.</param>
/// <param name="Doubtful">Attempts that may have been accepted (5xx, lost answers).</param>
/// <param name="NotSent">Attempts LINE never saw.</param>
/// <param name="RateLimited">Attempts refused for the rate.</param>
/// <param name="Unauthorized">Attempts refused for the access token, since the last release.</param>
public sealed record SendHistory(
    SendOutcome Last = SendOutcome.None,
    DateTimeOffset? FirstAttemptAt = null,
    int Doubtful = 0,
    int NotSent = 0,
    int RateLimited = 0,
    int Unauthorized = 0)
{
    public static readonly SendHistory None = new();

    /// <summary>The history after one more attempt.</summary>
    /// <param name="startedAt">When the attempt began.</param>
    public SendHistory After(SendOutcome outcome, DateTimeOffset startedAt) => this with
    {
        Last = outcome,
        FirstAttemptAt = outcome == SendOutcome.NotSent ? FirstAttemptAt : FirstAttemptAt ?? startedAt,
        Doubtful = Doubtful + (outcome is SendOutcome.ServerError or SendOutcome.Unknown ? 1 : 0),
        NotSent = NotSent + (outcome is SendOutcome.NotSent ? 1 : 0),
        RateLimited = RateLimited + (outcome is SendOutcome.RateLimited or SendOutcome.MonthlyLimit ? 1 : 0),
        Unauthorized = Unauthorized + (outcome is SendOutcome.Unauthorized ? 1 : 0),
    };

    /// <summary>The reason for a hold is gone (quota has room, a person repaired the channel): the entry may go on. Doubts stay.</summary>
    public SendHistory Released() => this with { Last = SendOutcome.None, Unauthorized = 0 };
}
