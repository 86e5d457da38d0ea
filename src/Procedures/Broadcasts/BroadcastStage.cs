namespace OrleansGov.Procedures;

/// <summary>How far a broadcast (お知らせの配信) has come.</summary>
public enum BroadcastStage
{
    /// <summary>Written, and nobody has been counted.</summary>
    Draft,

    /// <summary>The audience is being written down.</summary>
    Freezing,

    /// <summary>Being sent to those written down.</summary>
    Sending,

    /// <summary>LINE takes nothing of this channel at present (monthly limit, access token): looked at again later.</summary>
    Held,

    /// <summary>No further page is begun; what is on its way arrives.</summary>
    Stopping,

    Stopped,

    /// <summary>Everybody written down has been dealt with.</summary>
    Done,

    /// <summary>Given up for good: LINE refuses the message or the channel, or the audience is over the cap.</summary>
    Failed,
}
