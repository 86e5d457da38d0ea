namespace OrleansGov.Grains;

/// <summary>Configuration section <c>Broadcast</c>.</summary>
public sealed record BroadcastOptions
{
    /// <summary>A broadcast to more residents than this is refused.</summary>
    public int MostRecipients { get; init; } = 1_000_000;

    /// <summary>Multicasts of one broadcast that are on their way at the same time.</summary>
    public int AtOnce { get; init; } = 4;
}
