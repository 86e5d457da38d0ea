namespace OrleansGov.Line;

/// <summary>What the renderer must know beside the words.</summary>
/// <param name="PublicBaseUrl">Where residents reach our pages; links that start with '/' hang below it. Pictures need it to be https, since LINE fetches nothing else.</param>
public sealed record RenderContext(Uri? PublicBaseUrl = null)
{
    /// <summary>The words that always work (戻る, やめる …), shown as quick replies where room is left. They can be typed as well, so leaving some out loses nothing.</summary>
    public ImmutableList<Choice> StandingQuick { get; init; } = [];

    /// <summary>The name over the messages, at most 20 UTF-16 units; null = the account's.</summary>
    public string? Sender { get; init; }
}

/// <summary>One call's worth of messages, legal by construction.</summary>
/// <param name="Messages">0–5 message objects, each as JSON; empty when there was nothing to say.</param>
public sealed record RenderedMessages(ImmutableList<string> Messages)
{
    /// <summary>What did not fit in one call (over 5 messages of over 5,000 units even after merging). Sent as a push of its own; null = nothing, nearly always.</summary>
    public RenderedMessages? Rest { get; init; }

    /// <summary>The <c>messages</c> array of the request, as JSON.</summary>
    public string Json => $"[{string.Join(',', Messages)}]";
}
