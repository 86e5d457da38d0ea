namespace OrleansGov.Records;

/// <summary>Somebody who works for a town. Instants are UTC milliseconds.</summary>
/// <param name="Id">Stable and meaningless; what the audit trail and conversations name.</param>
/// <param name="Issuer">Of the identity provider, without a slash at the end.</param>
/// <param name="Subject">How the provider calls the person: its <c>sub</c>.</param>
/// <param name="DisabledAt">Null = may sign in.</param>
/// <param name="SeenAt">Last sign-in; null = never.</param>
public sealed record StaffRow(string Town, string Id, string Issuer, string Subject, string Name, string? Email, long CreatedAt, string CreatedBy, long? DisabledAt, long? SeenAt);

/// <summary>A role of a person in a department.</summary>
/// <param name="Department"><see cref="WholeTown"/> = in all of them.</param>
/// <param name="Role">viewer, officer, lead, author, broadcaster, admin, auditor.</param>
public sealed record StaffRoleRow(string Town, string Staff, string Department, string Role, long GivenAt, string GivenBy)
{
    public const string WholeTown = "*";
}

/// <summary>Somebody who signed in at the provider and is not known here.</summary>
public sealed record StaffRequestRow(string Issuer, string Subject, string Name, string? Email, long At);

/// <summary>A person's session in one browser.</summary>
/// <param name="Id">SHA-256 of the cookie's value, lower-case hex.</param>
/// <param name="SeenAt">When the person last did something, right to the minute.</param>
/// <param name="ExpiresAt">Ends then in any case.</param>
/// <param name="EndedAt">Null = not ended by anybody.</param>
public sealed record SessionRow(string Id, string Town, string Staff, long StartedAt, long SeenAt, long ExpiresAt, long? EndedAt, string Address, string Browser);

/// <summary>A machine's key.</summary>
/// <param name="Hash">SHA-256 of the key, lower-case hex.</param>
/// <param name="Client">What the machine is called; the keys of one client are its changes.</param>
/// <param name="Hint">The key's last four characters, so that people can tell two apart.</param>
/// <param name="Scopes">Separated by blanks.</param>
/// <param name="Departments">Separated by blanks; null = all of the town.</param>
/// <param name="Addresses">Networks it may call from, separated by blanks; null = any.</param>
public sealed record ApiKeyRow(
    string Id, string Hash, string Town, string Client, string Hint, string Scopes, string? Departments, string? Addresses, long CreatedAt, string CreatedBy,
    long? ExpiresAt, long? RevokedAt, long? UsedAt, string? UsedFrom)
{
    /// <summary>It opens doors at that time.</summary>
    public bool Works(long now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}
