using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Orleans.Runtime;
using OrleansGov.Records;

namespace OrleansGov.Api.Problems;

/// <summary>
/// Every refusal leaves as RFC 9457 with a code of the catalogue: those our endpoints return, those the framework makes (empty 404s, 405s,
/// 415s), what cannot be read, and what breaks.
/// </summary>
public static partial class ProblemAnswers
{
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<UnreadableRequests>();
        services.AddExceptionHandler<PartsAway>();
        // Outside Development the framework answers unreadable JSON with an empty body; thrown, it reaches the handler above.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Complete(context.HttpContext, context.ProblemDetails));
    }

    public static IApplicationBuilder UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = handled => handled.Exception is BadHttpRequestException });
        return app.UseStatusCodePages();
    }

    private static void Complete(HttpContext http, ProblemDetails problem)
    {
        if (!problem.Extensions.TryGetValue("code", out var code) && Problem.OfStatus(problem.Status ?? 500) is { } kind)
        {
            (problem.Title, problem.Detail) = (kind.Title, kind.Detail);
            problem.Extensions["code"] = code = kind.Code;
        }

        if (code is not null) problem.Type = $"{http.RequestServices.GetRequiredService<Settings.PublicAddress>().Base}/problems/{code}";
        problem.Instance = http.TraceIdentifier;
        problem.Extensions["traceId"] = (Activity.Current?.TraceId ?? default).ToHexString();
        if (problem.Status is 429 or 503 && http.Response.Headers.RetryAfter.Count == 0) http.Response.Headers.RetryAfter = "5";
    }

    /// <summary>Names the place where reading a request failed.</summary>
    private sealed class UnreadableRequests(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel)
        {
            if (exception is not BadHttpRequestException bad) return false;
            var (kind, errors) = Explain(bad);
            http.Response.StatusCode = kind.Status;
            var answer = new ProblemDetails { Status = kind.Status, Title = kind.Title, Detail = kind.Detail, Extensions = { ["code"] = kind.Code } };
            if (errors.Length > 0) answer.Extensions["errors"] = errors;
            if (kind == Problem.TooLarge && http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } limit) answer.Extensions["limit"] = limit;
            return await problems.TryWriteAsync(new() { HttpContext = http, ProblemDetails = answer, Exception = exception });
        }

        private static (Problem, FieldError[]) Explain(BadHttpRequestException bad)
        {
            if (bad.StatusCode == StatusCodes.Status413PayloadTooLarge) return (Problem.TooLarge, []);
            if (bad.StatusCode == StatusCodes.Status415UnsupportedMediaType) return (Problem.UnsupportedType, []);
            if (bad.InnerException is JsonException json)
                return json.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)
                    ? (Problem.UnknownProperty, [new(Pointer(json.Path), "この項目は使えません。")])
                    : (Problem.Malformed, [new(Pointer(json.Path), "JSON として読み取れないか、値の種類が違います。")]);
            return UnboundParameter().Match(bad.Message) is { Success: true } parameter
                ? (Problem.Validation, [new("/" + JsonNamingPolicy.CamelCase.ConvertName(parameter.Groups[1].Value), "値の形式が正しくありません。")])
                : (Problem.Malformed, []);
        }

        // $.texts['a/b'][0] -> /texts/a~1b/0
        private static string Pointer(string? path) => path is null or "$" ? "" : string.Concat(PathPart().Matches(path)
            .Select(part => "/" + part.Groups.Values.Skip(1).First(g => g.Success).Value.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
    }

    /// <summary>A node that just died, a database that is away, a call that took too long: the caller asks again, and nothing of ours is broken.</summary>
    private sealed class PartsAway(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel)
        {
            if (exception is not (OrleansException or GrainStorageException or RecordsUnavailableException or RecordsWriteException or TimeoutException)) return false;
            http.Response.StatusCode = Problem.Unavailable.Status;
            return await problems.TryWriteAsync(new() { HttpContext = http, ProblemDetails = new() { Status = Problem.Unavailable.Status }, Exception = exception });
        }
    }

    [GeneratedRegex("""parameter "(?:[^"]* )?(\w+)" """)]
    private static partial Regex UnboundParameter();

    [GeneratedRegex(@"\.([^.\[]+)|\['([^']*)'\]|\[(\d+)\]")]
    private static partial Regex PathPart();
}
