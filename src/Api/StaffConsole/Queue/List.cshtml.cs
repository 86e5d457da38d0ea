using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Api.Lists;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>受付一覧: who waits, who has whom. Everything that it shows stands in its address.</summary>
[Right(Scopes.ReadConversations)]
public sealed class QueueModel : TalkPage
{
    private const int Most = 50;

    /// <summary>The tabs: key, name, what it says when nothing is in it.</summary>
    public static readonly ImmutableList<(string Key, string Name, string Empty)> Tabs =
    [
        ("waiting", "待ち", "待っている住民はいません。"),
        ("mine", "自分", "担当している会話はありません。"),
        ("department", "部署", "職員が対応している会話はありません。"),
        ("hours", "時間外", "時間外の受付はありません。"),
        ("ended", "終了", "最近終わった会話はありません。"),
        ("all", "すべて", "部署に関係する会話はまだありません。"),
    ];

    [BindProperty(SupportsGet = true, Name = "tab")]
    public string? Asked { get; set; }

    public string Tab => Tabs.Exists(t => t.Key == Asked) ? Asked! : "waiting";

    [BindProperty(SupportsGet = true, Name = "department")]
    public string? Department { get; set; }

    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    public ImmutableDictionary<string, int> Counts { get; private set; } = ImmutableDictionary<string, int>.Empty;
    public ImmutableList<TalkItem> Items { get; private set; } = [];
    public Pager Pager { get; private set; } = new(null, null, 0);
    public DateTimeOffset At => Now;
    public bool MayTake(TalkItem item) => item.Talk.State == "queued" && item.Talk.Department is { } desk && Me.Can(Rights.TakeConversations, desk);
    public IEnumerable<Department> Choices => MyTown.Departments.Where(d => Me.Can(Scopes.ReadConversations, d.Id));

    public async Task OnGetAsync()
    {
        await LoadAsync();
        var subject = $"{Tab}|{Department}";
        if (Request.Headers["Sec-Fetch-Mode"] == "cors" && Get<Readings>().IsOpen(Me.Id, subject)) return;
        await Records.AuditAsync(AuditEntry.Read(Now, Me.Town, Me.Name, "conversation-list", subject).By(Me, HttpContext) with { Department = Department });
        Get<Readings>().Open(Me.Id, subject);
    }

    /// <summary>A tag of what the list shows now, for the page that renews itself.</summary>
    public async Task<IActionResult> OnGetVersionAsync()
    {
        await LoadAsync();
        var tag = Etag.Of(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Items.Select(i => i.ToString()).Concat(Counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}{c.Value}")))));
        Response.Headers.ETag = tag;
        return Request.Headers.IfNoneMatch == tag ? StatusCode(StatusCodes.Status304NotModified) : Content(tag, "text/plain");
    }

    public Task<IActionResult> OnPostTakeAsync(string id, int epoch) => TakeAsync(id, epoch);

    private async Task LoadAsync()
    {
        var mine = Me.DepartmentsFor(Scopes.ReadConversations);
        IReadOnlyCollection<string>? departments = Department is not { Length: > 0 } wanted ? mine : mine is null || mine.Contains(wanted) ? [wanted] : [];
        TalkPosition? after = After?.Split('.', 2) is [var at, var last] && long.TryParse(at, out var since) ? new(since, last) : null;
        await using var read = Records.Read();
        var states = (await read.CountTalksAsync(new(Me.Town, departments), Cancel)).ToDictionary(c => c.State, c => c.Count);
        int Of(params string[] names) => names.Sum(n => states.GetValueOrDefault(n));
        var own = (await read.CountTalksAsync(new(Me.Town, departments, TalkFilter.Held, Me.Id), Cancel)).Sum(c => c.Count);
        Counts = ImmutableDictionary<string, int>.Empty.Add("waiting", Of("queued")).Add("mine", own).Add("department", Of("human")).Add("hours", Of("queuedOutOfHours")).Add("ended", Of("closed", "returned"));
        var page = Tab switch
        {
            "all" => await read.ListRecentTalksAsync(Me.Town, departments, after, Most, Cancel),
            "mine" => await List(TalkFilter.Held, Me.Id),
            "department" => await List(TalkFilter.Held),
            "hours" => await List(TalkFilter.OutOfHours),
            "ended" => await List(TalkFilter.Ended),
            _ => await List(TalkFilter.Waiting),
        };
        Items = page.Items;
        Pager = new(After is null ? null : Here(("after", null)), page.HasMore ? Here(("after", Position(Items[^1].Talk))) : null, Items.Count);

        Task<Page<TalkItem>> List(IReadOnlyCollection<string> wants, string? owner = null) => read.ListTalksAsync(new(Me.Town, departments, wants, owner), after, Most, Cancel);
    }

    private string Position(ConversationRow row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(Tab == "all" ? row.LastAt : row.Since)}.{row.Id}");
}
