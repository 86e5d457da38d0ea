namespace OrleansGov.Contracts;

/// <summary>Keys of broadcasts and of the chunks of their audiences.</summary>
public static class BroadcastKey
{
    public static string For(string town, string id) => $"b:{town}/{id}";

    /// <summary>Town and id of a key.</summary>
    public static (string Town, string Id) Split(string key)
    {
        var slash = key.LastIndexOf('/');
        if (slash < 3 || !key.StartsWith("b:", StringComparison.Ordinal)) throw new FormatException($"'{key}' is no key of a broadcast.");
        return (key[2..slash], key[(slash + 1)..]);
    }

    /// <summary>The n-th chunk of a broadcast's audience: <c>bc:{town}/{id}/{n}</c>.</summary>
    public static string Chunk(string broadcast, int number) => FormattableString.Invariant($"bc:{broadcast[2..]}/{number}");
}
