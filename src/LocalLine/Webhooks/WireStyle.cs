namespace OrleansGov.LocalLine.Webhooks;

/// <summary>Legal oddities of the wire that a receiver must bear (LINE reference, Webhooks: what may change at any time).</summary>
[Flags]
public enum WireStyle
{
    /// <summary>Plain UTF-8, properties in the reference's order.</summary>
    Plain = 0,

    /// <summary>Characters beyond the BMP as <c>\uD83E\uDD28</c> escapes.</summary>
    EscapeAstral = 1,

    /// <summary>Properties in an order of chance.</summary>
    ShuffleProperties = 2,

    /// <summary>Properties nobody announced.</summary>
    ExtraProperties = 4,
}
