using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Api.Settings;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>職員・役割・部署: who works here, and who asks to be let in.</summary>
[Right(Rights.ManageStaff)]
public sealed class StaffListModel : ConsolePage
{
    [BindProperty(SupportsGet = true, Name = "words")] public string? Words { get; set; }
    [BindProperty(SupportsGet = true, Name = "department")] public string? Department { get; set; }
    [BindProperty(SupportsGet = true, Name = "role")] public string? Role { get; set; }
    [BindProperty(SupportsGet = true, Name = "all")] public bool All { get; set; }

    public List<(StaffRow Person, List<StaffRoleRow> Roles)> People { get; private set; } = [];

    /// <summary>Whoever signed in and is unknown: shown to the town that the provider belongs to.</summary>
    public List<StaffRequestRow> Requests { get; private set; } = [];

    public async Task OnGetAsync()
    {
        await using var read = Records.Read();
        People = await read.ListStaffAsync(Me.Town, Blank(Words), Blank(Department), Blank(Role), All, Cancel);
        if (Me.Town == Get<OfficeSettings>().DefaultTown) Requests = await read.ListRequestsAsync(Cancel);
    }

    public async Task<IActionResult> OnPostDismissAsync(string issuer, string subject)
    {
        if (Me.Town != Get<OfficeSettings>().DefaultTown) return NotFound();
        if (await Records.ChangeAsync(new StaffChange.Dismiss(issuer, subject) { Audit = Line("staff-request-dismissed", subject) })) Say("登録待ちから外しました。");
        return Redirect(Here(("handler", null)));
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
