namespace OrleansGov.Records;

/// <summary>A change of people, roles, sessions or keys. Instants are UTC milliseconds.</summary>
public abstract record StaffChange
{
    private StaffChange() { }

    /// <summary>The line of the audit trail that is written with it, in the same transaction.</summary>
    public AuditEntry? Audit { get; init; }

    private protected abstract IReadOnlyList<Statement> Statements { get; }

    internal Change Make() => new(Audit, Statements);

    /// <summary>A new person. Refused when the id is taken or the provider's subject is known already.</summary>
    public sealed record Add(StaffRow Person) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements =>
        [
            new("""
                INSERT INTO staff (town, id, issuer, subject, name, email, created_at, created_by, disabled_at, seen_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL) ON CONFLICT DO NOTHING
                """, Person.Town, Person.Id, Person.Issuer, Person.Subject, Person.Name, Person.Email, Person.CreatedAt, Person.CreatedBy),
            new("DELETE FROM staff_requests WHERE issuer = ?1 AND subject = ?2", Person.Issuer, Person.Subject),
        ];
    }

    /// <summary>Name and e-mail of a person.</summary>
    public sealed record Rename(string Town, string Id, string Name, string? Email) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements =>
            [new("UPDATE staff SET name = ?3, email = ?4 WHERE town = ?1 AND id = ?2", Town, Id, Name, Email)];
    }

    /// <summary>The account with which a person signs in: another provider, or a new number there. Refused when somebody else has it.</summary>
    public sealed record Rebind(string Town, string Id, string Issuer, string Subject) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements =>
        [
            new("""
                UPDATE staff SET issuer = ?3, subject = ?4 WHERE town = ?1 AND id = ?2
                AND NOT EXISTS (SELECT 1 FROM staff AS other WHERE other.issuer = ?3 AND other.subject = ?4)
                """, Town, Id, Issuer, Subject),
            new("DELETE FROM staff_requests WHERE issuer = ?1 AND subject = ?2", Issuer, Subject),
        ];
    }

    /// <summary>Gives a role; refused when the person has it.</summary>
    public sealed record Give(StaffRoleRow Role) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements =>
        [
            new("INSERT INTO staff_roles (town, staff, department, role, given_at, given_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                Role.Town, Role.Staff, Role.Department, Role.Role, Role.GivenAt, Role.GivenBy),
        ];
    }

    /// <summary>Takes a role. Refused when the person has not got it, or when it would leave the town without an administrator who may sign in.</summary>
    public sealed record Take(string Town, string Staff, string Department, string Role) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements =>
        [
            new($"DELETE FROM staff_roles WHERE town = ?1 AND staff = ?2 AND department = ?3 AND role = ?4 AND (role <> 'admin' OR {AnotherAdmin})", Town, Staff, Department, Role),
        ];
    }

    /// <summary>Shuts a person out and ends their sessions. Refused for the last administrator.</summary>
    public sealed record Disable(string Town, string Id, long At) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements =>
        [
            new($"""
                UPDATE staff SET disabled_at = ?3 WHERE town = ?1 AND id = ?2 AND disabled_at IS NULL
                AND ({AnotherAdmin} OR NOT EXISTS (SELECT 1 FROM staff_roles AS r WHERE r.town = ?1 AND r.staff = ?2 AND r.role = 'admin'))
                """, Town, Id, At),
            new("UPDATE sessions SET ended_at = ?3 WHERE town = ?1 AND staff = ?2 AND ended_at IS NULL", Town, Id, At),
        ];
    }

    /// <summary>Lets a person in again; the roles are as they were.</summary>
    public sealed record Enable(string Town, string Id) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements => [new("UPDATE staff SET disabled_at = NULL WHERE town = ?1 AND id = ?2 AND disabled_at IS NOT NULL", Town, Id)];
    }

    /// <summary>Somebody unknown asked to be let in. Of those who ask, the latest <see cref="Kept"/> are kept.</summary>
    public sealed record Ask(StaffRequestRow Request) : StaffChange
    {
        public const int Kept = 200;

        private protected override IReadOnlyList<Statement> Statements =>
        [
            new("""
                INSERT INTO staff_requests (issuer, subject, name, email, at) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name, email = excluded.email, at = excluded.at
                """, Request.Issuer, Request.Subject, Request.Name, Request.Email, Request.At),
            new("DELETE FROM staff_requests WHERE at < (SELECT min(at) FROM (SELECT at FROM staff_requests ORDER BY at DESC LIMIT ?1) AS latest)", (long)Kept),
        ];
    }

    /// <summary>Takes a request to be let in off the list.</summary>
    public sealed record Dismiss(string Issuer, string Subject) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements => [new("DELETE FROM staff_requests WHERE issuer = ?1 AND subject = ?2", Issuer, Subject)];
    }

    /// <summary>A person signed in.</summary>
    public sealed record Start(SessionRow Session) : StaffChange
    {
        // what ended this long before is of no use to anybody: the audit trail has the sign-ins
        private const long Remembered = 90L * 24 * 60 * 60 * 1000;

        private protected override IReadOnlyList<Statement> Statements =>
        [
            new("""
                INSERT INTO sessions (id, town, staff, started_at, seen_at, expires_at, ended_at, address, browser) VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7, ?8)
                """, Session.Id, Session.Town, Session.Staff, Session.StartedAt, Session.SeenAt, Session.ExpiresAt, Session.Address, Session.Browser),
            new("UPDATE staff SET seen_at = ?3 WHERE town = ?1 AND id = ?2", Session.Town, Session.Staff, Session.StartedAt),
            new("DELETE FROM sessions WHERE town = ?1 AND staff = ?2 AND expires_at < ?3", Session.Town, Session.Staff, Session.StartedAt - Remembered),
        ];
    }

    /// <summary>The person of a session did something.</summary>
    public sealed record Touch(string Session, long At) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements => [new("UPDATE sessions SET seen_at = ?2 WHERE id = ?1 AND seen_at < ?2", Session, At)];
    }

    /// <summary>Ends one session of a person.</summary>
    public sealed record End(string Town, string Staff, string Session, long At) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements =>
            [new("UPDATE sessions SET ended_at = ?4 WHERE town = ?1 AND staff = ?2 AND id = ?3 AND ended_at IS NULL", Town, Staff, Session, At)];
    }

    /// <summary>A new key. Refused when the client has two that work.</summary>
    public sealed record Issue(ApiKeyRow Key) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements =>
        [
            new("""
                INSERT INTO api_keys (id, hash, town, client, hint, scopes, departments, addresses, created_at, created_by, expires_at, revoked_at, used_at, used_from)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, CAST(?11 AS bigint), NULL, NULL, NULL
                WHERE (SELECT count(*) FROM api_keys WHERE town = ?3 AND client = ?4 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?9)) < 2
                """, Key.Id, Key.Hash, Key.Town, Key.Client, Key.Hint, Key.Scopes, Key.Departments, Key.Addresses, Key.CreatedAt, Key.CreatedBy, Key.ExpiresAt),
        ];
    }

    /// <summary>A key works no longer.</summary>
    public sealed record Revoke(string Town, string Id, long At) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements => [new("UPDATE api_keys SET revoked_at = ?3 WHERE town = ?1 AND id = ?2 AND revoked_at IS NULL", Town, Id, At)];
    }

    /// <summary>A key was used.</summary>
    public sealed record Use(string Id, long At, string From) : StaffChange
    {
        private protected override IReadOnlyList<Statement> Statements => [new("UPDATE api_keys SET used_at = ?2, used_from = ?3 WHERE id = ?1 AND (used_at IS NULL OR used_at < ?2)", Id, At, From)];
    }

    // ?1 = town, ?2 = the person who is to stop being one
    private const string AnotherAdmin = """
        EXISTS (SELECT 1 FROM staff_roles AS a JOIN staff AS s ON s.town = a.town AND s.id = a.staff
                WHERE a.town = ?1 AND a.role = 'admin' AND a.staff <> ?2 AND s.disabled_at IS NULL)
        """;
}
