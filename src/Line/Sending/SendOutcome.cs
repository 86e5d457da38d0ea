namespace OrleansGov.Line;

/// <summary>What became of one attempt to send, without the bytes: what the outbox decides by and what an entry remembers.</summary>
public enum SendOutcome
{
    /// <summary>Not attempted, or released from a hold.</summary>
    None,
    Accepted,

    /// <summary>409: an earlier attempt with the same retry key was accepted.</summary>
    AcceptedEarlier,
    InvalidReplyToken,

    /// <summary>400 <c>Failed to send messages</c>: the channel does not know the recipient.</summary>
    FailedToSend,
    BadRequest,
    TooLarge,
    UnsupportedMedia,
    Unauthorized,
    Forbidden,
    NotFound,
    RateLimited,
    MonthlyLimit,

    /// <summary>3xx or a status LINE does not document: nobody knows what it means, so a person must look.</summary>
    Redirect,

    /// <summary>5xx: may or may not have been accepted.</summary>
    ServerError,

    /// <summary>Time-out, connection lost after sending, or the process died in between: may or may not have been accepted.</summary>
    Unknown,

    /// <summary>Name not resolved, connection refused, TLS failed, own cancellation before sending: LINE saw nothing.</summary>
    NotSent,
}
