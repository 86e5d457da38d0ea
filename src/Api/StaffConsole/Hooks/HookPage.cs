using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>What the pages about webhooks have in common: the endpoints that this person may see, and the one that is meant.</summary>
public abstract class HookPage : ConsolePage
{
    /// <summary>In which a new secret waits to be shown, once.</summary>
    internal const string Secret = "made-secret";

    protected IHooksGrain Room => Get<Rooms>().Hooks(HooksKey.For(Me.Town));

    /// <summary>Whose events an endpoint of this person may hear; null = all of the town.</summary>
    protected IReadOnlyCollection<string>? Mine => Me.DepartmentsFor(Scopes.ManageHooks);

    protected async Task<ImmutableList<HookEndpoint>> VisibleAsync() =>
        (await Room.List()).FindAll(h => Mine is not { } mine || (h.Departments is not null && h.Departments.All(mine.Contains)));

    protected async Task<HookEndpoint?> FindAsync(string id) => (await VisibleAsync()).Find(h => h.Id == id);

    protected Task AuditAsync(string action, string subject, string? detail = null) => Records.AuditAsync(Line(action, subject, detail));
}

/// <summary>Events as people call them.</summary>
public static class HookWords
{
    /// <summary>What can be chosen: whole groups of events.</summary>
    public static readonly ImmutableList<(string Types, string Words)> Groups =
    [
        .. FeedTypes.All.Select(t => t[..(t.IndexOf('.', StringComparison.Ordinal) + 1)] + "*").Distinct().Select(t => (t, Group(t))),
    ];

    public static string State(HookDelivery delivery) => delivery.State switch
    {
        "delivered" => "届いた",
        "failed" => "あきらめた",
        _ => delivery.Attempts == 0 ? "送信待ち" : "再送待ち",
    };

    public static string Answer(HookDelivery delivery) => delivery switch
    {
        { Status: { } status } => $"応答 {status}",
        { Fault: "timedOut" } => "応答なし（5 秒）",
        { Fault: "unreachable" } => "接続できません",
        { Fault: "tls" } => "証明書を確認できません",
        { Fault: "forbiddenAddress" } => "送れないアドレスです",
        _ => "",
    };

    private static string Group(string types) => types switch
    {
        "handoff.*" => "職員への引き継ぎ（待ち・開始・終了）",
        "conversation.*" => "会話の状態の変化",
        "message.*" => "メッセージ",
        "case.*" => "案件",
        "alert.*" => "注意が必要なこと",
        "booking.*" => "予約",
        "broadcast.*" => "配信",
        "canned-reply.*" => "定型文",
        _ => types,
    };
}
