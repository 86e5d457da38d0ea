using System.Collections.Immutable;

namespace OrleansGov.Silo.Drill;

/// <summary>A state about as large as a resident's: its number says which write it was.</summary>
public sealed record Notebook
{
    public long Number { get; init; }
    public string Line { get; init; } = "";
    public ImmutableList<string> Words { get; init; } = [];
    public DateTimeOffset At { get; init; }

    private static readonly ImmutableList<string> Sofas = [.. Enumerable.Range(0, 24).Select(i => $"ソファ（2人掛け）{i}")];

    public static Notebook Of(long number) => new()
    {
        Number = number,
        Line = $"{number}: 粗大ごみの申し込み",
        Words = Sofas,
        At = DateTimeOffset.UnixEpoch.AddSeconds(number),
    };
}
