namespace OrleansGov.Line;

/// <summary>What to do next with an outbox entry.</summary>
public abstract record OutboxDecision
{
    private OutboxDecision() { }

    /// <summary>Send it now, on its present route (a push: with its stored retry key).</summary>
    public sealed record SendNow : OutboxDecision;

    /// <summary>Send the same again at <paramref name="At"/>, same key, same bytes.</summary>
    /// <param name="WholeBucket">All sends of this channel to this endpoint wait until then, not only this entry.</param>
    public sealed record RetryAt(DateTimeOffset At, bool WholeBucket = false) : OutboxDecision;

    /// <summary>The reply will not do; give the entry a retry key and a new history, store both, then push.</summary>
    public sealed record SwitchToPush : OutboxDecision;

    /// <summary>Accepted by LINE. Success never proves that the resident saw it.</summary>
    public sealed record Done : OutboxDecision;

    /// <summary>Leave it unsaid: it may have been said, and saying it twice is worse than repeating the question on the next word.</summary>
    public sealed record Drop : OutboxDecision;

    /// <summary>Nothing of the channel's counted (or any) sends goes out until the reason is gone; look again at <paramref name="LookAgainAt"/>, then <see cref="SendHistory.Released"/>. Raises an alarm.</summary>
    public sealed record Hold(HoldReason Reason, DateTimeOffset LookAgainAt) : OutboxDecision;

    /// <summary>Final: never again by itself.</summary>
    public sealed record GiveUp(GiveUpReason Reason) : OutboxDecision
    {
        /// <summary>A person must look. Only an unknown recipient is nobody's fault.</summary>
        public bool Alarm => Reason != GiveUpReason.RecipientUnknown;

        /// <summary>The bytes were wrong, so a plain-text apology may be sent instead; by reply it tries the same token, which a refusal probably left alive.</summary>
        public bool MayApologise => Reason == GiveUpReason.OurBug;
    }
}

public enum HoldReason
{
    /// <summary>401 twice: the token and its replacement are refused. Everything of the channel waits.</summary>
    ChannelPaused,

    /// <summary>The month's quota is used up. Pushes wait, replies go on.</summary>
    MonthlyLimit,
}

public enum GiveUpReason
{
    /// <summary>LINE refuses these bytes; keep body and details for the developer.</summary>
    OurBug,

    /// <summary>Plan or feature missing, or the target is gone.</summary>
    NotAllowed,

    /// <summary>The channel does not know this user: mark unreachable.</summary>
    RecipientUnknown,

    /// <summary>An answer LINE does not document (redirect …).</summary>
    Unintelligible,

    /// <summary>23 hours of doubt: after 24 the retry key would send again. A person decides.</summary>
    KeyExpires,
}
