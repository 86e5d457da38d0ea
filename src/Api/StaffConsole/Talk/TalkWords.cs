using System.Globalization;

namespace OrleansGov.Api.StaffConsole;

/// <summary>Who may speak, as a label: icon and words, never colour alone.</summary>
public sealed record StateChip(string Icon, string Kind, string Words)
{
    /// <param name="state">As in Records: bot, queued …</param>
    public static StateChip Of(string state, string? ownerName = null, bool isMine = false) => state switch
    {
        "queued" => new("wait", "warn", "職員待ち"),
        "queuedOutOfHours" => new("clock", "", "時間外の受付"),
        "human" => new("staff", "act", isMine ? "担当：あなた" : $"担当：{ownerName ?? "職員"}"),
        "returned" => new("bot", "", "ボットに戻した"),
        "closed" => new("check", "good", "終了"),
        "erased" => new("erase", "", "消去済み"),
        _ => new("bot", "", "ボット"),
    };
}

/// <summary>Words of the pages about talks.</summary>
public static class TalkWords
{
    /// <summary>Result codes of T8.</summary>
    public static readonly ImmutableList<(string Code, string Name)> Results =
        [("answered", "回答した"), ("guided", "手続きを案内した"), ("referred", "ほかの窓口を案内した"), ("accepted", "申請として受け付けた"), ("none", "対応は不要だった")];

    public static string Result(string code) => Results.Find(r => r.Code == code).Name ?? code;

    /// <summary>What becomes of a line: icon, kind, words. LINE reports sent or failed, never read.</summary>
    public static (string Icon, string Kind, string Words) Outcome(string? outcome) => outcome switch
    {
        "sent" => ("check", "good", "LINEへ送信済み"),
        "failed" => ("warn", "wrong", "送信できませんでした"),
        "unknown" => ("question", "warn", "届いたか不明です"),
        "undeliverable" => ("warn", "wrong", "住民がブロックしているため送れません"),
        "suppressed" => ("lock", "", "送信されなかったボットの返答"),
        _ => ("wait", "", "送信しています"),
    };

    /// <summary>What a resident sent, when it has no words of its own.</summary>
    public static string What(string? what) => what switch
    {
        "photo" => "写真",
        "location" => "位置情報",
        "sticker" => "スタンプ",
        "attachment" => "ファイル",
        "followed" => "友だち追加",
        "unfollowed" => "ブロック",
        _ => "表示できない形式のメッセージ",
    };

    /// <summary>The resident's last words in a list.</summary>
    public static string Last(Records.TalkItem item) => item.LastText is { } text ? $"「{text.ReplaceLineEndings(" ")}」" : item.LastWhat is { } what ? $"（{What(what)}）" : "まだ発言がありません";

    /// <summary>The line of a change of control in the thread.</summary>
    public static string Change(string trigger, string? owner, string? department) => trigger.ToLowerInvariant() switch
    {
        "requeststaff" => "住民が職員を呼びました",
        "requeststaffoutofhours" => "住民が時間外に職員を呼びました",
        "take" => $"{owner} さんが引き受けました",
        "intervene" => $"{owner} さんが割り込みました",
        "transfer" => $"{owner} さんに引き継ぎました",
        "release" => $"{department ?? "部署"}の待ちに戻しました",
        "returntobot" => "ボットに戻しました",
        "close" => "対応を終了しました",
        "residentidle" => "住民の返事がないため、ボットに戻りました",
        "withdraw" => "住民が職員への相談をやめました",
        "maxwait" => "待ち時間の上限になりました",
        "hourschanged" => "受付時間が切り替わりました",
        "resume" => "ボットが続きを始めました",
        "reopen" => "住民がふたたび連絡しました",
        "enginefailure" => "システムの不具合のため職員に回しました",
        _ => "担当が変わりました",
    };

    /// <summary>A wait as people say it.</summary>
    public static string Waited(TimeSpan wait) => wait.TotalMinutes < 1 ? "1分未満" : wait.TotalHours < 1 ? Invariant($"{(int)wait.TotalMinutes}分")
        : wait.TotalDays < 1 ? Invariant($"{(int)wait.TotalHours}時間{wait.Minutes}分") : Invariant($"{(int)wait.TotalDays}日{wait.Hours}時間");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
