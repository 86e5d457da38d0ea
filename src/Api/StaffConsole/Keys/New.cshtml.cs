using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Records;
using IPNetwork = System.Net.IPNetwork;

namespace OrleansGov.Api.StaffConsole;

/// <summary>キーを発行.</summary>
[Right(Rights.ManageKeys)]
public sealed class NewKeyModel : ConsolePage
{
    [BindProperty] public string? Client { get; set; }
    [BindProperty] public List<string> Scopes { get; set; } = [];
    [BindProperty] public List<string> Places { get; set; } = [];
    [BindProperty] public string? Expires { get; set; }
    [BindProperty] public string? Addresses { get; set; }

    public string NextYear => Town.Today(Now).AddYears(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public void OnGet() => Expires = NextYear;

    public async Task<IActionResult> OnPostAsync()
    {
        var client = Client?.Trim() ?? "";
        if (client.Length is 0 or > 100) Mend("Client", "利用するシステムの名前を 100 文字以内で入力してください。");
        if (Scopes.Count == 0 || Scopes.Except(Access.Scopes.All).Any()) Mend("Scopes", "できることを 1 つ以上選んでください。");
        if (Places.Exists(p => !MyTown.Departments.Exists(d => d.Id == p))) Mend("Places", "部署を選び直してください。");
        long? end = null;
        if (!DateOnly.TryParse(Expires, CultureInfo.InvariantCulture, out var day) || day <= Town.Today(Now)) Mend("Expires", "明日以降の日付を入力してください。");
        else end = Town.At(day.AddDays(1), TimeOnly.MinValue).ToUnixTimeMilliseconds();
        var addresses = KeyForm.Addresses(this, Addresses);
        if (!ModelState.IsValid) return Page();

        var (key, row) = KeyForm.Make(this, client, string.Join(' ', Access.Scopes.All.Where(Scopes.Contains)), Places.Count == 0 ? null : string.Join(' ', Places), addresses, end);
        if (!await Records.ChangeAsync(new StaffChange.Issue(row) { Audit = Line("key-issued", row.Id, $"…{row.Hint}") }))
        {
            Mend("Client", "このシステムには、使えるキーがすでに 2 つあります。古いキーを無効にしてから発行してください。");
            return Page();
        }

        TempData[KeyListModel.Made] = key;
        return Redirect("/console/keys");
    }
}

/// <summary>What making a key needs, first or second.</summary>
internal static class KeyForm
{
    public static (string Key, ApiKeyRow Row) Make(ConsolePage page, string client, string scopes, string? departments, string? addresses, long? end)
    {
        var key = ApiKey.Make();
        var now = page.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
        return (key, new($"k-{Guid.NewGuid():n}", ApiKey.HashOf(key), page.Me.Town, client, key[^4..], scopes, departments, addresses, now, page.Me.Id, end, null, null, null));
    }

    /// <summary>Networks and single addresses, as networks; null = from anywhere.</summary>
    public static string? Addresses(ConsolePage page, string? text)
    {
        List<string> networks = [];
        foreach (var word in ApiKey.Words(text))
        {
            if (IPNetwork.TryParse(word, out var network)) networks.Add(network.ToString());
            else if (IPAddress.TryParse(word, out var address)) networks.Add($"{address}/{(address.GetAddressBytes().Length * 8).ToString(CultureInfo.InvariantCulture)}");
            else page.ModelState.AddModelError("Addresses", $"「{word}」はアドレスでもネットワークでもありません。例：203.0.113.7 または 203.0.113.0/24");
        }

        return networks.Count == 0 ? null : string.Join(' ', networks.Distinct());
    }
}

/// <summary>Scopes as people call them.</summary>
public static class KeyWords
{
    public static string Scope(string scope) => scope switch
    {
        Scopes.ReadCases => "案件を見る",
        Scopes.ReadBookings => "予約を見る",
        Scopes.ReadConversations => "会話を見る",
        Scopes.ReadProcedures => "手続きを見る",
        Scopes.PublishProcedures => "手続きを公開する",
        Scopes.ReadBroadcasts => "配信を見る",
        Scopes.SendBroadcasts => "配信する",
        Scopes.ReadStatus => "稼働状況を見る",
        "handoff.reply" => "会話を引き受けて返信する",
        "webhooks:manage" => "Webhook を管理する",
        _ => scope,
    };
}
