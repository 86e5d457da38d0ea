using Microsoft.AspNetCore.Mvc.RazorPages;
using OrleansGov.Api.Access;

namespace OrleansGov.Api.StaffConsole;

/// <summary>An entry of the menu.</summary>
/// <param name="Icon">Id of a symbol in wwwroot/console/icons.svg.</param>
/// <param name="Right">Who has it not does not see the entry; null = everybody.</param>
public sealed record ConsoleEntry(string Path, string Title, string Icon, string? Right = null);

/// <summary>The menu: groups of pages. An entry shows as soon as its page exists and to whoever may open it.</summary>
public sealed class ConsoleMenu(EndpointDataSource endpoints)
{
    public static readonly ImmutableList<(string Title, ImmutableList<ConsoleEntry> Entries)> Groups =
    [
        ("窓口",
        [
            new("/console", "今日の状況", "today"),
            new("/console/queue", "受付一覧", "queue", Scopes.ReadConversations),
            new("/console/cases", "案件検索", "search", Scopes.ReadCases),
            new("/console/bookings", "予約", "calendar", Scopes.ReadBookings),
            new("/console/applications", "申請", "paper", Scopes.ReadCases),
        ]),
        ("準備",
        [
            new("/console/replies", "定型文", "reply", Scopes.ReadConversations),
            new("/console/hours", "開庁時間・祝日", "clock", Rights.ManageHours),
        ]),
        ("管理",
        [
            new("/console/staff", "職員・役割・部署", "people", Rights.ManageStaff),
            new("/console/keys", "APIキー・Webhook", "key", Rights.ManageKeys),
            new("/console/audit", "監査ログ", "log", Rights.ReadAudit),
            new("/console/retention", "保存期間・消去", "erase", Rights.ManageRetention),
            new("/status", "稼働状況", "pulse", Scopes.ReadStatus),
        ]),
    ];

    private readonly Lazy<ImmutableHashSet<string>> _existing = new(() =>
        [.. endpoints.Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/'))]);

    /// <summary>The groups as one person sees them.</summary>
    public IEnumerable<(string Title, ImmutableList<ConsoleEntry> Entries)> For(Staff staff) =>
        from g in Groups
        let entries = g.Entries.FindAll(e => _existing.Value.Contains(e.Path) && (e.Right is null || staff.Can(e.Right)))
        where !entries.IsEmpty
        select (g.Title, entries);

    /// <summary>The entry is the page one is on, or the page one is on lies below it.</summary>
    public static bool IsHere(ConsoleEntry entry, PathString path) => entry.Path == "/console" ? path == "/console"
        : path.StartsWithSegments(entry.Path) || (entry.Path == "/console/queue" && path.StartsWithSegments("/console/talks"));
}
