using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansGov.Api.Access;

namespace OrleansGov.Api.Tests.Access;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly OfficeDoor _office = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("og_live_unknown")]
    [InlineData(OfficeDoor.ExpiredKey)]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public async Task WithoutAValidKey_EveryStaffCallIs401(string? key)
    {
        foreach (var (method, path) in StaffCalls())
        {
            using var request = new HttpRequestMessage(method, path);
            var answer = await _office.StaffClient(key).SendAsync(request, OfficeDoor.Cancel);
            await answer.IsProblem(401, "auth/unauthenticated");
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task WithoutTheScope_ACallIs403AndNamesTheRight()
    {
        var answer = await _office.StaffClient(OfficeDoor.DepartmentKey).PostAsync("/api/v1/procedures/bulky-waste/versions/1/publications", null, OfficeDoor.Cancel);
        var problem = await answer.IsProblem(403, "auth/forbidden");
        Assert.Equal("procedures:publish", problem.GetProperty("required")[0].GetString());
        Assert.Empty(_office.Catalog.Published);
        await using var read = _office.Records.Read();
        var line = Assert.Single(read.Audit, a => a.Action == "refused");
        Assert.Equal(("部署のキー", "required: procedures:publish"), (line.Principal, line.Detail));
    }

    [Fact]
    public void EveryEndpoint_HasAPolicyOrSaysThatItIsForAnybody()
    {
        var open = _office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<AuthorizationPolicy>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.RoutePattern.RawText);
        Assert.Equal([], open);
    }

    [Fact]
    public async Task TooManyCalls_Are429WithRetryAfter()
    {
        using var limits = new ApiLimits(callsPerMinute: 2);
        using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        List<(int Status, string Left)> answers = [];
        for (var i = 0; i < 3; i++)
        {
            var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = services };
            http.Request.Path = "/api/v1/cases";
            http.Request.Headers["X-Forwarded-For"] = $"10.0.0.{i}"; // a caller cannot choose its own partition
            await limits.Run(http, _ => Task.CompletedTask);
            answers.Add((http.Response.StatusCode, http.Response.Headers["RateLimit-Remaining"].ToString()));
            if (i == 2) Assert.NotEqual("", http.Response.Headers.RetryAfter.ToString());
        }

        Assert.Equal([(200, "1"), (200, "0"), (429, "0")], answers);
    }

    private static IEnumerable<(HttpMethod, string)> StaffCalls() =>
    [
        (HttpMethod.Get, "/api/v1/cases"), (HttpMethod.Get, "/api/v1/cases/S-1"), (HttpMethod.Get, "/api/v1/bookings"),
        (HttpMethod.Get, $"/api/v1/conversations/{TownFacts.Resident}/messages"), (HttpMethod.Get, "/api/v1/procedures"), (HttpMethod.Get, "/api/v1/procedures/x/versions/1"),
        (HttpMethod.Post, "/api/v1/procedures/x/validations"), (HttpMethod.Post, "/api/v1/procedures/x/publications"), (HttpMethod.Post, "/api/v1/procedures/x/versions/1/publications"),
        (HttpMethod.Get, "/api/v1/broadcasts"), (HttpMethod.Get, "/api/v1/broadcasts/audience"), (HttpMethod.Get, "/api/v1/broadcasts/x"),
        (HttpMethod.Post, "/api/v1/broadcasts"), (HttpMethod.Post, "/api/v1/broadcasts/x/start"), (HttpMethod.Post, "/api/v1/broadcasts/x/stop"),
    ];
}
