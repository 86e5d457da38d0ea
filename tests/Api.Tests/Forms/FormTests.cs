using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace OrleansGov.Api.Tests.Forms;

public sealed partial class FormTests : IAsyncLifetime
{
    private const string P = "abcdefghijklmnopqrstuvwxyz234567";
    private const string Link = $"/form/{OfficeDoor.Channel}/{P}/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly OfficeDoor _office = new();
    private readonly ResidentStub _resident;
    private readonly HttpClient _phone;

    public FormTests()
    {
        _resident = _office.Resident(ResidentKey.Join(OfficeDoor.Channel, P));
        _resident.Form = new("みなと台市", "連絡先の入力", "粗大ごみの申込みに使います。",
        [
            new("name", "氏名", "name", "住民票と同じ文字でなくてもかまいません。", true, 40, []),
            new("phone", "電話番号", "phone", null, true, 20, []) { Prefill = "090-0000-0000" },
            new("where", "置き場所", "choice", null, false, 20, [new("gate", "門の前"), new("road", "道路の前")]),
        ], new DateTimeOffset(2026, 11, 2, 13, 5, 0, Town.Offset));
        _phone = _office.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Look_ShowsTheFieldsAndConsumesNothing()
    {
        var page = await Look();
        Assert.Contains("みなと台市", page, StringComparison.Ordinal);
        Assert.Contains("氏名 <span class=\"required\">必須", page, StringComparison.Ordinal);
        Assert.Contains("value=\"090-0000-0000\"", page, StringComparison.Ordinal);
        Assert.Contains("inputmode=\"tel\" autocomplete=\"tel\"", page, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"name\"", page, StringComparison.Ordinal);
        Assert.Contains("11月2日（月）13時05分", page, StringComparison.Ordinal);
        Assert.Empty(_resident.Filled);
    }

    [Fact]
    public async Task Look_IsNeverStoredOrFramedAndRunsNothingOfStrangers()
    {
        var answer = await _phone.GetAsync(Link, OfficeDoor.Cancel);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.DoesNotMatch("style=|<style|onclick|<script(?! type=\"module\" src=)", await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel));
    }

    [Fact]
    public async Task Fill_WhenEverythingIsAccepted_SaysToGoBackToTheTalk()
    {
        var answer = await Fill(("name", "佐藤花子"), ("phone", "０９０"), ("remember", "on"), ("stranger", "x"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/form/sent", answer.Headers.Location!.ToString());
        Assert.Contains("トークへ戻る", await _phone.GetStringAsync(answer.Headers.Location, OfficeDoor.Cancel), StringComparison.Ordinal);
        var values = Assert.Single(_resident.Filled);
        Assert.Equal(["name", "phone", "remember"], values.Keys.Order());
        Assert.Equal("on", values["remember"]);
    }

    [Fact]
    public async Task Fill_WhenAFieldIsWrong_KeepsTheWordsAndSaysWhereAndWhy()
    {
        _resident.Filling = _ => new(FormState.Invalid, ImmutableDictionary<string, string>.Empty.Add("phone", "電話番号は数字で入力してください。例：090-1234-5678"));
        var answer = await Fill(("name", "\"><img src=x onerror=alert(1)>佐藤"), ("phone", "なし"), ("where", "road"));
        var page = await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("<title>エラー: ", page, StringComparison.Ordinal);
        Assert.Contains("class=\"error-summary\" role=\"alert\" tabindex=\"-1\" autofocus", page, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-phone\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"なし\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"road\" checked", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("佐藤", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fill_WithoutAntiforgeryToken_IsRefusedAndNothingIsFilled()
    {
        var answer = await _phone.PostAsync(Link, new FormUrlEncodedContent([new("name", "佐藤")]), OfficeDoor.Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_resident.Filled);
    }

    [Fact]
    public async Task Look_WhenTheLinkIsUsedOrTooOld_SaysKindlyToAskAgain()
    {
        _resident.Form = null;
        var answer = await _phone.GetAsync(Link, OfficeDoor.Cancel);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("続きから", await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"/form/elsewhere/{P}/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData($"/form/{OfficeDoor.Channel}/short/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData($"/form/{OfficeDoor.Channel}/{P}/short")]
    public async Task Look_AtWhatCannotBeALink_WakesNobody(string link)
    {
        var before = _office.Residents.Count;
        Assert.Equal(HttpStatusCode.Gone, (await _phone.GetAsync(link, OfficeDoor.Cancel)).StatusCode);
        Assert.Equal(before, _office.Residents.Count);
    }

    private async Task<HttpResponseMessage> Fill(params (string Name, string Value)[] values)
    {
        var token = Token().Match(await Look());
        return await _phone.PostAsync(Link, new FormUrlEncodedContent(
            values.Select(v => new KeyValuePair<string, string>(v.Name, v.Value)).Append(new(token.Groups[1].Value, token.Groups[2].Value))), OfficeDoor.Cancel);
    }

    private async Task<string> Look() => await _phone.GetStringAsync(Link, OfficeDoor.Cancel);

    private static string Header(HttpResponseMessage answer, string name) => string.Join(',', answer.Headers.GetValues(name));

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
