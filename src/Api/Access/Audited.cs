using OrleansGov.Records;

namespace OrleansGov.Api.Access;

/// <summary>What every line of the audit trail has that is written at a door.</summary>
public static class Audited
{
    /// <summary>Names who called, from where, and the request.</summary>
    public static AuditEntry By(this AuditEntry entry, Staff staff, HttpContext http) =>
        entry with { Actor = staff.Id, Address = http.Connection.RemoteIpAddress?.ToString(), Request = http.TraceIdentifier };
}
