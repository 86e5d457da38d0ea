using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OrleansGov.Api.Lists;

/// <summary>Where a list goes on, sealed: a cursor works for the caller and the filter it was made for, and can be neither read nor changed.</summary>
public sealed class Cursors(IDataProtectionProvider protection)
{
    public string Seal(string caller, string filter, string position) => Sealer(caller, filter).Protect(position);

    /// <summary>The position; null when the cursor was not made here, for this caller and this filter.</summary>
    public string? Open(string caller, string filter, string cursor)
    {
        try
        {
            return Sealer(caller, filter).Unprotect(cursor);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Sealer(string caller, string filter) => protection.CreateProtector("list-cursor", caller, filter);
}
