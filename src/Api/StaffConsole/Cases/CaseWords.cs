namespace OrleansGov.Api.StaffConsole;

/// <summary>Where a case stands, as staff say it.</summary>
public static class CaseWords
{
    public static readonly ImmutableList<(string Status, string Words)> All =
    [
        ("new", "新しい相談"), ("accepted", "受付済み"), ("changed", "変更あり"), ("cancelled", "取消し"), ("waiting", "職員待ち"), ("assigned", "対応中"),
        ("pendingResident", "住民の返事待ち"), ("pendingInternal", "庁内で対応中"), ("resolved", "解決"), ("withdrawn", "取下げ"), ("archived", "保管"), ("skeleton", "消去済み"),
    ];

    public static string Status(string status) => All.Find(s => s.Status == status).Words ?? status;

    /// <summary>How a label of it looks.</summary>
    public static string KindOf(string status) => status switch
    {
        "waiting" or "new" => "warn",
        "assigned" or "pendingResident" or "pendingInternal" => "act",
        "resolved" or "accepted" or "changed" => "good",
        _ => "",
    };

    /// <summary>A line of a case's history.</summary>
    public static string Event(string what) => what switch
    {
        "opened" => "受け付けました",
        "waiting" => "職員待ちになりました",
        "assigned" => "担当が決まりました",
        "released" => "待ちに戻りました",
        "moved" => "部署を移しました",
        "pendingResident" => "住民の返事待ちになりました",
        "pendingInternal" => "庁内で対応することになりました",
        "resolved" => "解決しました",
        "callbackPromised" => "連絡する日を約束しました",
        "withdrawn" => "住民が取り下げました",
        "reopened" => "ふたたび開きました",
        "archived" => "保管しました",
        "changed" => "住民が変更しました",
        "cancelled" => "住民が取り消しました",
        "labelled" => "ラベルを変えました",
        "noted" => "メモを残しました",
        "held" => "保存の停止を変えました",
        "erased" => "内容を消去しました",
        _ => what,
    };
}
