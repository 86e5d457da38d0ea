using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;

namespace OrleansGov.Api.StaffConsole;

/// <summary>One endpoint: what it was told, and telling it again.</summary>
[Right(Scopes.ManageHooks)]
public sealed class HookModel : HookPage
{
    private const int PerPage = 30;

    [BindProperty(SupportsGet = true, Name = "before")] public long? Before { get; set; }

    public HookEndpoint Hook { get; private set; } = null!;

    public ImmutableList<HookDelivery> Deliveries { get; private set; } = [];

    public Pager Pager { get; private set; } = new(null, null, 0);

    /// <summary>Just made; null on every later look.</summary>
    public string? NewSecret { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await FindAsync(id) is not { } hook) return NotFound();
        Hook = hook;
        NewSecret = TempData[Secret] as string;
        var found = await Room.Deliveries(id, Before, PerPage + 1) ?? [];
        Deliveries = [.. found.Take(PerPage)];
        Pager = new(Before is null ? null : Here(("before", null)), found.Count > PerPage ? Here(("before", Deliveries[^1].Number.ToString(CultureInfo.InvariantCulture))) : null, Deliveries.Count);
        return Page();
    }

    public async Task<IActionResult> OnPostTestAsync(string id)
    {
        if (await FindAsync(id) is null || await Room.Test(id) is not { } sent) return NotFound();
        Say(sent.State == "delivered" ? $"試しに送りました。{HookWords.Answer(sent)}。" : $"試しに送りましたが、届きませんでした。{HookWords.Answer(sent)}。");
        return Back(id);
    }

    public async Task<IActionResult> OnPostRedeliverAsync(string id, long delivery)
    {
        if (await FindAsync(id) is null || await Room.Redeliver(id, delivery) is not { } sent) return NotFound();
        await AuditAsync("webhook-redelivered", id, sent.Message);
        Say($"もう一度送りました。{HookWords.State(sent)}：{HookWords.Answer(sent)}");
        return Back(id);
    }

    public async Task<IActionResult> OnPostRotateAsync(string id)
    {
        if (await FindAsync(id) is null || await Room.Rotate(id) is not { } made) return NotFound();
        await AuditAsync("webhook-secret-rotated", id);
        TempData[Secret] = made.Secret;
        return Back(id);
    }

    public async Task<IActionResult> OnPostSwitchAsync(string id, int revision)
    {
        if (await FindAsync(id) is not { } hook) return NotFound();
        var on = hook.OffBecause is not null;
        var verdict = await Room.Change(id, revision, new(hook.Url, hook.Types, hook.Departments, hook.Contact, Me.Name), on);
        if (verdict == HookVerdict.Done) await AuditAsync("webhook-endpoint-changed", id, on ? "on" : "off");
        Say(verdict != HookVerdict.Done ? "ほかの人が先に変更しました。もう一度確認してください。" : on ? "送信を再開しました。これから起きるできごとを知らせます。" : "送信を止めました。");
        return Back(id);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string id, int revision)
    {
        if (await FindAsync(id) is not { } hook) return NotFound();
        if (await Room.Remove(id, revision) == HookVerdict.Stale)
        {
            Say("ほかの人が先に変更しました。もう一度確認してください。");
            return Back(id);
        }

        await AuditAsync("webhook-endpoint-removed", id);
        Say($"送信先 {hook.Url} を削除しました。");
        return Redirect("/console/keys/hooks");
    }

    private static RedirectResult Back(string id) => new($"/console/keys/hooks/{id}");
}
