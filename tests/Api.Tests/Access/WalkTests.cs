using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.Access;

/// <summary>A walk past every door of the office: which stand open on purpose, and that the others open to nobody else than they should.</summary>
public sealed class WalkTests : IAsyncLifetime
{
    /// <summary>Open to anybody, each for a reason; a new one is written down here or has a policy.</summary>
    private static readonly string[] ForAnybody =
    [
        "/", // leads somewhere
        "/content/{town}/{contentId}", // pictures that LINE fetches, each address a key
        "/form", "/form/{channel}/{resident}/{token}", "/form/sent", // one-time links, each a key
        "/health", "/health/live", "/health/ready",
        "/problems", "/problems/{**code}", // what refusals point to
        "/webhook/{channel}", // LINE, by signature
    ];

    private static readonly string[] ForAnybodyWhoSignsIn = ["/sign-in", "/sign-in/out", "/sign-in/start", "/sign-out"];

    private readonly OfficeDoor _office = new() { Environment = "Development", Settings = { ["SignIn:AttemptsPerAddress"] = "1000" } };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task OpenDoors_AreTheOnesThatAreWrittenDown()
    {
        await using var office = new OfficeDoor { Settings = { ["SignIn:Authority"] = "https://login.example.jp", ["SignIn:ClientId"] = "office" } };
        var open = Doors(office).Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(PathOf).Distinct();
        Assert.Equal([], open.Except(ForAnybody).Except(ForAnybodyWhoSignsIn));
        Assert.DoesNotContain(Doors(office), e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<AuthorizationPolicy>() is null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("og_live_unknown")]
    [InlineData(OfficeDoor.ExpiredKey)]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public async Task ClosedDoors_WithoutAValidKey_Are401(string? key)
    {
        foreach (var (method, path, door) in Calls())
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await _office.StaffClient(key).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, OfficeDoor.Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {PathOf(door)}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task ClosedDoors_OpenToTheRolesThatHaveTheRight_AndToNoOther()
    {
        var calls = Calls().Where(c => c.Door.Metadata.GetMetadata<PageActionDescriptor>() is null).ToList();
        Assert.True(calls.Count >= 15);
        foreach (var (subject, role) in new[]
        {
            ("environment-viewer", Roles.Viewer), ("environment-officer-1", Roles.Officer), ("environment-lead", Roles.Lead), ("town-author", Roles.Author),
            ("town-broadcaster", Roles.Broadcaster), ("town-admin", Roles.Admin), ("town-auditor", Roles.Auditor),
        })
        {
            var person = await _office.SignInAsync(subject);
            var token = await person.Token();
            foreach (var (method, path, door) in calls)
            {
                var required = door.Metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(p => p.Requirements.OfType<ScopeRequirement>()).Select(r => r.Scope).ToList();
                if (required.TrueForAll(role.Rights.Contains)) continue;
                var before = await Trail();
                var request = new HttpRequestMessage(method, path);
                request.Headers.Add("X-CSRF-Token", token);
                request.Headers.Add("Sec-Fetch-Site", "same-origin");
                using var answer = await person.Send(request, follow: false);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{role.Id} {method} {PathOf(door)}: {answer.StatusCode}");
                var line = Assert.Single((await Trail()).Skip(before.Count));
                Assert.Equal(("refusal", $"dev-minatodai-{subject}"), (line.Kind, line.Actor));
            }
        }

        Assert.Empty(_office.Catalog.Published);
        Assert.Empty(_office.Residents);
    }

    [Fact]
    public async Task AnotherDepartmentsCase_IsAsIfThereWereNone()
    {
        await _office.Records.AppendAsync([TownFacts.Opened("S-20261102-0001", "general"), TownFacts.Opened("S-20261102-0002"), TownFacts.Opened("S-20261102-0003", town: "elsewhere")]);
        var lead = await _office.SignInAsync("environment-lead");
        Assert.Equal(HttpStatusCode.OK, (await lead.Get("/api/v1/cases/S-20261102-0002")).StatusCode);
        var missing = await Body("/api/v1/cases/S-20261102-9999");
        foreach (var foreign in (string[])["S-20261102-0001", "S-20261102-0003"]) Assert.Equal(missing, await Body($"/api/v1/cases/{foreign}"));
        var list = await (await lead.Get("/api/v1/cases")).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.Contains("0002", list, StringComparison.Ordinal);
        Assert.DoesNotContain("0001", list, StringComparison.Ordinal);
        Assert.DoesNotContain("0001", await (await lead.Get("/api/v1/cases?department=general")).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("0001", await (await lead.Get("/console")).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);

        async Task<string> Body(string path)
        {
            var answer = await lead.Get(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            return System.Text.RegularExpressions.Regex.Replace(await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel), "\"(instance|traceId)\":\"[^\"]*\"", "");
        }
    }

    private IEnumerable<(HttpMethod Method, string Path, RouteEndpoint Door)> Calls() =>
        from door in Doors(_office)
        where door.Metadata.GetMetadata<IAllowAnonymous>() is null
        from method in door.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (new HttpMethod(method), Filled(door.RoutePattern), door);

    private static IEnumerable<RouteEndpoint> Doors(OfficeDoor office) => office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string PathOf(RouteEndpoint door) => "/" + door.RoutePattern.RawText?.Trim('/');

    // every parameter gets a value of its kind, so that the call reaches the door
    private static string Filled(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternParameterPart parameter => parameter.ParameterPolicies.Any(p => p.Content is "int" or "long") || parameter.Name is "version" ? "1" : "x",
        _ => "",
    }))));

    private async Task<List<AuditRow>> Trail()
    {
        await using var read = _office.Records.Read();
        return [.. read.Audit.OrderBy(a => a.Id)];
    }
}
