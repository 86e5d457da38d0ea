using System.Security.Claims;

namespace OrleansGov.Api.Access;

/// <summary>Who calls the API: a machine's key or a person.</summary>
/// <param name="Name">As it appears in the audit trail.</param>
/// <param name="Town">The only town it sees.</param>
/// <param name="Departments">The departments it sees; null = all of the town.</param>
public sealed record Staff(string Name, string Town, IReadOnlyCollection<string>? Departments)
{
    private const string TownClaim = "town";
    private const string DepartmentClaim = "department";
    internal const string ScopeClaim = "scope";

    public static Staff Of(ClaimsPrincipal user) => new(
        user.Identity?.Name ?? throw new InvalidOperationException("The endpoint has no authorization policy."),
        user.FindFirstValue(TownClaim)!,
        user.HasClaim(c => c.Type == DepartmentClaim) ? [.. user.FindAll(DepartmentClaim).Select(c => c.Value)] : null);

    public bool Sees(string department) => Departments?.Contains(department) ?? true;

    /// <summary>The departments of a list: those asked for, as far as they are visible.</summary>
    public IReadOnlyCollection<string>? Among(string? department) => department is null ? Departments : Sees(department) ? [department] : [];

    public ClaimsPrincipal Principal(string scheme, IEnumerable<string> scopes) => new(new ClaimsIdentity(
    [
        new(ClaimTypes.Name, Name), new(TownClaim, Town),
        .. (Departments ?? []).Select(d => new Claim(DepartmentClaim, d)),
        .. scopes.Select(s => new Claim(ScopeClaim, s)),
    ], scheme));
}

/// <summary>What a caller may do.</summary>
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

    public static readonly ImmutableList<string> All = [ReadCases, ReadBookings, ReadConversations, ReadProcedures, PublishProcedures, ReadBroadcasts, SendBroadcasts, ReadStatus];
}
