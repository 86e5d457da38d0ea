using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Records;

/// <summary>
/// Each line of a town's audit trail holds the hash of itself and of the line before: changing, adding or removing one in the middle shows, and the
/// head, kept apart, shows what is missing at the end. The hash is SHA-256 over the hash before (empty for the first line) and the line's values in
/// a fixed order, each as its length in UTF-8 bytes, a colon and itself; <c>-</c> for none.
/// </summary>
internal static class AuditChain
{
    public static AuditRow Link(AuditEntry entry, long place, string previous)
    {
        var row = new AuditRow(0, entry.At.ToUnixTimeMilliseconds(), Clean(entry.Town), Clean(entry.Principal), Clean(entry.Action), Clean(entry.Subject), Clean(entry.Detail), NameOf(entry.Kind), place, "")
        {
            Actor = Clean(entry.Actor),
            SubjectName = Clean(entry.SubjectName),
            Department = Clean(entry.Department),
            Address = Clean(entry.Address),
            Before = Clean(entry.Before),
            After = Clean(entry.After),
            Reason = Clean(entry.Reason),
            Request = Clean(entry.Request),
            OnBehalfOf = Clean(entry.OnBehalfOf),
        };
        return row with { Hash = HashOf(row, previous) };
    }

    public static string HashOf(AuditRow row, string previous)
    {
        var text = new StringBuilder(previous, 512);
        foreach (var value in (ReadOnlySpan<string?>)
        [
            "1", row.Town, Number(row.Place), Number(row.At), row.Kind, row.Principal, row.Actor, row.Action, row.Subject, row.SubjectName, row.Department, row.Detail,
            row.Before, row.After, row.Reason, row.Address, row.Request, row.OnBehalfOf,
        ])
        {
            if (value is null) text.Append('-');
            else text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:{value}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public static string NameOf(AuditKind kind) => kind switch
    {
        AuditKind.Change => "change",
        AuditKind.Read => "read",
        _ => "refusal",
    };

    /// <summary>Appends lines to the chains of their towns.</summary>
    /// <param name="heads">Where each town stands; missing = nothing yet. Afterwards where they stand then.</param>
    public static List<AuditRow> Append(IEnumerable<AuditEntry> entries, Dictionary<string, AuditHeadRow> heads)
    {
        List<AuditRow> rows = [];
        foreach (var entry in entries)
        {
            var head = heads.GetValueOrDefault(entry.Town) ?? new(entry.Town, 0, "", 0, "");
            var row = Link(entry, head.Place + 1, head.Hash);
            heads[entry.Town] = head with { Place = row.Place, Hash = row.Hash };
            rows.Add(row);
        }

        return rows;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // what is hashed is what both databases can hold
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Clean(string? text) => PostgresColumns.Storable(text);
}
