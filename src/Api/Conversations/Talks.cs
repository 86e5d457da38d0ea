using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.Conversations;

/// <summary>A talk that exists for whoever asks, as it stands at this moment.</summary>
/// <param name="Actor">The caller as the talk's own rules know it.</param>
/// <param name="Room">The talk itself.</param>
public sealed record Talk(Staff Staff, Actor Actor, IResidentGrain Room, TalkView View);

/// <summary>Finding a talk for somebody. Another department's or town's is not there, whatever is asked of it; that it was asked for is written down.</summary>
public static class Talks
{
    /// <returns>Null: it does not exist, or not for this caller.</returns>
    public static async Task<Talk?> FindAsync(HttpContext http, string id, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(http.User);
        await using var read = records.Read();
        // Records first: a made-up id must not bring a resident's room to life
        if (await read.FindConversationAsync(staff.Town, id, http.RequestAborted) is not { } row) return null;
        var room = rooms.Resident(ResidentKey.Join(row.Channel, id));
        var view = await room.Look();
        if (staff.Departments is null || view.Departments.Any(staff.Sees)) return new(staff, staff.Acting(view.Departments), room, view);
        await records.AuditAsync(AuditEntry.Refused(clock.GetUtcNow(), staff.Town, staff.Name, "refused", id, "another department").By(staff, http));
        return null;
    }

    /// <summary>That somebody reads, before a word is shown.</summary>
    public static Task ReadingAsync(this RecordsStore records, Talk talk, string what, HttpContext http, TimeProvider clock) => records.AuditAsync(
        AuditEntry.Read(clock.GetUtcNow(), talk.Staff.Town, talk.Staff.Name, what, talk.View.Conversation).By(talk.Staff, http) with { Department = talk.View.Department });

    /// <summary>That somebody tried what the talk did not allow.</summary>
    public static Task RefusingAsync(this RecordsStore records, Talk talk, string action, string why, HttpContext http, TimeProvider clock) => records.AuditAsync(
        AuditEntry.Refused(clock.GetUtcNow(), talk.Staff.Town, talk.Staff.Name, action, talk.View.Conversation, why).By(talk.Staff, http) with { Department = talk.View.Department });
}
