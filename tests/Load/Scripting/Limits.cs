namespace OrleansGov.Load.Scripting;

/// <summary>A number of the run that may have a limit.</summary>
/// <param name="Key">As scenario files spell it.</param>
/// <param name="Unit">ms (files may say 500ms or 2s), MB, MB/h, /s or "".</param>
/// <param name="AtLeast">True: the limit is a lower one.</param>
public sealed record LimitKind(string Key, string Label, string Unit, bool AtLeast = false)
{
    public static readonly IReadOnlyList<LimitKind> All =
    [
        new("reply-p50", "返信 中央値 / reply p50", "ms"),
        new("reply-p90", "返信 90% / reply p90", "ms"),
        new("reply-p99", "返信 99% / reply p99", "ms"),
        new("acknowledged-p50", "受領 中央値 / webhook 200 p50", "ms"),
        new("acknowledged-p90", "受領 90% / webhook 200 p90", "ms"),
        new("acknowledged-p99", "受領 99% / webhook 200 p99", "ms"),
        new("office-cpu-per-turn", "窓口のCPU / office CPU per turn", "ms"),
        new("database-cpu-per-turn", "DBのCPU / database CPU per turn", "ms"),
        new("office-memory", "窓口のメモリ（最大） / office memory, most", "MB"),
        new("memory-slope", "メモリの増え方 / memory slope", "MB/h"),
        new("turns-per-second", "処理量 / turns per second", "/s", AtLeast: true),
        new("repeats", "言い直し / words said again", ""),
        new("redeliveries", "再送 / redeliveries", ""),
    ];
}

/// <summary>The limits of a scenario, by <see cref="LimitKind.Key"/>, in the kind's unit.</summary>
public sealed record Limits(IReadOnlyDictionary<string, double> Of)
{
    public static readonly Limits None = new(new Dictionary<string, double>());
}
