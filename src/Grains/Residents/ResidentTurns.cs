namespace OrleansGov.Grains;

/// <summary>Next states of a resident: pure, so that a turn is one assignment and one write.</summary>
public static class ResidentTurns
{
    /// <summary>The state after a turn that an event of the resident caused.</summary>
    public static ResidentState After(this ResidentState state, Turn turn, ResidentEvent received, string stream, string town, DateTimeOffset now)
    {
        var chance = received.ReplyToken is { } token ? new ReplyChance(token, received.ReceivedAt) : null;
        var heard = Heard(received, town);
        if (heard is FactBody.Heard line && (IsAttended(state.Talk) || IsAttended(turn.Next))) heard = line with { Attended = true };
        var facts = heard is null ? state.Facts : state.Facts.Add(stream, received.OccurredAt, heard);
        return (state with
        {
            LineUserId = received.LineUserId,
            Seen = state.Seen.Add(received.EventId, received.OccurredAt, now),
            Reply = chance ?? state.Reply,
            Facts = facts,
            LastHeard = heard is FactBody.Heard ? facts.Seq : state.LastHeard,
        }).After(turn, received.Channel, stream, town, now);
    }

    /// <summary>The state after any turn: what is said goes to the outbox, what is wanted to the intents, what happened to the facts.</summary>
    public static ResidentState After(this ResidentState state, Turn turn, string channel, string stream, string town, DateTimeOffset now)
    {
        var next = state with
        {
            Talk = turn.Next,
            Intents = state.Intents.AddRange(turn.Intents.Where(i => state.Intents.All(p => p.Intent.Id != i.Id)).Select(i => new PendingIntent(i, now))),
            Forms = state.Forms.RemoveAll(f => f.Until <= now || !Dialogue.WaitsForForm(turn.Next, f.Run, f.Step)),
            Facts = state.Facts.Add(stream, now, turn.Happenings.Select(h => new FactBody.Happened(town, channel, h))),
        };
        if (turn.Says.IsEmpty) return next;

        var importance = turn.Says.Max(s => s.Importance);
        var fresh = next.Reply is { } chance && now - chance.ReceivedAt < ReplyChance.Life ? chance : null;
        var entry = new OutboxEntry(next.Spoken + 1, Guid.NewGuid(), [.. turn.Says.Select(s => s.Say)], importance, now)
        {
            Reply = fresh,
            Epoch = importance == Importance.Chatter ? turn.Next.Control.Epoch : null,
            Position = next.Facts.Seq + 1,
        };
        return next with
        {
            // Chatter that could not be sent in its time is replaced by what is said now: while LINE is away nothing piles up.
            Outbox = Bounded(next.Outbox.RemoveAll(e => e.Importance == Importance.Chatter && now - e.At > ReplyChance.Life).Add(entry)),
            Spoken = entry.Seq,
            Reply = null,
            Facts = next.Facts.Add(stream, now, new FactBody.Said(town, channel, string.Join("\n\n", turn.Says.Select(s => s.Say.Plain)))),
        };
    }

    /// <summary>So many answers of one resident wait at most. What they were about stands in 申込状況.</summary>
    public const int MostWaiting = 100;

    // The newest word is the one that helps; what must arrive stays longer than chatter.
    private static ImmutableList<OutboxEntry> Bounded(ImmutableList<OutboxEntry> outbox)
    {
        while (outbox.Count > MostWaiting) outbox = outbox.RemoveAt(Math.Max(0, outbox.FindIndex(e => e.Importance == Importance.Chatter)));
        return outbox;
    }

    private const int LongestText = 10_000; // twice what LINE lets a person send

    // a person has the talk or is waited for
    private static bool IsAttended(Conversation talk) => talk.Control.State is ControlState.Queued or ControlState.QueuedOutOfHours or ControlState.Human;

    private static FactBody? Heard(ResidentEvent received, string town) => received.Message switch
    {
        InboundMessage.Text m => new FactBody.Heard(town, received.Channel, "text", PersonalNumber.Mask(m.Body.Length > LongestText ? m.Body[..LongestText] : m.Body), m.MessageId),
        InboundMessage.Tapped m => new FactBody.Heard(town, received.Channel, "tapped", m.Picked, null),
        InboundMessage.Photo m => new FactBody.Heard(town, received.Channel, "photo", null, m.MessageId),
        InboundMessage.Location m => new FactBody.Heard(town, received.Channel, "location", $"{m.Title} {m.Address} ({m.Latitude}, {m.Longitude})".Trim(), m.MessageId),
        InboundMessage.Sticker m => new FactBody.Heard(town, received.Channel, "sticker", m.Words, m.MessageId),
        InboundMessage.Attachment m => new FactBody.Heard(town, received.Channel, "attachment", m.Media, m.MessageId),
        InboundMessage.Followed => new FactBody.Heard(town, received.Channel, "followed", null, null),
        InboundMessage.Unfollowed => new FactBody.Heard(town, received.Channel, "unfollowed", null, null),
        InboundMessage.Unsent m => new FactBody.Unsent(m.MessageId) { Town = town },
        InboundMessage.Unknown m => new FactBody.Heard(town, received.Channel, "unknown", m.LineType, m.MessageId),
        _ => null,
    };
}
