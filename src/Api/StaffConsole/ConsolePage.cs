using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OrleansGov.Api.Access;
using OrleansGov.Api.Settings;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>What every page of the console knows: who looks at it, the town, the records, the time.</summary>
public abstract class ConsolePage : PageModel
{
    /// <summary>Who looks.</summary>
    public Staff Me => Access.Staff.Of(User);

    public Town MyTown => Get<TownFiles>().Towns[Me.Town];

    /// <summary>The departments this person works for.</summary>
    public IEnumerable<Department> MyDepartments => MyTown.Departments.Where(d => Me.Sees(d.Id));

    protected RecordsStore Records => Get<RecordsStore>();

    protected DateTimeOffset Now => Get<TimeProvider>().GetUtcNow();

    protected CancellationToken Cancel => HttpContext.RequestAborted;

    protected T Get<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    /// <summary>Name of a department; its id when the town's file has it no longer.</summary>
    public string NameOf(string department) => department == StaffRoleRow.WholeTown ? "全部署" : MyTown.Departments.Find(d => d.Id == department)?.Name ?? department;

    /// <summary>How many residents wait for this person's departments.</summary>
    public async Task<int> WaitingAsync()
    {
        if (!Me.Can(Scopes.ReadConversations)) return 0;
        await using var read = Records.Read();
        return (await read.CountTalksAsync(new(Me.Town, Me.DepartmentsFor(Scopes.ReadConversations), TalkFilter.Waiting), Cancel)).Sum(c => c.Count);
    }

    /// <summary>Says something on the next page, once.</summary>
    protected void Say(string words) => TempData[Flash] = words;

    /// <summary>Says on the next page, once, that something did not happen and what to do instead.</summary>
    protected void Warn(string words) => TempData[Warned] = words;

    /// <summary>Something that the person has to mend, beside a field.</summary>
    /// <param name="field">The field's name; "" = none in particular.</param>
    protected void Mend(string field, string words) => ModelState.AddModelError(field, words);

    /// <summary>A line of the audit trail about something this person does.</summary>
    /// <param name="detail">No personal text.</param>
    protected AuditEntry Line(string action, string subject, string? detail = null) => new AuditEntry(Now, Me.Town, Me.Name, action, subject, detail).By(Me, HttpContext);

    /// <summary>This page with other values in its address; null takes a value out. What the list shows is always in the address.</summary>
    public string Here(params IEnumerable<(string Key, string? Value)> changes)
    {
        var query = Request.Query.ToDictionary(q => q.Key, q => (string?)q.Value.ToString());
        foreach (var (key, value) in changes) query[key] = value;
        return Request.Path + QueryString.Create(query.Where(q => !string.IsNullOrEmpty(q.Value)));
    }

    internal const string Flash = "said";
    internal const string Warned = "warned";
}

/// <summary>The way through a long list.</summary>
/// <param name="First">Address of the first part; null on it.</param>
/// <param name="Next">Address of the next part; null on the last.</param>
/// <param name="Shown">Lines on this part.</param>
public sealed record Pager(string? First, string? Next, int Shown);
