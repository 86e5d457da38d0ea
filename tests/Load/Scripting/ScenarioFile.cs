using OrleansGov.Residents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OrleansGov.Load.Scripting;

/// <summary>Reads scenario files (docs/testing.md). Everything wrong is said at once, with the line and what to write instead.</summary>
public static class ScenarioFile
{
    private static readonly string[] TopKeys = ["name", "title", "about", "seed", "patience", "think", "places-per-day", "known", "warm-up", "let-finish", "mix", "phases", "limits"];
    private static readonly string[] PhaseKeys = ["name", "open", "closed", "think", "mix", "known"];

    /// <summary>The scenarios that come with the tool.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <param name="nameOrPath">A name from <see cref="Folder"/>, or a file.</param>
    /// <exception cref="ScenarioException">There is none, or it says what no scenario can say.</exception>
    public static Scenario Load(string nameOrPath)
    {
        var shipped = Path.Combine(Folder, $"{nameOrPath}.yaml");
        var path = File.Exists(nameOrPath) ? nameOrPath : shipped;
        if (!File.Exists(path))
            throw new ScenarioException([$"There is no scenario '{nameOrPath}'. There are: {string.Join(", ", Names())}; or give the path of a file."]);
        return Read(File.ReadAllText(path), Path.GetFileName(path));
    }

    public static IEnumerable<string> Names() => Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal) : [];

    /// <exception cref="ScenarioException">It says what no scenario can say.</exception>
    public static Scenario Read(string text, string file)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new ScenarioException([$"{file}:{e.Start.Line}: this is not YAML: {e.Message}"]);
        }

        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }]) throw new ScenarioException([$"{file}:1: a scenario is a list of 'key: value' lines."]);
        var problems = new List<string>();
        var top = new Fields(root, file, problems);
        top.Only(TopKeys);
        var (think, mix) = (top.Pause("think") ?? Pause.None, top.Below("mix") is { } parts ? MixOf(parts) : null);
        var phases = top.Children("phases").Select((p, i) => PhaseOf(p, i, think, mix)).ToList();
        if (phases.Count == 0) top.Problem("phases", "a scenario needs at least one phase → phases:\\n  - open: {rate: 5, for: 60s}");
        var warm = top.Below("warm-up");
        warm?.Only(["residents", "dialogues"]);
        var scenario = new Scenario(top.Text("name") ?? Path.GetFileNameWithoutExtension(file), top.Text("title") ?? Path.GetFileNameWithoutExtension(file))
        {
            About = top.Text("about") ?? "",
            Seed = (int)(top.Number("seed", 0, int.MaxValue) ?? 1),
            Patience = top.Time("patience") ?? TimeSpan.FromSeconds(15),
            PlacesPerDay = (int?)top.Number("places-per-day", 1, 10_000),
            Known = (int)(top.Number("known", 0, 1_000_000) ?? 0),
            WarmUp = warm is null ? new(8, 16) : new((int)(warm.Number("residents", 1, 10_000) ?? 8), (int)(warm.Number("dialogues", 0, 1_000_000) ?? 16)),
            LetFinish = top.Time("let-finish") ?? TimeSpan.FromSeconds(60),
            Phases = [.. phases.OfType<Phase>()],
            Limits = LimitsOf(top.Below("limits")),
        };
        if (scenario.Known == 0 && scenario.Phases.Any(p => p.Known)) top.Problem("known", "a phase wants residents the office knows, but there are none → known: 500");
        return problems.Count == 0 ? scenario : throw new ScenarioException(problems);
    }

    private static Phase? PhaseOf(Fields fields, int index, Pause think, Mix? mix)
    {
        fields.Only(PhaseKeys);
        var (open, closed) = (fields.Below("open"), fields.Below("closed"));
        if (open is null == closed is null)
        {
            fields.Problem(null, "a phase is either open or closed → open: {rate: 5, for: 60s} or closed: {residents: 20, for: 60s}");
            return null;
        }

        return new Phase(fields.Text("name") ?? $"phase {index + 1}", (fields.Below("mix") is { } own ? MixOf(own) : mix) ?? Mix.Steady, open is not null ? OpenOf(open) : ClosedOf(closed!))
        {
            Think = fields.Pause("think") ?? think,
            Known = fields.Flag("known") ?? false,
        };
    }

    private static Arrivals.Open OpenOf(Fields fields)
    {
        fields.Only(["rate", "to", "for", "spread"]);
        var rate = fields.Number("rate", 0, 100_000);
        var time = fields.Time("for");
        if (rate is null) fields.Problem("rate", "how many residents come each second? → rate: 5");
        if (time is null) fields.Problem("for", "how long? → for: 60s");
        if (fields.Text("spread") is { } spread && spread is not ("poisson" or "even")) fields.Problem("spread", $"'{spread}' is no spread → poisson or even");
        return new(rate ?? 1, fields.Number("to", 0, 100_000) ?? rate ?? 1, fields.Text("spread") != "even", time ?? TimeSpan.FromSeconds(1));
    }

    private static Arrivals.Closed ClosedOf(Fields fields)
    {
        fields.Only(["residents", "dialogues", "for"]);
        var (residents, dialogues, time) = (fields.Number("residents", 1, 100_000), fields.Number("dialogues", 1, 10_000_000), fields.Time("for"));
        if (residents is null) fields.Problem("residents", "how many at once? → residents: 20");
        if (dialogues is null && time is null) fields.Problem("for", "until when? → for: 60s, or dialogues: 200");
        return new((int)(residents ?? 1), (int?)dialogues, time);
    }

    private static Mix? MixOf(Fields fields)
    {
        fields.Only([.. Personas.Names]);
        var parts = fields.Keys.Where(Personas.Knows).Select(k => (k, (int)(fields.Number(k, 0, 1_000_000) ?? 0))).Where(p => p.Item2 > 0).ToList();
        if (parts.Count > 0) return new Mix(parts);
        fields.Problem(null, $"a mix names personas with weights → steady: 8. There are: {string.Join(", ", Personas.Names)}");
        return null;
    }

    private static Limits LimitsOf(Fields? fields)
    {
        if (fields is null) return Limits.None;
        fields.Only([.. LimitKind.All.Select(k => k.Key)]);
        var limits = new Dictionary<string, double>();
        foreach (var kind in LimitKind.All)
        {
            if (!fields.Keys.Contains(kind.Key)) continue;
            if ((kind.Unit == "ms" ? fields.Time(kind.Key)?.TotalMilliseconds : fields.Number(kind.Key, 0, 1e12)) is { } limit) limits[kind.Key] = limit;
        }

        return new(limits);
    }
}

/// <summary>A scenario that cannot be run; each line says where and what to write instead.</summary>
public sealed class ScenarioException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
