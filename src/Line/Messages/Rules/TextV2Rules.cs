using System.Text.RegularExpressions;

namespace OrleansGov.Line;

/// <summary>Text with <c>{keys}</c> that stand for mentions and emoji (LINE reference, Text message (v2)).</summary>
static partial class TextV2Rules
{
    public static void Check(RuleNode m, SendKind kind, bool? toGroup)
    {
        var used = m.Text("text", 5000) is { } text ? KeysIn(text) : [];
        if (used is null) m.FailAt("text", "invalid property");

        var substitution = m["substitution"];
        int mentions = 0, emojis = 0, entries = 0;
        if (substitution is { } s)
        {
            if (s.Json.ValueKind != System.Text.Json.JsonValueKind.Object)
            {
                s.Fail("must be an object");
                return;
            }
            foreach (var property in s.Json.EnumerateObject())
            {
                entries++;
                var entry = new RuleNode(property.Value, s.PathOf(property.Name), s.Faults);
                if (!Key().IsMatch(property.Name)) entry.Fail("invalid property");
                if (property.Value.ValueKind != System.Text.Json.JsonValueKind.Object)
                {
                    entry.Fail("must be an object");
                    continue;
                }
                switch (entry.OneOf("type", true, "mention", "emoji"))
                {
                    case "mention": mentions++; Mention(entry, kind, toGroup); break;
                    case "emoji":
                        emojis++;
                        entry.IsObject("type", "productId", "emojiId");
                        entry.Text("productId", 100);
                        entry.Text("emojiId", 100);
                        break;
                }
            }
            if (entries > 100) s.Fail("Size must be between 0 and 100");
            if (mentions > 20) s.Fail("Number of mentions must be between 0 and 20");
            if (emojis > 20) s.Fail("Number of emojis must be between 0 and 20");
        }
        foreach (var key in used ?? [])
            if (substitution?[key] is null) m.FailAt("substitution." + key, "must be specified");
    }

    static void Mention(RuleNode entry, SendKind kind, bool? toGroup)
    {
        entry.IsObject("type", "mentionee");
        if (kind is not (SendKind.Reply or SendKind.Push) || toGroup == false) entry.Fail("invalid property");
        if (entry.Required("mentionee") is not { } who || !who.IsObject("type", "userId")) return;
        if (who.OneOf("type", true, "user", "all") == "user") who.Text("userId", 100);
    }

    /// <summary>The keys a text uses; null when its braces do not pair. <c>{{</c> and <c>}}</c> are literal.</summary>
    static HashSet<string>? KeysIn(string text)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}')) continue;
            if (i + 1 < text.Length && text[i + 1] == text[i]) { i++; continue; }
            var end = text.IndexOf('}', i);
            if (text[i] == '}' || end < 0) return null;
            var key = text[(i + 1)..end];
            if (!Key().IsMatch(key)) return null;
            keys.Add(key);
            i = end;
        }
        return keys;
    }

    [GeneratedRegex(@"^[0-9a-zA-Z_]{1,20}\z")]
    private static partial Regex Key();
}
