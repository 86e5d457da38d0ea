using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>Before a person is shut out: what that means, and yes or no.</summary>
[Right(Rights.ManageStaff)]
public sealed class DisableModel : ConsolePage
{
    public StaffRow Person { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id) => await Find(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (!await Find(id)) return NotFound();
        if (!await Get<Leaving>().DisableAsync(Person, Line("staff-disabled", id), Cancel))
        {
            Mend("", "最後の管理者は停止できません。先に、ほかの職員に管理の役割を追加してください。");
            return Page();
        }

        Say($"{Person.Name} さんを停止しました。");
        return Redirect($"/console/staff/{id}");
    }

    private async Task<bool> Find(string id)
    {
        await using var read = Records.Read();
        if (await read.FindStaffAsync(Me.Town, id, Cancel) is not { DisabledAt: null } person) return false;
        Person = person;
        return true;
    }
}
