using System.Net.Mail;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>職員を追加.</summary>
[Right(Rights.ManageStaff)]
public sealed class NewStaffModel : ConsolePage
{
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty(SupportsGet = true, Name = "subject")] public string? Subject { get; set; }
    [BindProperty] public string? Role { get; set; }
    [BindProperty] public string? Department { get; set; }

    public async Task OnGetAsync()
    {
        if (Subject is null) return;
        await using var read = Records.Read();
        if ((await read.ListRequestsAsync(Cancel)).Find(r => r.Subject == Subject && r.Issuer == Issuer) is not { } asked) return;
        (Name, Email) = (asked.Name, asked.Email);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (name, email, subject) = (StaffForm.Name(this, Name), StaffForm.Email(this, Email), Subject?.Trim() ?? "");
        if (subject.Length is 0 or > 255) Mend("subject", "職員アカウントの識別子（sub）を入力してください。");
        var role = StaffForm.Role(this, Role, Department);
        if (!ModelState.IsValid || role is null) return Page();

        var (id, now) = ($"s-{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 10)}", Now.ToUnixTimeMilliseconds());
        if (!await Records.ChangeAsync(new StaffChange.Add(new(Me.Town, id, Issuer, subject, name, email, now, Me.Id, null, null)) { Audit = Line("staff-added", id) }))
        {
            Mend("subject", "この識別子の職員は、すでに登録されています。");
            return Page();
        }

        await Records.ChangeAsync(new StaffChange.Give(new(Me.Town, id, role.Value.Department, role.Value.Role.Id, now, Me.Id)) { Audit = Line("role-given", id, $"{role.Value.Department} {role.Value.Role.Id}") });
        Say($"{name} さんを追加しました。");
        return Redirect($"/console/staff/{id}");
    }

    private string Issuer => Get<SignInSettings>().Issuer;
}

/// <summary>What forms about people have in common.</summary>
internal static class StaffForm
{
    public static string Name(ConsolePage page, string? text)
    {
        var name = text?.Trim() ?? "";
        if (name.Length is 0 or > 100) page.ModelState.AddModelError("Name", "氏名を 100 文字以内で入力してください。");
        return name;
    }

    public static string? Email(ConsolePage page, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length > 254 || !MailAddress.TryCreate(text.Trim(), out _)) page.ModelState.AddModelError("Email", "メールアドレスの形で入力してください。例：taro@example.jp");
        return text.Trim();
    }

    /// <summary>A role that fits its place; null = said what is wrong.</summary>
    public static (Role Role, string Department)? Role(ConsolePage page, string? role, string? department)
    {
        if (role is null || Roles.Find(role) is not { } known) page.ModelState.AddModelError("Role", "役割を選んでください。");
        else if (known.OfTown) return (known, StaffRoleRow.WholeTown);
        else if (department != StaffRoleRow.WholeTown && !page.MyTown.Departments.Exists(d => d.Id == department)) page.ModelState.AddModelError("Department", $"{known.Name}の部署を選んでください。");
        else return (known, department!);
        return null;
    }
}
