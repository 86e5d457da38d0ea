using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.Events;

/// <summary>Who still listens: a request that lasts for hours was let in once, and everything may have changed since.</summary>
public sealed class Listeners(RecordsStore records, ApiKeys keys, TimeProvider clock)
{
    /// <returns>The caller with the rights of this moment; null: session ended, person shut out, key revoked or expired.</returns>
    public async Task<Staff?> StillAsync(HttpContext http, CancellationToken cancel)
    {
        if (http.User.Identity is not StaffIdentity identity) return null;
        if (identity.Session is { } session)
        {
            await using var read = records.Read();
            return await read.FindSessionAsync(session, clock.GetUtcNow().ToUnixTimeMilliseconds(), cancel) is var (_, person, roles) ? Staff.Person(person, roles) : null;
        }

        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? await keys.FindAsync(header["Bearer ".Length..].Trim(), http.Connection.RemoteIpAddress, cancel) : null;
    }
}
