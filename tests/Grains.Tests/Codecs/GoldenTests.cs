using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGov.Silo.States;

namespace OrleansGov.Grains.Tests.Codecs;

/// <summary>
/// States as they lie on disk. Golden/*.json are what released versions wrote: they are added to, never changed. A new shape is written
/// by running these tests with GOLDEN=write.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    private static readonly Dictionary<string, Type> States = typeof(ResidentState).Assembly.GetTypes()
        .Where(t => t.Name.EndsWith("State", StringComparison.Ordinal) && t.GetCustomAttribute<GenerateSerializerAttribute>() is not null)
        .ToDictionary(t => t.Name);

    public static TheoryData<string> Names => [.. States.Keys.Order()];

    public static TheoryData<string> Files => Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileName(f)).Order()] : [];

    /// <summary>What is written today has been recorded: whoever changes a shape sees it here and records the new one beside the old.</summary>
    [Theory, MemberData(nameof(Names))]
    public void State_AsWrittenToday_IsRecorded(string name)
    {
        var today = Write(Samples.Of(States[name]).Single());
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write") Record(name, today);
        else Assert.Contains(Directory.GetFiles(Folder, $"{name}.*.json"), f => JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(f)), JsonNode.Parse(today)));
    }

    [Theory, MemberData(nameof(Names))]
    public void State_WrittenAndRead_IsTheSame(string name)
    {
        var text = Write(Samples.Of(States[name]).Single());
        Assert.Equal(text, Write(StateRead(States[name], text)));
    }

    [Theory, MemberData(nameof(Files))]
    public void State_OfAReleasedShape_IsReadWhole(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        var read = JsonNode.Parse(Write(Read(file, text)))!;

        var lost = Lost(JsonNode.Parse(text)!, read, "$").ToList();

        Assert.True(lost.Count == 0, $"{file} loses {string.Join(", ", lost)}");
    }

    [Theory, MemberData(nameof(Files))]
    public void State_WithMembersOfTheFuture_IsRead(string file)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!;
        Spoil(json);
        Read(file, json.ToJsonString());
    }

    [Theory, MemberData(nameof(Names))]
    public void State_WithEveryMemberMissing_IsTheBeginning(string name)
    {
        var read = StateRead(States[name], "{}");
        Assert.Equal(Write(Activator.CreateInstance(States[name])!), Write(read));
    }

    private static object Read(string file, string text) => StateRead(States[file.Split('.')[0]], text);

    private static object StateRead(Type type, string text) => JsonSerializer.Deserialize(text, type, StateJson.Options)!;

    private static string Write(object state) => JsonSerializer.Serialize(state, state.GetType(), StateJson.Options);

    private static void Record(string name, string today)
    {
        var source = Path.Combine(AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf("artifacts", StringComparison.Ordinal)], "tests", "Grains.Tests", "Golden");
        Directory.CreateDirectory(source);
        var known = Directory.GetFiles(source, $"{name}.*.json");
        if (!known.Any(f => File.ReadAllText(f) == today)) File.WriteAllText(Path.Combine(source, $"{name}.{known.Length + 1}.json"), today);
    }

    // Everything that stood in the old text stands in what is written from it.
    private static IEnumerable<string> Lost(JsonNode old, JsonNode? now, string path) => (old, now) switch
    {
        (JsonObject o, JsonObject n) => o.Where(m => m.Value is not null).SelectMany(m => Lost(m.Value!, n[m.Key], $"{path}.{m.Key}")),
        (JsonArray o, JsonArray n) when o.Count == n.Count => o.Zip(n).SelectMany((pair, i) => Lost(pair.First!, pair.Second, $"{path}[{i}]")),
        (JsonValue o, JsonValue n) when o.ToJsonString() == n.ToJsonString() => [],
        _ => [path],
    };

    // records take members they do not know; dictionaries would take them as entries, so only objects that have a known shape get one
    private static void Spoil(JsonNode node)
    {
        if (node is JsonObject top) top["memberOfTheFuture"] = new JsonObject { ["a"] = 1 };
        if (node is JsonObject { } resident && resident["talk"] is JsonObject talk)
        {
            talk["memberOfTheFuture"] = "x";
            if (talk["active"] is JsonObject run) run["memberOfTheFuture"] = new JsonArray(1, 2);
        }
    }
}
