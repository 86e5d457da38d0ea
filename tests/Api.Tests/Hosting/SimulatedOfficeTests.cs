using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansGov.Api.Tests.Hosting;

/// <summary>The whole office with its own LINE, on real sockets and files: from a word typed on a phone to the answer on its screen.</summary>
public sealed class SimulatedOfficeTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("office-").FullName;
    private readonly WebApplicationFactory<Program> _office;
    private readonly HttpClient _browser;

    public SimulatedOfficeTests()
    {
        _office = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder.UseEnvironment("Development").UseSetting("Data:Directory", _directory).UseSetting("urls", "http://127.0.0.1:0"));
        _office.UseKestrel();
        _office.StartServer();
        var address = _office.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _browser = new HttpClient { BaseAddress = new Uri(address) };
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _office.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task AWord_IsAnsweredOnThePhoneThatShowsTheMenu()
    {
        var resident = await Json(await _browser.PostAsJsonAsync("/simulator/api/residents", new { }, OfficeDoor.Cancel));
        var phone = $"/simulator/api/residents/{resident.GetProperty("id").GetString()}";
        await _browser.PostAsJsonAsync($"{phone}/messages", new { type = "text", text = "粗大ごみ" }, OfficeDoor.Cancel);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(OfficeDoor.Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        string screen;
        do
        {
            await Task.Delay(100, patience.Token);
            await _browser.PostAsync($"{phone}/open", null, patience.Token); // a default menu set meanwhile shows when the talk is opened again
            screen = await _browser.GetStringAsync($"{phone}/screen", patience.Token);
        }
        while ((!screen.Contains("何を", StringComparison.Ordinal) && !screen.Contains("品目", StringComparison.Ordinal)) || !screen.Contains("richMenuId", StringComparison.Ordinal));

        Assert.Equal(0, (await Json(await _browser.GetAsync("/simulator/api/findings", OfficeDoor.Cancel))).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("/simulator")]
    [InlineData("/simulator/")]
    [InlineData("/simulator/main.js")]
    public async Task TheSimulator_IsServed(string path)
    {
        var answer = await _browser.GetAsync(path, OfficeDoor.Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("script-src 'self'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.RequestUri} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
