namespace OrleansGov.Gateways;

/// <summary>What is known of a stored content.</summary>
/// <param name="MediaType">Decided by magic bytes, never by name or declared type.</param>
/// <param name="Size">Bytes as kept, after metadata was stripped.</param>
public sealed record StoredContent(string ContentId, string MediaType, long Size);

/// <summary>The bytes are not kept.</summary>
/// <param name="why">Which rule said no.</param>
public sealed class ContentRefusedException(ContentRefusal why) : Exception($"Content refused: {why}.")
{
    public ContentRefusal Why { get; } = why;
}

public enum ContentRefusal { TooLarge, UnsupportedType, Damaged }
