namespace OrleansGov.Residents;

/// <summary>The personas there are, by the names scenario files use.</summary>
public static class Personas
{
    private static readonly Dictionary<string, Func<int, Persona>> All = new(StringComparer.Ordinal)
    {
        ["steady"] = _ => new Steady(),
        ["double-tapper"] = _ => new DoubleTapper(),
        ["slow-elder"] = seed => new SlowElder(seed),
        ["mind-changer"] = seed => new MindChanger(seed),
        ["sticker-sender"] = seed => new StickerSender(seed),
        ["foreign-speaker"] = seed => new ForeignSpeaker(seed),
        ["blocker"] = seed => new Blocker(seed),
        ["staff-seeker"] = seed => new StaffSeeker(seed),
        ["answerer"] = seed => new Answerer(seed),
        ["greeter"] = _ => new Greeter(),
    };

    public static IReadOnlyCollection<string> Names => All.Keys;

    public static bool Knows(string name) => All.ContainsKey(name);

    /// <param name="seed">Decides where the persona has a choice.</param>
    public static Persona Named(string name, int seed) => All[name](seed);
}
