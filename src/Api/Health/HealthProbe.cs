namespace OrleansGov.Api.Health;

/// <summary><c>OrleansGov.Api.dll health</c>: asks the office on this machine whether it is ready, for images that have no curl.</summary>
internal static class HealthProbe
{
    /// <returns>0 = ready, 1 = not, or nobody answers.</returns>
    public static async Task<int> AskAsync(IConfiguration configuration)
    {
        var listens = (configuration["urls"] ?? configuration["ASPNETCORE_URLS"] ?? "http://127.0.0.1:8080").Split(';')[0];
        foreach (var everywhere in (string[])["//+", "//*", "//0.0.0.0", "//[::]"]) listens = listens.Replace(everywhere, "//127.0.0.1", StringComparison.Ordinal);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(listens), "/health/ready"));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Console.WriteLine($"{listens}: {e.Message}");
            return 1;
        }
    }
}
