namespace OrleansGov.Contracts;

/// <summary>
/// A sheet of a broadcast's audience: at most 500 pseudonyms in their order. Written before anything is sent, read when its page is, torn up when the broadcast
/// is over. Key: <see cref="BroadcastKey.Chunk"/>.
/// </summary>
[Alias("broadcast-chunk")]
public interface IBroadcastChunkGrain : IGrainWithStringKey
{
    /// <summary>Writes the sheet, over what stood there: freezing that was interrupted writes its last sheets again.</summary>
    [Alias("keep")]
    Task Keep(ImmutableList<string> members);

    [Alias("read")]
    Task<ImmutableList<string>> Read();

    /// <summary>Nothing is left of it. Harmless when there is nothing.</summary>
    [Alias("tear-up")]
    Task TearUp();
}
