using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>How an outbox entry becomes a call to LINE: rendered the same each time, by reply while it has a token, else pushed with its retry key.</summary>
/// <param name="context">Where residents reach our pages.</param>
public sealed class LineDoor(MessagingClient line, RenderContext context)
{
    public async Task<SendOutcome> Send(string channel, string to, OutboxEntry entry)
    {
        var messages = Part(entry).Json;
        var result = entry.Reply is { } chance
            ? await line.Reply(channel, chance.Token, messages)
            : await line.Push(channel, to, messages, entry.RetryKey);
        return result.Outcome;
    }

    /// <summary>Whether the entry says more than the part just sent.</summary>
    public bool HasMore(OutboxEntry entry) => Part(entry).Rest is not null;

    private RenderedMessages Part(OutboxEntry entry)
    {
        var rendered = MessageRenderer.Render(entry.Says, context);
        for (var part = 0; part < entry.Part && rendered.Rest is { } rest; part++) rendered = rest;
        return rendered;
    }
}
