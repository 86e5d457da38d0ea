namespace Orleans.Runtime;

/// <summary>Values that travel with a call and the calls it makes.</summary>
public static class RequestContext
{
    internal static readonly AsyncLocal<ContextProperties> CallContextData = new();

    /// <summary>The names in use.</summary>
    public static IEnumerable<string> Keys => CallContextData.Value.Values?.Keys ?? Enumerable.Empty<string>();

    /// <summary>Names and values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => CallContextData.Value.Values ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>The value, or null.</summary>
    public static object? Get(string key) => CallContextData.Value.Values?.GetValueOrDefault(key);

    /// <summary>Sets a value for this flow of execution and the calls it makes.</summary>
    public static void Set(string key, object value)
    {
        // Others may hold the same dictionary: it is replaced, never changed.
        var values = CallContextData.Value.Values is { } known ? new Dictionary<string, object>(known) : new(1);
        values[key] = value;
        CallContextData.Value = new() { Values = values };
    }

    /// <summary>Removes a value; false when there was none.</summary>
    public static bool Remove(string key)
    {
        if (CallContextData.Value.Values is not { } known || !known.ContainsKey(key))
            return false;
        var values = new Dictionary<string, object>(known);
        values.Remove(key);
        CallContextData.Value = new() { Values = values.Count > 0 ? values : null };
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear()
    {
        if (!CallContextData.Value.IsDefault)
            CallContextData.Value = default;
    }

    internal readonly struct ContextProperties
    {
        public Dictionary<string, object>? Values { get; init; }

        public bool IsDefault => Values is null;
    }
}
