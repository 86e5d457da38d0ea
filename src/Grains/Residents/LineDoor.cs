using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>How an outbox entry becomes a call to LINE: rendered the same each time, by reply while it has a token, else pushed with its retry key.</summary>
/// <param name="context">Where residents reach our pages.</param>
public sealed class LineDoor(MessagingClient line, RenderContext context)
{
    /// <returns>What became of it, whether the entry says more than this part, and LINE's own words where it refused.</returns>
    public async Task<(SendOutcome Outcome, bool HasMore, string? Detail)> Send(string channel, string to, OutboxEntry entry)
    {
        var part = Part(entry);
        var result = entry.Reply is { } chance
            ? await line.Reply(channel, chance.Token, part.Json)
            : await line.Push(channel, to, part.Json, entry.RetryKey);
        return (result.Outcome, part.Rest is not null, result is SendResult.Refused refused ? refused.Body : null);
    }

    private RenderedMessages Part(OutboxEntry entry)
    {
        var rendered = MessageRenderer.Render(entry.Says, entry.Sender is null ? context : context with { Sender = entry.Sender });
        for (var part = 0; part < entry.Part && rendered.Rest is { } rest; part++) rendered = rest;
        return rendered;
    }
}
