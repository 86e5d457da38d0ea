using Microsoft.AspNetCore.Http.Extensions;

namespace OrleansGov.Api.Lists;

/// <summary>The address of a list's next part (RFC 8288).</summary>
public static class NextLink
{
    public static string? Of(HttpContext http, string? cursor)
    {
        if (cursor is null) return null;
        var query = new QueryBuilder(http.Request.Query.Where(q => q.Key != "cursor").SelectMany(q => q.Value, (q, value) => new KeyValuePair<string, string>(q.Key, value ?? ""))) { { "cursor", cursor } };
        return http.Request.PathBase + http.Request.Path + query.ToQueryString().Value;
    }
}
