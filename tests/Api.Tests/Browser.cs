using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace OrleansGov.Api.Tests;

/// <summary>As much of a browser as these tests need: cookies, redirects, forms with what is hidden in them.</summary>
public sealed partial class Browser(OfficeDoor office)
{
    public static readonly Uri Home = new("https://minatodai.example");

    public CookieContainer Cookies { get; private init; } = new();

    /// <summary>Another window with the same cookies as now.</summary>
    public Browser Copy()
    {
        var copy = new Browser(office);
        copy.Cookies.Add(Cookies.GetAllCookies());
        return copy;
    }

    public async Task<HttpResponseMessage> SignInAsync(string subject, string back = "/console")
    {
        var choice = await Get($"/sign-in/start?back={Uri.EscapeDataString(back)}");
        return await Submit(await choice.Content.ReadAsStringAsync(OfficeDoor.Cancel), "/dev/idp/authorize", ("subject", subject));
    }

    public Task<HttpResponseMessage> Get(string path, bool follow = true) => Send(new(HttpMethod.Get, path), follow);

    /// <summary>Sends a form of a page, with its hidden values, to where it goes.</summary>
    public Task<HttpResponseMessage> Submit(string page, string action, params (string Name, string Value)[] values) => Submit(page, action, true, values);

    /// <inheritdoc cref="Submit(string, string, (string, string)[])"/>
    public Task<HttpResponseMessage> Submit(string page, string action, bool follow, params (string Name, string Value)[] values)
    {
        var forms = Form().Matches(page).Select(m => (Action: WebUtility.HtmlDecode(m.Groups["action"].Value), Inside: m.Groups["inside"].Value)).ToList();
        var form = forms.Find(f => f.Action == action).Inside ?? forms.Find(f => f.Action.Length == 0).Inside ?? "";
        var hidden = Hidden().Matches(form).Select(m => (Name: m.Groups["name"].Value, Value: WebUtility.HtmlDecode(m.Groups["value"].Value))).DistinctBy(h => h.Name);
        return Send(new(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent(hidden.Where(h => values.All(v => v.Name != h.Name)).Concat(values).Select(v => new KeyValuePair<string, string>(v.Name, v.Value))),
        }, follow);
    }

    /// <summary>The form of a page that this person opens first.</summary>
    public async Task<HttpResponseMessage> Fill(string page, params (string Name, string Value)[] values)
    {
        var shown = await Get(page);
        return await Submit(await shown.Content.ReadAsStringAsync(OfficeDoor.Cancel), page, values);
    }

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request, bool follow = true)
    {
        request.Headers.Accept.ParseAdd("text/html");
        var client = new HttpClient(Handlers(follow)) { BaseAddress = Home };
        return await client.SendAsync(request, OfficeDoor.Cancel);
    }

    public async Task<string> Token() => Hidden().Matches(await (await Get("/console")).Content.ReadAsStringAsync(OfficeDoor.Cancel)).First(m => m.Groups["name"].Value.StartsWith("__", StringComparison.Ordinal)).Groups["value"].Value;

    private HttpMessageHandler Handlers(bool follow)
    {
        var cookies = new CookieContainerHandler(Cookies) { InnerHandler = office.Server.CreateHandler() };
        return follow ? new RedirectHandler { InnerHandler = cookies } : cookies;
    }

    [GeneratedRegex("""<form (?=[^>]*method="post")(?:[^>]*action="(?<action>[^"]*)")?[^>]*>(?<inside>.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input (?=[^>]*type="hidden")(?=[^>]*name="(?<name>[^"]*)")(?=[^>]*value="(?<value>[^"]*)")[^>]*>""")]
    private static partial Regex Hidden();
}
