namespace OrleansGov.Line;

/// <summary>What LINE made of one attempt to send. No texts of residents or ours are kept, except LINE's own error body.</summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <summary>The result as the outbox remembers and decides by it.</summary>
    public abstract SendOutcome Outcome { get; }

    /// <summary>2xx. Says nothing about whether the resident sees it: blocked residents answer the same.</summary>
    /// <param name="RequestId"><c>X-Line-Request-Id</c>.</param>
    /// <param name="SentMessageIds">In the order of the messages; empty for multicast, or when the body could not be read.</param>
    public sealed record Accepted(string? RequestId, ImmutableList<string> SentMessageIds) : SendResult
    {
        public override SendOutcome Outcome => SendOutcome.Accepted;
    }

    /// <summary>409: an earlier attempt with this retry key was accepted.</summary>
    /// <param name="RequestId">The accepted call's id (<c>X-Line-Accepted-Request-Id</c>).</param>
    public sealed record AcceptedEarlier(string? RequestId, ImmutableList<string> SentMessageIds) : SendResult
    {
        public override SendOutcome Outcome => SendOutcome.AcceptedEarlier;
    }

    /// <summary>LINE said no: nobody received anything.</summary>
    /// <param name="Body">LINE's error body, at most 4 KB of it; names properties, may quote our bytes: for the developer, not for logs.</param>
    public sealed record Refused(int Status, string Body, string? RequestId, SendOutcome Kind) : SendResult
    {
        public override SendOutcome Outcome => Kind;
    }

    /// <summary>5xx: may have been accepted all the same.</summary>
    public sealed record ServerError(int Status, string? RequestId) : SendResult
    {
        public override SendOutcome Outcome => SendOutcome.ServerError;
    }

    /// <summary>No answer: time-out, or the connection was lost after sending.</summary>
    public sealed record Unknown(string Reason) : SendResult
    {
        public override SendOutcome Outcome => SendOutcome.Unknown;
    }

    /// <summary>LINE saw nothing: name not resolved, connection refused, TLS failed, or no access token was to be had.</summary>
    public sealed record NotSent(string Reason) : SendResult
    {
        public override SendOutcome Outcome => SendOutcome.NotSent;
    }
}

/// <summary>LINE refused a call that is no send (profile, content, rich menu, quota, token).</summary>
public sealed class LineApiException(int status, string? requestId, string body, string call)
    : Exception($"LINE answered {status} to {call} (request {requestId ?? "without id"}).")
{
    public int Status => status;

    /// <summary>Names the call in LINE's logs.</summary>
    public string? RequestId => requestId;

    /// <summary>LINE's error body, at most 4 KB.</summary>
    public string Body => body;
}
