using System.Security.Claims;
using OrleansGov.Records;

namespace OrleansGov.Api.Access;

/// <summary>Who calls: a person or a machine's key.</summary>
/// <param name="Id">A person's stable id, or <c>key:{name}</c>.</param>
/// <param name="Name">As colleagues know it.</param>
/// <param name="Town">The only town it sees.</param>
/// <param name="Grants">What it may do, and where.</param>
public sealed record Staff(string Id, string Name, string Town, ImmutableList<Grant> Grants)
{
    private static readonly ImmutableHashSet<string> Content = [Scopes.ReadCases, Scopes.ReadBookings, Scopes.ReadConversations];

    /// <summary>A machine with a key.</summary>
    /// <param name="departments">Null = all of the town.</param>
    public static Staff Machine(string name, string town, IReadOnlyCollection<string>? departments, IEnumerable<string> scopes)
    {
        ImmutableHashSet<string> rights = [.. scopes];
        if (rights.Contains(Scopes.Handoff)) rights = rights.Union([Rights.TakeConversations, Rights.Reply, Rights.ChangeCases]);
        return new($"key:{name}", name, town, departments is null ? [new(null, rights)] : [.. departments.Select(d => new Grant(d, rights))]);
    }

    public static Staff Person(StaffRow person, IEnumerable<StaffRoleRow> roles) => new(person.Id, person.Name, person.Town,
    [
        .. from role in roles
           let known = Roles.Find(role.Role)
           where known is not null
           group known by role.Department into department
           select new Grant(department.Key == StaffRoleRow.WholeTown ? null : department.Key, [.. department.SelectMany(r => r.Rights)]),
    ]);

    /// <exception cref="InvalidOperationException">Nobody has been let in: the endpoint has no policy.</exception>
    public static Staff Of(ClaimsPrincipal user) => Try(user) ?? throw new InvalidOperationException("The endpoint has no authorization policy.");

    /// <summary>Null = nobody.</summary>
    public static Staff? Try(ClaimsPrincipal user) => (user.Identity as StaffIdentity)?.Staff;

    public bool IsMachine => Id.StartsWith("key:", StringComparison.Ordinal);

    /// <summary>For commands on a talk.</summary>
    /// <param name="departments">The talk's; null = it has none yet, and what this caller may do anywhere counts.</param>
    public Actor Acting(IReadOnlyCollection<string>? departments) => new(Id, Name, Town, Departments is { } mine ? [.. mine] : null,
        StaffRights.All.FindAll(right => departments is { Count: > 0 } ? departments.Any(d => Can(right, d)) : Can(right)));

    /// <summary>The departments whose residents and cases it sees; null = all of the town.</summary>
    public IReadOnlyCollection<string>? Departments => Where(Content.Overlaps);

    /// <summary>Anywhere at all.</summary>
    public bool Can(string right) => Grants.Exists(g => g.Rights.Contains(right));

    public bool Can(string right, string department) => Grants.Exists(g => (g.Department is null || g.Department == department) && g.Rights.Contains(right));

    /// <summary>Where it has a right; null = in all of the town.</summary>
    public IReadOnlyCollection<string>? DepartmentsFor(string right) => Where(rights => rights.Contains(right));

    /// <summary>What it may do in one department.</summary>
    public ImmutableHashSet<string> RightsIn(string department) => [.. Grants.Where(g => g.Department is null || g.Department == department).SelectMany(g => g.Rights)];

    public bool Sees(string department) => Departments?.Contains(department) ?? true;

    /// <summary>The departments of a list: those asked for, as far as they are visible.</summary>
    public IReadOnlyCollection<string>? Among(string? department) => department is null ? Departments : Sees(department) ? [department] : [];

    private ImmutableSortedSet<string>? Where(Func<ImmutableHashSet<string>, bool> has)
    {
        var places = Grants.Where(g => has(g.Rights)).ToList();
        return places.Exists(g => g.Department is null) ? null : [.. places.Select(g => g.Department!)];
    }
}

/// <summary>Rights in one department.</summary>
/// <param name="Department">Null = in all of the town.</param>
public sealed record Grant(string? Department, ImmutableHashSet<string> Rights);

/// <summary>A caller who has been let in. Lives for one request and is never written down.</summary>
/// <param name="scheme">How it came in.</param>
/// <param name="session">Of a person: the session's id.</param>
public sealed class StaffIdentity(Staff staff, string scheme, string? session = null)
    : ClaimsIdentity([new(ClaimTypes.NameIdentifier, staff.Id), new(ClaimTypes.Name, staff.Name)], scheme)
{
    public Staff Staff { get; } = staff;

    public string? Session { get; } = session;
}

/// <summary>What a machine's key may be good for.</summary>
public static class Scopes
{
    public const string ReadCases = "cases:read";
    public const string ReadBookings = "bookings:read";
    public const string ReadConversations = "conversations:read";
    public const string ReadProcedures = "procedures:read";
    public const string PublishProcedures = "procedures:publish";
    public const string ReadBroadcasts = "broadcasts:read";
    public const string SendBroadcasts = "broadcasts:send";

    /// <summary>The 稼働状況 page: how the installation is, nothing about anybody.</summary>
    public const string ReadStatus = "status:read";

    /// <summary>Take, answer and note as a machine, shown as one.</summary>
    public const string Handoff = "handoff.reply";

    /// <summary>Where integrators hear of events.</summary>
    public const string ManageHooks = "webhooks:manage";

    public static readonly ImmutableList<string> All =
        [ReadCases, ReadBookings, ReadConversations, ReadProcedures, PublishProcedures, ReadBroadcasts, SendBroadcasts, ReadStatus, Handoff, ManageHooks];
}
