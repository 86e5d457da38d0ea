using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>A line of a thread: a message, a note of staff, or a change of who speaks.</summary>
/// <param name="At">UTC milliseconds.</param>
/// <param name="Id">Stays the same when the page is loaded anew.</param>
public sealed record ThreadLine(long At, string Id, MessageRow? Message, NoteRow? Note, ControlChangeRow? Change)
{
    /// <summary>resident, bot, system, staff, note, change: who speaks decides how it looks.</summary>
    public string Kind => Message is { } m ? m.What is "followed" or "unfollowed" ? "change" : m.Direction == "heard" ? "resident" : m.Outcome == "suppressed" ? "bot suppressed" : m.Author : Note is not null ? "note" : "change";

    /// <summary>Everything in the order in which it happened; notes and changes that are older than the first message shown stay with it.</summary>
    public static ImmutableList<ThreadLine> Of(IEnumerable<MessageRow> messages, IEnumerable<NoteRow> notes, IEnumerable<ControlChangeRow> changes, bool hasEarlier, long? until)
    {
        var said = messages.ToList();
        var from = hasEarlier && said.Count > 0 ? said[0].At : 0;
        return
        [
            .. said.Select(m => (Line: new ThreadLine(m.At, $"m{m.Seq}", m, null, null), m.Seq))
                .Concat(changes.Select(c => (Line: new ThreadLine(c.At, $"c{c.Seq}", null, null, c), c.Seq)))
                .Concat(notes.Select(n => (Line: new ThreadLine(n.At, $"n{n.Id}", null, n, null), Seq: long.MaxValue)))
                .Where(l => l.Line.At >= from && (until is null || l.Line.Message is not null || l.Line.At <= said.LastOrDefault()?.At))
                .OrderBy(l => l.Line.At).ThenBy(l => l.Seq).Select(l => l.Line),
        ];
    }
}
