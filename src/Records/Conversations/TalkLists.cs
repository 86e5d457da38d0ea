using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Which talks to list. Null = any.</summary>
/// <param name="Departments">Whose desk it is.</param>
/// <param name="States">queued, queuedOutOfHours, human, returned, closed; never bot: those are <see cref="TalkLists.ListRecentTalksAsync"/>'s.</param>
/// <param name="Owner">Staff id of whoever has the talk.</param>
/// <param name="CaseOpen">The case still wants something of the office.</param>
public sealed record TalkFilter(string Town, IReadOnlyCollection<string>? Departments = null, IReadOnlyCollection<string>? States = null, string? Owner = null, bool? CaseOpen = null)
{
    /// <summary>待ち.</summary>
    public static readonly ImmutableArray<string> Waiting = ["queued"];

    /// <summary>時間外.</summary>
    public static readonly ImmutableArray<string> OutOfHours = ["queuedOutOfHours"];

    /// <summary>職員対応中.</summary>
    public static readonly ImmutableArray<string> Held = ["human"];

    /// <summary>終了.</summary>
    public static readonly ImmutableArray<string> Ended = ["closed", "returned"];
}

/// <summary>A talk as a list shows it.</summary>
/// <param name="LastText">The resident's last words; null when there were none, or they were taken back.</param>
/// <param name="LastWhat">What that message was: text, photo …; null when the resident never wrote.</param>
/// <param name="CaseTitle">Title of the case that is worked on, or was last.</param>
public sealed record TalkItem(ConversationRow Talk, string? LastText, string? LastWhat, string? CaseTitle, string? CaseStatus);

/// <summary>Where a list goes on: after the talk with that place in the order and that id.</summary>
public sealed record TalkPosition(long At, string Id);

/// <summary>How many talks are in a state.</summary>
public sealed record StateCount(string State, int Count);

/// <summary>Listing talks.</summary>
public static class TalkLists
{
    /// <summary>Talks that wait, that a person has, or that ended lately; who has waited longest comes first.</summary>
    /// <param name="after">A <see cref="ConversationRow.Since"/> and id.</param>
    public static async Task<Page<TalkItem>> ListTalksAsync(this RecordsContext records, TalkFilter filter, TalkPosition? after, int limit, CancellationToken cancel = default)
    {
        var talks = AtWork(records, filter);
        if (after is var (since, id)) talks = talks.Where(c => c.Since > since || (c.Since == since && string.Compare(c.Id, id) > 0));
        return Page<TalkItem>.Of(await Items(records, talks.OrderBy(c => c.Since).ThenBy(c => c.Id).Take(limit + 1)).ToListAsync(cancel), limit);
    }

    /// <summary>All talks that a department has to do with (its desk's, or with a case of its own), the latest first.</summary>
    /// <param name="after">A <see cref="ConversationRow.LastAt"/> and id.</param>
    public static async Task<Page<TalkItem>> ListRecentTalksAsync(this RecordsContext records, string town, IReadOnlyCollection<string>? departments, TalkPosition? after, int limit, CancellationToken cancel = default)
    {
        var talks = records.Conversations.Where(c => c.Town == town);
        if (departments is not null)
            talks = talks.Where(c => departments.Contains(c.Department!) || records.Cases.Any(k => k.Town == town && k.Resident == c.Id && departments.Contains(k.Department)));
        if (after is var (at, id)) talks = talks.Where(c => c.LastAt < at || (c.LastAt == at && string.Compare(c.Id, id) < 0));
        return Page<TalkItem>.Of(await Items(records, talks.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id).Take(limit + 1)).ToListAsync(cancel), limit);
    }

    /// <summary>How many talks are in each state that is not the bot's.</summary>
    public static Task<List<StateCount>> CountTalksAsync(this RecordsContext records, TalkFilter filter, CancellationToken cancel = default) =>
        AtWork(records, filter).GroupBy(c => c.State).Select(g => new StateCount(g.Key, g.Count())).ToListAsync(cancel);

    /// <summary>One talk as a list shows it; null when the departments have nothing to do with it, or there is none.</summary>
    /// <param name="departments">Null = all of the town.</param>
    public static async Task<TalkItem?> FindTalkAsync(this RecordsContext records, string town, string id, IReadOnlyCollection<string>? departments, CancellationToken cancel = default)
    {
        var talks = records.Conversations.Where(c => c.Town == town && c.Id == id);
        if (departments is not null)
            talks = talks.Where(c => departments.Contains(c.Department!) || records.Cases.Any(k => k.Town == town && k.Resident == c.Id && departments.Contains(k.Department)));
        return await Items(records, talks).SingleOrDefaultAsync(cancel);
    }

    /// <summary>The notes on a resident's cases, oldest first.</summary>
    /// <param name="departments">Null = of all.</param>
    public static Task<List<NoteRow>> NotesOfTalkAsync(this RecordsContext records, string town, string conversation, IReadOnlyCollection<string>? departments, CancellationToken cancel = default)
    {
        var notes = records.Notes.Where(n => n.Town == town && n.Conversation == conversation);
        if (departments is not null) notes = notes.Where(n => records.Cases.Any(k => k.Town == town && k.Number == n.Number && departments.Contains(k.Department)));
        return notes.OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(cancel);
    }

    // since orders an index that has no talks of the bot: without that condition it would not be used
    private static IQueryable<ConversationRow> AtWork(RecordsContext records, TalkFilter filter)
    {
        var talks = records.Conversations.Where(c => c.Town == filter.Town && c.State != "bot" && c.State != "erased");
        if (filter.Departments is { } departments) talks = talks.Where(c => departments.Contains(c.Department!));
        if (filter.States is { } states) talks = talks.Where(c => states.Contains(c.State));
        if (filter.Owner is { } owner) talks = talks.Where(c => c.Owner == owner);
        if (filter.CaseOpen is { } open) talks = talks.Where(c => c.CaseOpen == open);
        return talks;
    }

    private static IQueryable<TalkItem> Items(RecordsContext records, IQueryable<ConversationRow> talks) => talks.Select(c => new TalkItem(
        c,
        records.Messages.Where(m => m.Conversation == c.Id && m.Direction == "heard").OrderByDescending(m => m.Seq).Select(m => m.Text).FirstOrDefault(),
        records.Messages.Where(m => m.Conversation == c.Id && m.Direction == "heard").OrderByDescending(m => m.Seq).Select(m => m.What).FirstOrDefault(),
        records.Cases.Where(k => k.Town == c.Town && k.Number == c.CaseNumber).Select(k => k.Title).FirstOrDefault(),
        records.Cases.Where(k => k.Town == c.Town && k.Number == c.CaseNumber).Select(k => k.Status).FirstOrDefault()));
}
