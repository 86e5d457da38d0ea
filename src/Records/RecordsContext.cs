using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>The tables as queries see them. Reading only: rows are written by facts (<see cref="RecordsStore.AppendAsync"/>). The scripts under Schema/ own the tables; a test compares.</summary>
public sealed partial class RecordsContext(DbContextOptions<RecordsContext> options) : DbContext(options)
{
    public DbSet<StreamRow> Streams => Set<StreamRow>();
    public DbSet<ConversationRow> Conversations => Set<ConversationRow>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<UnsentMessageRow> UnsentMessages => Set<UnsentMessageRow>();
    public DbSet<CaseRow> Cases => Set<CaseRow>();
    public DbSet<CaseEventRow> CaseEvents => Set<CaseEventRow>();
    public DbSet<CaseLabelRow> CaseLabels => Set<CaseLabelRow>();
    public DbSet<NoteRow> Notes => Set<NoteRow>();
    public DbSet<CannedReplyRow> CannedReplies => Set<CannedReplyRow>();
    public DbSet<RetentionSettingRow> RetentionSettings => Set<RetentionSettingRow>();
    public DbSet<RetentionRunRow> RetentionRuns => Set<RetentionRunRow>();
    public DbSet<ErasureRequestRow> ErasureRequests => Set<ErasureRequestRow>();
    public DbSet<BookingRow> Bookings => Set<BookingRow>();
    public DbSet<HappeningRow> Happenings => Set<HappeningRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<AuditHeadRow> AuditHeads => Set<AuditHeadRow>();
    public DbSet<ControlChangeRow> ControlChanges => Set<ControlChangeRow>();
    public DbSet<FeedRow> Feed => Set<FeedRow>();
    public DbSet<FeedHeadRow> FeedHead => Set<FeedHeadRow>();
    public DbSet<BroadcastRow> Broadcasts => Set<BroadcastRow>();
    public DbSet<StaffRow> Staff => Set<StaffRow>();
    public DbSet<StaffRoleRow> StaffRoles => Set<StaffRoleRow>();
    public DbSet<StaffRequestRow> StaffRequests => Set<StaffRequestRow>();
    public DbSet<SessionRow> Sessions => Set<SessionRow>();
    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StreamRow>().ToTable("streams").HasKey(r => r.Stream);
        modelBuilder.Entity<ConversationRow>().ToTable("conversations").HasKey(r => r.Id);
        modelBuilder.Entity<MessageRow>().ToTable("messages").HasKey(r => new { r.Conversation, r.Seq });
        modelBuilder.Entity<UnsentMessageRow>().ToTable("unsent_messages").HasKey(r => new { r.Conversation, r.LineMessageId });
        modelBuilder.Entity<CaseRow>().ToTable("cases").HasKey(r => new { r.Town, r.Number });
        modelBuilder.Entity<CaseEventRow>().ToTable("case_events").HasKey(r => new { r.Town, r.Number, r.Seq });
        modelBuilder.Entity<CaseLabelRow>().ToTable("case_labels").HasKey(r => new { r.Town, r.Number, r.Label });
        modelBuilder.Entity<NoteRow>().ToTable("notes").HasKey(r => new { r.Town, r.Number, r.Id });
        modelBuilder.Entity<CannedReplyRow>().ToTable("canned_replies").HasKey(r => new { r.Town, r.Id });
        modelBuilder.Entity<RetentionSettingRow>().ToTable("retention_settings").HasKey(r => new { r.Town, r.Class, r.Scope });
        modelBuilder.Entity<RetentionRunRow>().ToTable("retention_runs").HasKey(r => new { r.Town, r.Day, r.Class });
        modelBuilder.Entity<ErasureRequestRow>().ToTable("erasure_requests").HasKey(r => new { r.Town, r.Id });
        modelBuilder.Entity<BookingRow>().ToView("bookings").HasNoKey();
        modelBuilder.Entity<HappeningRow>().ToTable("happenings").HasNoKey();
        modelBuilder.Entity<AuditRow>().ToTable("audit").HasKey(r => r.Id);
        modelBuilder.Entity<AuditHeadRow>().ToTable("audit_heads").HasKey(r => r.Town);
        modelBuilder.Entity<ControlChangeRow>().ToTable("control_changes").HasKey(r => new { r.Conversation, r.Seq });
        modelBuilder.Entity<FeedRow>().ToTable("feed").HasKey(r => r.Seq);
        modelBuilder.Entity<FeedHeadRow>().ToTable("feed_head").HasKey(r => r.OnlyRow);
        modelBuilder.Entity<BroadcastRow>().ToTable("broadcasts").HasKey(r => new { r.Town, r.Id });
        modelBuilder.Entity<StaffRow>().ToTable("staff").HasKey(r => new { r.Town, r.Id });
        modelBuilder.Entity<StaffRoleRow>().ToTable("staff_roles").HasKey(r => new { r.Town, r.Staff, r.Department, r.Role });
        modelBuilder.Entity<StaffRequestRow>().ToTable("staff_requests").HasKey(r => new { r.Issuer, r.Subject });
        modelBuilder.Entity<SessionRow>().ToTable("sessions").HasKey(r => r.Id);
        modelBuilder.Entity<ApiKeyRow>().ToTable("api_keys").HasKey(r => r.Id);

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()))
            property.SetColumnName(Snake(property.Name));
    }

    private static string Snake(string name) => WordStart().Replace(name, "_$1").ToLowerInvariant();

    [GeneratedRegex("(?<=.)([A-Z])")]
    private static partial Regex WordStart();
}

/// <summary>How far a stream of facts has been applied.</summary>
public sealed record StreamRow(string Stream, long LastSeq);
