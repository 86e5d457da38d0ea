using System.Globalization;
using OrleansGov.Api.Lists;

namespace OrleansGov.Api.Broadcasts;

/// <summary>
/// The ETag of a broadcast: <c>"{revision}-{hash}"</c>. All of it changes with progress, so that a poll sees it; If-Match looks at the revision alone, which
/// only people change. Whoever presses stop in the middle of sending would otherwise be late every time.
/// </summary>
internal static class BroadcastTag
{
    public static string Of<T>(int revision, T standing)
        where T : class => FormattableString.Invariant($"\"{revision}-{Etag.OfRow(standing).Trim('"')}\"");

    /// <summary>The revision of an If-Match header: the current one for <c>*</c>; null when it can match nothing.</summary>
    public static int? Revision(string ifMatch, int current)
    {
        var tag = ifMatch.Trim();
        if (tag == "*") return current;
        return tag.Length > 2 && tag[0] == '"' && int.TryParse(tag[1..].Split('-', '"')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
    }
}
