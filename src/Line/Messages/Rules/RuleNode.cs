using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansGov.Line;

/// <summary>LINE counts most texts in UTF-16 units, a few in grapheme clusters.</summary>
enum Counting { Units, Graphemes }

/// <summary>A place in the JSON under test: its value, its path, and the list of faults found so far. Every method looks at one property and reports what LINE would.</summary>
readonly record struct RuleNode(JsonElement Json, string Path, List<MessageFault> Faults)
{
    public RuleNode? this[string name] =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new(value, PathOf(name), Faults)
            : null;

    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    public void Fail(string message) => Faults.Add(new(Path, message));

    public void FailAt(string name, string message) => Faults.Add(new(PathOf(name), message));

    /// <summary>False (and a fault) when this is no object; otherwise notes properties that are not among <paramref name="known"/>.</summary>
    public bool IsObject(params ReadOnlySpan<string> known)
    {
        if (Json.ValueKind != JsonValueKind.Object)
        {
            Fail("must be an object");
            return false;
        }
        foreach (var property in Json.EnumerateObject())
            if (!known.Contains(property.Name)) Faults.Add(new(PathOf(property.Name), "unknown property", true));
        return true;
    }

    public RuleNode? Required(string name)
    {
        if (this[name] is { } node) return node;
        FailAt(name, "must be specified");
        return null;
    }

    /// <summary>The elements of an array property; empty (and a fault) when it is missing although required, no array, or of a wrong size.</summary>
    public IReadOnlyList<RuleNode> Items(string name, int min, int max, bool required = true)
    {
        var found = required ? Required(name) : this[name];
        if (found is not { } list) return [];
        return list.Elements(min, max);
    }

    public IReadOnlyList<RuleNode> Elements(int min, int max)
    {
        if (Json.ValueKind != JsonValueKind.Array)
        {
            Fail("must be an array");
            return [];
        }
        var count = Json.GetArrayLength();
        if (count < min || count > max) Fail(max == int.MaxValue ? "May not be empty" : $"Size must be between {min} and {max}");
        var (path, faults) = (Path, Faults);
        return [.. Json.EnumerateArray().Select((e, i) => new RuleNode(e, $"{path}[{i}]", faults))];
    }

    /// <summary>A text property, checked and counted; null when it is absent or no text.</summary>
    public string? Text(string name, int max, Counting counting = Counting.Units, bool required = true, bool mayBeEmpty = false)
    {
        var found = required ? Required(name) : this[name];
        if (found?.AsText() is not { } text) return null;
        if (text.Length == 0)
        {
            if (!mayBeEmpty) FailAt(name, "May not be empty");
        }
        else if (text.Length > max && (counting == Counting.Units || text.Graphemes() > max))
            FailAt(name, $"Length must be between 0 and {max}");
        return text;
    }

    public string? AsText()
    {
        if (Json.ValueKind == JsonValueKind.String)
            try
            {
                return Json.GetString();
            }
            catch (InvalidOperationException)
            {
                Fail("must be valid Unicode text");
                return null;
            }
        Fail("must be a string");
        return null;
    }

    public string? OneOf(string name, bool required, params ReadOnlySpan<string> words)
    {
        var found = required ? Required(name) : this[name];
        if (found?.AsText() is not { } text) return null;
        if (words.Contains(text)) return text;
        FailAt(name, $"Must be one of the following values: [{string.Join(", ", words.ToArray())}]");
        return null;
    }

    public string? Shape(string name, Regex shape, bool required = false)
    {
        var found = required ? Required(name) : this[name];
        if (found?.AsText() is not { } text) return null;
        if (!shape.IsMatch(text)) FailAt(name, "invalid property");
        return text;
    }

    /// <summary>An address. LINE wants percent-encoded UTF-8, so anything outside ASCII is refused.</summary>
    public void Url(string name, bool required, int max = 2000, params ReadOnlySpan<string> schemes)
    {
        if (Text(name, max, required: required) is not { Length: > 0 } url) return;
        if (schemes.IsEmpty) schemes = ["https"];
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !schemes.Contains(url[..colon].ToLowerInvariant())) FailAt(name, "invalid uri scheme");
        else if (url.Any(c => c is <= ' ' or > '~') || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme.StartsWith("http", StringComparison.Ordinal) && uri.Host.Length == 0))
            FailAt(name, "invalid uri");
    }

    public long? Whole(string name, bool required, long min = long.MinValue, long max = long.MaxValue)
    {
        var found = required ? Required(name) : this[name];
        if (found is not { } node) return null;
        if (node.Json.ValueKind != JsonValueKind.Number || !node.Json.TryGetInt64(out var number))
        {
            node.Fail("must be a whole number");
            return null;
        }
        if (number < min) node.Fail($"must be greater than or equal to {min.ToString(CultureInfo.InvariantCulture)}");
        else if (number > max) node.Fail($"must be less than or equal to {max.ToString(CultureInfo.InvariantCulture)}");
        return number;
    }

    public void Number(string name, bool required)
    {
        var found = required ? Required(name) : this[name];
        if (found is { } node && (node.Json.ValueKind != JsonValueKind.Number || !node.Json.TryGetDouble(out var number) || !double.IsFinite(number))) node.Fail("must be a number");
    }

    public bool Flag(string name)
    {
        if (this[name] is not { } node) return false;
        if (node.Json.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) node.Fail("must be a boolean");
        return node.Json.ValueKind == JsonValueKind.True;
    }
}
