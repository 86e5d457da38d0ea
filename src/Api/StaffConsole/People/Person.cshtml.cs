using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>One person: roles, sessions, name.</summary>
[Right(Rights.ManageStaff)]
public sealed class PersonModel : ConsolePage
{
    public StaffRow Person { get; private set; } = null!;
    public List<StaffRoleRow> PersonRoles { get; private set; } = [];
    public List<SessionRow> Sessions { get; private set; } = [];
    public bool IsMe => Person.Id == Me.Id;

    /// <summary>The session that shows this page.</summary>
    public string? ThisSession => (User.Identity as StaffIdentity)?.Session;

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Role { get; set; }
    [BindProperty] public string? Department { get; set; }

    public async Task<IActionResult> OnGetAsync(string id) => await Find(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostGiveAsync(string id)
    {
        if (!await Find(id)) return NotFound();
        if (StaffForm.Role(this, Role, Department) is not var (role, department)) return Page();
        if (!await Records.ChangeAsync(new StaffChange.Give(new(Me.Town, id, department, role.Id, Now.ToUnixTimeMilliseconds(), Me.Id)) { Audit = Line("role-given", id, $"{department} {role.Id}") }))
        {
            Mend("Role", "この役割はすでにあります。");
            return Page();
        }

        return Done($"{NameOf(department)}の{role.Name}の役割を追加しました。");
    }

    public async Task<IActionResult> OnPostTakeAsync(string id, string department, string role)
    {
        if (!await Find(id)) return NotFound();
        if (PersonRoles.Exists(r => r.Department == department && r.Role == role)
            && !await Records.ChangeAsync(new StaffChange.Take(Me.Town, id, department, role) { Audit = Line("role-taken", id, $"{department} {role}") }))
        {
            Mend("", "最後の管理者の役割は外せません。先に、ほかの職員に管理の役割を追加してください。");
            return Page();
        }

        return Done("役割を外しました。次の操作から使えなくなります。");
    }

    public async Task<IActionResult> OnPostRenameAsync(string id)
    {
        if (!await Find(id)) return NotFound();
        var (name, email) = (StaffForm.Name(this, Name), StaffForm.Email(this, Email));
        if (!ModelState.IsValid) return Page();
        await Records.ChangeAsync(new StaffChange.Rename(Me.Town, id, name, email) { Audit = Line("staff-renamed", id) });
        return Done("変更を保存しました。");
    }

    public async Task<IActionResult> OnPostEndAsync(string id, string session)
    {
        if (!await Find(id)) return NotFound();
        await Records.ChangeAsync(new StaffChange.End(Me.Town, id, session, Now.ToUnixTimeMilliseconds()) { Audit = Line("session-ended", id) });
        return Done("サインアウトさせました。");
    }

    public async Task<IActionResult> OnPostEnableAsync(string id)
    {
        if (!await Find(id)) return NotFound();
        await Records.ChangeAsync(new StaffChange.Enable(Me.Town, id) { Audit = Line("staff-enabled", id) });
        return Done("サインインできるようにしました。");
    }

    private RedirectResult Done(string words)
    {
        Say(words);
        return Redirect($"/console/staff/{Person.Id}");
    }

    private async Task<bool> Find(string id)
    {
        await using var read = Records.Read();
        if (await read.FindStaffAsync(Me.Town, id, Cancel) is not { } person) return false;
        Person = person;
        PersonRoles = await read.RolesAsync(Me.Town, id, Cancel);
        Sessions = await read.ListSessionsAsync(Me.Town, id, Now.ToUnixTimeMilliseconds(), Cancel);
        return true;
    }
}
