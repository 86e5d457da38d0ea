using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>Before a key stops working: which, and yes or no.</summary>
[Right(Rights.ManageKeys)]
public sealed class RevokeModel : ConsolePage
{
    public ApiKeyRow Key { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id) => await Find(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (!await Find(id)) return NotFound();
        if (await Records.ChangeAsync(new StaffChange.Revoke(Me.Town, id, Now.ToUnixTimeMilliseconds()) { Audit = Line("key-revoked", id, $"…{Key.Hint}") }))
            Say($"{Key.Client}のキー（…{Key.Hint}）を無効にしました。");
        return Redirect("/console/keys");
    }

    private async Task<bool> Find(string id)
    {
        await using var read = Records.Read();
        if ((await read.ListKeysAsync(Me.Town, Cancel)).Find(k => k.Id == id && k.RevokedAt is null) is not { } key) return false;
        Key = key;
        return true;
    }
}
