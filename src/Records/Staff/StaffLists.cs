using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Finding people, sessions and keys.</summary>
public static class StaffLists
{
    /// <summary>How long a session lasts after the person last did something.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    /// <summary>Who stands behind a session that is still good at <paramref name="now"/>, with their roles.</summary>
    public static async Task<(SessionRow Session, StaffRow Person, List<StaffRoleRow> Roles)?> FindSessionAsync(this RecordsContext records, string id, long now, CancellationToken cancel = default)
    {
        var idleSince = now - (long)Idle.TotalMilliseconds;
        var found = await (
            from session in records.Sessions
            join person in records.Staff on new { session.Town, Id = session.Staff } equals new { person.Town, person.Id }
            where session.Id == id && session.EndedAt == null && session.ExpiresAt > now && session.SeenAt > idleSince && person.DisabledAt == null
            select new { session, person }).SingleOrDefaultAsync(cancel);
        return found is null ? null : (found.session, found.person, await records.RolesAsync(found.person.Town, found.person.Id, cancel));
    }

    public static Task<StaffRow?> FindStaffAsync(this RecordsContext records, string town, string id, CancellationToken cancel = default) =>
        records.Staff.SingleOrDefaultAsync(s => s.Town == town && s.Id == id, cancel);

    /// <summary>By what the provider says; null = unknown here.</summary>
    public static Task<StaffRow?> FindSubjectAsync(this RecordsContext records, string issuer, string subject, CancellationToken cancel = default) =>
        records.Staff.SingleOrDefaultAsync(s => s.Issuer == issuer && s.Subject == subject, cancel);

    public static Task<List<StaffRoleRow>> RolesAsync(this RecordsContext records, string town, string staff, CancellationToken cancel = default) =>
        records.StaffRoles.Where(r => r.Town == town && r.Staff == staff).OrderBy(r => r.Department).ThenBy(r => r.Role).ToListAsync(cancel);

    /// <summary>People of a town with their roles, by name.</summary>
    /// <param name="words">Part of a name, e-mail or subject; null = all.</param>
    /// <param name="department">Who has a role in it, or in the whole town; null = any.</param>
    /// <param name="role">Null = any.</param>
    public static async Task<List<(StaffRow Person, List<StaffRoleRow> Roles)>> ListStaffAsync(
        this RecordsContext records, string town, string? words, string? department, string? role, bool withDisabled, CancellationToken cancel = default)
    {
        var people = records.Staff.Where(s => s.Town == town);
        if (!withDisabled) people = people.Where(s => s.DisabledAt == null);
        if (words is not null) people = people.Where(s => s.Name.Contains(words) || s.Subject.Contains(words) || (s.Email != null && s.Email.Contains(words)));
        if (department is not null) people = people.Where(s => records.StaffRoles.Any(r => r.Town == town && r.Staff == s.Id && (r.Department == department || r.Department == StaffRoleRow.WholeTown)));
        if (role is not null) people = people.Where(s => records.StaffRoles.Any(r => r.Town == town && r.Staff == s.Id && r.Role == role));
        var found = await people.OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancel);
        var roles = (await records.StaffRoles.Where(r => r.Town == town).ToListAsync(cancel)).ToLookup(r => r.Staff);
        return [.. found.Select(s => (s, roles[s.Id].OrderBy(r => r.Department, StringComparer.Ordinal).ThenBy(r => r.Role, StringComparer.Ordinal).ToList()))];
    }

    /// <summary>Those who asked to be let in, the latest first.</summary>
    public static Task<List<StaffRequestRow>> ListRequestsAsync(this RecordsContext records, CancellationToken cancel = default) =>
        records.StaffRequests.OrderByDescending(r => r.At).ToListAsync(cancel);

    /// <summary>A person's sessions that are good at <paramref name="now"/>, the latest first.</summary>
    public static Task<List<SessionRow>> ListSessionsAsync(this RecordsContext records, string town, string staff, long now, CancellationToken cancel = default)
    {
        var idleSince = now - (long)Idle.TotalMilliseconds;
        return records.Sessions.Where(s => s.Town == town && s.Staff == staff && s.EndedAt == null && s.ExpiresAt > now && s.SeenAt > idleSince).OrderByDescending(s => s.SeenAt).ToListAsync(cancel);
    }

    /// <param name="hash">SHA-256 of the key, lower-case hex.</param>
    public static Task<ApiKeyRow?> FindKeyAsync(this RecordsContext records, string hash, CancellationToken cancel = default) =>
        records.ApiKeys.SingleOrDefaultAsync(k => k.Hash == hash, cancel);

    /// <summary>A town's keys, client by client, the latest key first.</summary>
    public static Task<List<ApiKeyRow>> ListKeysAsync(this RecordsContext records, string town, CancellationToken cancel = default) =>
        records.ApiKeys.Where(k => k.Town == town).OrderBy(k => k.Client).ThenByDescending(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(cancel);
}
