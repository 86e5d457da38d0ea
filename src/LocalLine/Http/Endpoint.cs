using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Http;

/// <summary>What an endpoint takes as its body.</summary>
internal enum BodyKind
{
    None,
    Json,
    Bytes,
    Form,
}

/// <summary>One call of LINE's API: how it looks, what it may cost, who answers it.</summary>
/// <param name="Name">Short name for faults and counters.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">Route template.</param>
/// <param name="Handle">Answers a call that passed every check before the body's.</param>
internal sealed record Endpoint(string Name, string Method, string Template, Func<Call, Answer> Handle)
{
    public BodyKind Body { get; init; } = BodyKind.None;

    public RateLimit Limit { get; init; } = RateLimit.Usual;

    /// <summary>X-Line-Retry-Key is understood; elsewhere it is a 400.</summary>
    public bool TakesRetryKey { get; init; }

    /// <summary>Token calls carry no bearer.</summary>
    public bool Anonymous { get; init; }

    public static Endpoint Get(string name, string template, Func<Call, Answer> handle) => new(name, "GET", template, handle);

    public static Endpoint Delete(string name, string template, Func<Call, Answer> handle) => new(name, "DELETE", template, handle);

    public static Endpoint Post(string name, string template, Func<Call, Answer> handle, BodyKind body = BodyKind.Json) =>
        new(name, "POST", template, handle) { Body = body };

    public static Endpoint Put(string name, string template, Func<Call, Answer> handle) => new(name, "PUT", template, handle) { Body = BodyKind.Json };
}

/// <summary>A call that passed the checks before its body's.</summary>
internal sealed class Call(LocalLinePlatform platform, Endpoint endpoint, HttpContext http, string requestId, DateTimeOffset now)
{
    public LocalLinePlatform Platform { get; } = platform;

    public Endpoint Endpoint { get; } = endpoint;

    public string RequestId { get; } = requestId;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The bearer's channel. Anonymous calls have none.</summary>
    public LocalChannel Channel { get; set; } = null!;

    public Guid? RetryKey { get; set; }

    public byte[] Bytes { get; set; } = [];

    public JsonElement Body { get; set; }

    public IFormCollection Form { get; set; } = FormCollection.Empty;

    public string? MediaType => http.Request.ContentType?.Split(';')[0].Trim();

    public string Text => Endpoint.Body == BodyKind.Bytes ? $"({Bytes.Length} bytes)" : Encoding.UTF8.GetString(Bytes);

    public string Route(string name) => http.Request.RouteValues[name]?.ToString() ?? "";

    public string? Query(string name) => http.Request.Query[name].FirstOrDefault();

    /// <summary>A resident of this channel, or null for strangers.</summary>
    public LocalResident? Resident(string id) => Channel.Residents.GetValueOrDefault(id);
}
