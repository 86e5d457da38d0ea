using System.Globalization;

namespace OrleansGov.Api.Status;

/// <summary>Figures as an officer reads them.</summary>
internal static class StatusWords
{
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Time(TimeSpan? time) => time switch
    {
        null => "—",
        { TotalMilliseconds: < 10 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMilliseconds:0.0} ミリ秒"),
        { TotalSeconds: < 1 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMilliseconds:0} ミリ秒"),
        { TotalSeconds: < 100 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.0} 秒"),
        { } t => Long(t),
    };

    public static string Long(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => $"{(int)time.TotalDays} 日 {time.Hours} 時間",
        { TotalHours: >= 1 } => $"{time.Hours} 時間 {time.Minutes} 分",
        { TotalMinutes: >= 1 } => $"{time.Minutes} 分",
        _ => $"{(int)time.TotalSeconds} 秒",
    };

    public static string Bytes(double bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 30):0.0} GB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 20):0} MB"),
    };

    public static string Percent(double part, double whole) => whole <= 0 ? "—" : string.Create(CultureInfo.InvariantCulture, $"{100 * part / whole:0} %");

    /// <summary>The parts of readiness, as staff call them.</summary>
    public static string Part(string check) => check switch
    {
        "storage" => "会話の保存",
        "records" => "記録（一覧・統計）",
        "redelivery" => "Webhook の再送",
        "running" => "処理の実行",
        "silos" => "処理サーバー",
        _ => check,
    };
}
