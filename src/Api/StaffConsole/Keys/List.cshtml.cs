using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Api.Settings;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>APIキー: the machines that may call, and what with.</summary>
[Right(Rights.ManageKeys)]
public sealed class KeyListModel : ConsolePage
{
    /// <summary>In which the new key waits to be shown, once.</summary>
    internal const string Made = "made-key";

    public ILookup<string, ApiKeyRow> Clients { get; private set; } = Array.Empty<ApiKeyRow>().ToLookup(k => k.Client);

    /// <summary>Those of the settings: they are changed there.</summary>
    public IEnumerable<ApiKey> Configured => Get<OfficeSettings>().ApiKeys.Where(k => k.Owner.Town == Me.Town);

    public long At => Now.ToUnixTimeMilliseconds();

    /// <summary>Just made; null on every later look.</summary>
    public string? NewKey { get; private set; }

    public async Task OnGetAsync()
    {
        NewKey = TempData[Made] as string;
        await using var read = Records.Read();
        Clients = (await read.ListKeysAsync(Me.Town, Cancel)).ToLookup(k => k.Client);
    }

    /// <summary>A second key for the same client, good for the same, so that one can be changed for the other without a gap.</summary>
    public async Task<IActionResult> OnPostRotateAsync(string id)
    {
        await OnGetAsync();
        if (Clients.SelectMany(c => c).FirstOrDefault(k => k.Id == id) is not { } old || !old.Works(At)) return NotFound();
        var (key, row) = KeyForm.Make(this, old.Client, old.Scopes, old.Departments, old.Addresses, old.ExpiresAt is { } end ? At + (end - old.CreatedAt) : null);
        if (!await Records.ChangeAsync(new StaffChange.Issue(row) { Audit = Line("key-issued", row.Id, $"…{row.Hint}, instead of …{old.Hint}") }))
        {
            Mend("", "使えるキーがすでに 2 つあります。古いキーを無効にしてから交換してください。");
            return Page();
        }

        TempData[Made] = key;
        return Redirect("/console/keys");
    }
}
