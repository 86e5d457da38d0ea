using System.Net.Mail;
using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Gateways;

namespace OrleansGov.Api.StaffConsole;

/// <summary>送信先を追加.</summary>
[Right(Scopes.ManageHooks)]
public sealed class NewHookModel : HookPage
{
    [BindProperty] public string? Target { get; set; }
    [BindProperty] public List<string> Types { get; set; } = [];
    [BindProperty] public string? Contact { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Target is not { Length: <= 500 } || !Uri.TryCreate(Target.Trim(), UriKind.Absolute, out var url)) Mend("Target", "https:// で始まる URL を入力してください。");
        else if (Get<HookCaller>().Check(url) is { } fault) Mend("Target", fault == AddressFault.NotHttps ? "https:// で始まる URL を入力してください。" : "この URL には送れません。インターネットから届くアドレスを指定してください。");
        if (Types.Count == 0 || Types.Exists(t => !HookWords.Groups.Exists(g => g.Types == t))) Mend("Types", "知らせるものを 1 つ以上選んでください。");
        if (!string.IsNullOrWhiteSpace(Contact) && (Contact.Length > 200 || !MailAddress.TryCreate(Contact.Trim(), out _))) Mend("Contact", "メールアドレスの形で入力してください。例：joho@example.jp");
        if (!ModelState.IsValid) return Page();

        var draft = new HookDraft(Target!.Trim(), [.. Types], Mine is { } mine ? [.. mine] : null, string.IsNullOrWhiteSpace(Contact) ? null : Contact.Trim(), Me.Name);
        if (await Room.Add(draft) is not { } made)
        {
            Mend("", "送信先の数が上限に達しています。使わないものを削除してください。");
            return Page();
        }

        await AuditAsync("webhook-endpoint-created", made.Endpoint.Id, new Uri(draft.Url).Host);
        TempData[Secret] = made.Secret;
        return Redirect($"/console/keys/hooks/{made.Endpoint.Id}");
    }
}
