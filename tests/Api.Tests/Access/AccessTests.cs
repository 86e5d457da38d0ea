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
}
