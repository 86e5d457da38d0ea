namespace OrleansGov.Api.Access;

/// <summary>
/// What somebody may do beyond reading lists. People have rights through their roles (<see cref="Roles"/>), department by department; machines have the
/// <see cref="Scopes"/> of their key. Both are asked for in the same way: <see cref="Staff.Can(string)"/>, <c>RequireScope</c>, <see cref="RightAttribute"/>.
/// </summary>
public static class Rights
{
    /// <summary>T3, T6, T7, T8: take a talk that waits, and give up or end one's own.</summary>
    public const string TakeConversations = "conversation.take";

    /// <summary>Write to a resident, and note for colleagues.</summary>
    public const string Reply = "conversation.reply";

    /// <summary>T4: step into a talk that the bot has.</summary>
    public const string Intervene = "conversation.intervene";

    /// <summary>T5 and T7 of other people's talks.</summary>
    public const string LeadConversations = "conversation.lead";

    /// <summary>Read a talk of another department in an emergency; needs a reason.</summary>
    public const string BreakGlass = "conversation.break-glass";

    /// <summary>Move a case on, label it.</summary>
    public const string ChangeCases = "case.change";

    public const string ManageReplies = "replies.manage";
    public const string ManageHours = "hours.manage";
    public const string ExportPersonal = "personal.export";
    public const string DraftProcedures = "procedures.draft";
    public const string DraftBroadcasts = "broadcasts.draft";
    public const string RequestErasure = "erasure.request";
    public const string ApproveErasure = "erasure.approve";
    public const string ManageRetention = "retention.manage";
    public const string ManageStaff = "staff.manage";

    /// <summary>Keys of machines, and where they hear of events.</summary>
    public const string ManageKeys = "keys.manage";

    /// <summary>The log of who did what; no content.</summary>
    public const string ReadAudit = "audit.read";
}

/// <summary>A role a person can have.</summary>
/// <param name="Id">As stored.</param>
/// <param name="Name">As shown.</param>
/// <param name="OfTown">It concerns the whole town, no department by itself.</param>
/// <param name="Explains">One sentence for whoever gives it.</param>
public sealed record Role(string Id, string Name, bool OfTown, string Explains, ImmutableHashSet<string> Rights);

/// <summary>Who may do what. This table is the only place where a role becomes rights.</summary>
public static class Roles
{
    private static readonly ImmutableHashSet<string> Viewing = [Scopes.ReadCases, Scopes.ReadBookings, Scopes.ReadConversations, Scopes.ReadProcedures];

    private static readonly ImmutableHashSet<string> Working = Viewing.Union([Rights.TakeConversations, Rights.Reply, Rights.ChangeCases]);

    public static readonly Role Viewer = new("viewer", "閲覧者", false, "部署の会話・案件・予約を見ます。", Viewing);

    public static readonly Role Officer = new("officer", "担当", false, "会話を引き受けて住民に返信し、案件を進めます。", Working);

    public static readonly Role Lead = new("lead", "主任", false, "担当の仕事に加えて、引き継ぎ・割り込み・公開と配信の承認をします。", Working.Union(
        [Rights.Intervene, Rights.LeadConversations, Rights.ManageReplies, Rights.ManageHours, Rights.ExportPersonal, Rights.RequestErasure,
         Scopes.PublishProcedures, Scopes.ReadBroadcasts, Scopes.SendBroadcasts, Scopes.ReadStatus]));

    public static readonly Role Author = new("author", "作成者", true, "手続きの下書きを作ります。会話は見えません。", [Scopes.ReadProcedures, Rights.DraftProcedures]);

    public static readonly Role Broadcaster = new("broadcaster", "配信", true, "お知らせの下書きを作ります。会話は見えません。", [Scopes.ReadBroadcasts, Rights.DraftBroadcasts]);

    public static readonly Role Admin = new("admin", "管理", true, "職員・キー・設定を管理します。会話の中身は見えません。",
        [Rights.ManageStaff, Rights.ManageKeys, Scopes.ManageHooks, Rights.ManageHours, Rights.ManageRetention, Rights.ApproveErasure, Rights.BreakGlass, Scopes.ReadStatus]);

    public static readonly Role Auditor = new("auditor", "監査", true, "だれがいつ何をしたかの記録を調べます。会話の中身は見えません。", [Rights.ReadAudit]);

    public static readonly ImmutableList<Role> All = [Viewer, Officer, Lead, Author, Broadcaster, Admin, Auditor];

    /// <summary>Null for a role of another version: it gives nothing.</summary>
    public static Role? Find(string id) => All.Find(r => r.Id == id);
}
