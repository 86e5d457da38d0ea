namespace OrleansGov.Residents;

/// <summary>What somebody wants from the bulky-waste office: which things, from where. The day is taken from what is offered.</summary>
/// <param name="Items">Said one after another when asked what to throw away.</param>
/// <param name="Town">Said when asked where.</param>
public sealed record Errand(IReadOnlyList<string> Items, string Town)
{
    private static readonly string[] Things = ["ソファ", "ふとん 2枚", "自転車（16インチ以上）", "せんぷうき", "こたつ", "本棚", "ミシン"];
    private static readonly string[] Towns = ["山手一丁目", "みなと町1丁目", "浜辺一丁目", "若葉町", "潮見二丁目", "山手二丁目"];

    /// <summary>The n-th of a varied but repeatable row: three districts, one or two things, clear and unclear names.</summary>
    public static Errand Number(int n) => new(n % 4 == 3 ? [Things[n % Things.Length], Things[(n + 2) % Things.Length]] : [Things[n % Things.Length]], Towns[n % Towns.Length]);
}
