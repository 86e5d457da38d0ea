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
            HeardLately = turn.Next.Control.State == ControlState.Human ? Newest(heard is FactBody.Heard ? state.HeardLately.Add(facts.Seq) : state.HeardLately) : state.HeardLately.Clear(),
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
        if (!turn.Changes.IsEmpty || !turn.Alerts.IsEmpty || !turn.Unsaid.IsEmpty) next = next with { Facts = next.Facts.Add(stream, now, OfTheDesk(turn, channel, town)) };
        if (turn.Next.Control.IsSilent && state.Talk.Control.IsSilent) next = next with { Reply = null }; // no token is ever kept for a person's words
        if (turn.Says.IsEmpty) return next;

        var importance = turn.Says.Max(s => s.Importance);
        var fresh = next.Reply is { } chance && now - chance.ReceivedAt < ReplyChance.Life ? chance : null;
        var entry = new OutboxEntry(next.Spoken + 1, Guid.NewGuid(), [.. turn.Says.Select(s => s.Say)], importance, now)
        {
            Reply = fresh,
            Epoch = importance == Importance.Chatter ? turn.Next.Control.Epoch : null,
            Position = next.Facts.Seq + 1,
            Sender = turn.Sender,
        };
        return next with
        {
            // Chatter that could not be sent in its time is replaced by what is said now: while LINE is away nothing piles up.
            Outbox = Bounded(next.Outbox.RemoveAll(e => e.Importance == Importance.Chatter && now - e.At > ReplyChance.Life).Add(entry)),
            Spoken = entry.Seq,
            Reply = null,
            Facts = next.Facts.Add(stream, now, new FactBody.Said(town, channel, string.Join("\n\n", turn.Says.Select(s => s.Say.Plain))) { Author = turn.Says.All(s => s.System) ? "system" : "bot" }),
        };
    }

    /// <summary>The state after words of staff: their row stands in the outbox with its key before LINE is called.</summary>
    public static ResidentState After(this ResidentState state, StaffMessage message, Conversation talk, string shown, ImmutableList<Say> says, string channel, string stream, string town, DateTimeOffset now)
    {
        var facts = state.Facts.Add(stream, now, new FactBody.StaffSaid(town, channel, message.By.Id, message.By.Name, shown, message.Text, message.ContentIds, message.Key));
        var entry = new OutboxEntry(state.Spoken + 1, message.Key, says, Importance.MustArrive, now) { Position = facts.Seq, Sender = shown, By = message.By.Id };
        return state with
        {
            Talk = talk,
            Outbox = Bounded(state.Outbox.Add(entry)),
            Spoken = entry.Seq,
            Facts = facts,
            StaffKeys = Newest(state.StaffKeys.Add(new StaffKey(message.Key, message.Digest, facts.Seq))),
        };
    }

    /// <summary>The state without an entry, and with what became of it where somebody wants to know.</summary>
    public static ResidentState Without(this ResidentState state, OutboxEntry entry, string outcome, string? detail, string channel, string stream, string town, DateTimeOffset now)
    {
        FactBody? fact = outcome switch
        {
            OutboxSender.Overtaken => new FactBody.Suppressed(town, channel, entry.Position, string.Join("\n\n", entry.Says.Select(s => s.Plain)), outcome),
            _ when entry.By is not null => new FactBody.Delivered(town, channel, entry.Position, outcome switch
            {
                OutboxSender.Sent => "sent",
                OutboxSender.Unreachable => "undeliverable",
                OutboxSender.Unknown => "unknown",
                _ => "failed",
            }, detail),
            _ => null,
        };
        return state with
        {
            Outbox = state.Outbox.RemoveAll(e => e.Seq == entry.Seq),
            Facts = fact is null ? state.Facts : state.Facts.Add(stream, now, fact),
        };
    }

    /// <summary>So many keys of staff's words are remembered: a repeat comes within minutes.</summary>
    private const int MostKeys = 20;

    private static ImmutableList<T> Newest<T>(ImmutableList<T> list) => list.Count > MostKeys ? list.RemoveRange(0, list.Count - MostKeys) : list;

    private static IEnumerable<FactBody> OfTheDesk(Turn turn, string channel, string town)
    {
        foreach (var change in turn.Changes)
        {
            var (control, handoff) = (change.Control, change.Control.Handoff);
            yield return new FactBody.ControlChanged(town, channel, control.Epoch, $"{change.Trigger}", $"{change.From}", $"{control.State}", control.Owner, handoff?.OwnerName,
                handoff?.Department, control.CaseNumber, control.Reason, handoff?.WaitingSince, change.By)
            {
                BotContinues = control.BotContinues,
                CaseOpen = handoff?.CaseOpen ?? false,
                CallbackBy = handoff?.CallbackBy,
                FormerOwner = change.FormerOwner,
                FormerDepartment = change.FormerDepartment,
            };
        }

        foreach (var what in turn.Alerts)
            yield return new FactBody.Alerted(town, channel, turn.Next.Control.Epoch, what, turn.Next.Control.Handoff?.Department ?? "", turn.Next.Control.Owner, turn.Next.Control.CaseNumber);
        foreach (var text in turn.Unsaid) yield return new FactBody.Suppressed(town, channel, 0, text, OutboxSender.Overtaken);
    }

    /// <summary>So many answers of one resident wait at most. What they were about stands in 申込状況.</summary>
    public const int MostWaiting = 100;

    // The newest word is the one that helps; what must arrive stays longer than chatter.
    private static ImmutableList<OutboxEntry> Bounded(ImmutableList<OutboxEntry> outbox)
    {
        while (outbox.Count > MostWaiting) outbox = outbox.RemoveAt(Math.Max(0, outbox.FindIndex(e => e.Importance == Importance.Chatter) is >= 0 and var chatter ? chatter : outbox.FindIndex(e => e.By is null)));
        return outbox;
    }

    private const int LongestText = 10_000; // twice what LINE lets a person send

    // a person has the talk or is waited for
    private static bool IsAttended(Conversation talk) => talk.Control.State is ControlState.Queued or ControlState.QueuedOutOfHours or ControlState.Human;

    private static FactBody? Heard(ResidentEvent received, string town)
    {
        var channel = received.Channel;
        return received.Message switch
        {
            InboundMessage.Text m => new FactBody.Heard(town, channel, "text", PersonalNumber.Mask(m.Body.Length > LongestText ? m.Body[..LongestText] : m.Body), m.MessageId),
            InboundMessage.Tapped m => new FactBody.Heard(town, channel, "tapped", m.Picked, null) { Detail = m.Data },
            InboundMessage.Photo m => new FactBody.Heard(town, channel, "photo", null, m.MessageId) { ContentId = m.AtLine ? InboundMessage.ContentId(m.MessageId) : null },
            InboundMessage.Location m => new FactBody.Heard(town, channel, "location", $"{m.Title} {m.Address} ({m.Latitude}, {m.Longitude})".Trim(), m.MessageId) { Latitude = m.Latitude, Longitude = m.Longitude },
            InboundMessage.Sticker m => new FactBody.Heard(town, channel, "sticker", m.Words, m.MessageId) { Detail = $"{m.PackageId}/{m.StickerId}" },
            InboundMessage.Attachment m => new FactBody.Heard(town, channel, "attachment", m.Media, m.MessageId) { ContentId = InboundMessage.ContentId(m.MessageId), Detail = m.FileName },
            InboundMessage.Followed => new FactBody.Heard(town, channel, "followed", null, null),
            InboundMessage.Unfollowed => new FactBody.Heard(town, channel, "unfollowed", null, null),
            InboundMessage.Unsent m => new FactBody.Unsent(m.MessageId) { Town = town },
            InboundMessage.Unknown m => new FactBody.Heard(town, channel, "unknown", m.LineType, m.MessageId),
            _ => null,
        };
    }
}
