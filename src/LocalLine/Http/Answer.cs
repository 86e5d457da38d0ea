using System.Text;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Webhooks;

namespace OrleansGov.LocalLine.Http;

/// <summary>What LINE says to a call.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Bytes; empty = no body.</param>
/// <param name="MediaType">Of the body.</param>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string MediaType = "application/json")
{
    public static readonly Answer Done = Json(200, []);
    public static readonly Answer Accepted = Json(202, []);

    /// <summary>X-Line-Accepted-Request-Id, on a 409.</summary>
    public string? AcceptedRequestId { get; init; }

    /// <summary>For the journal: <c>answered</c>, <c>refused</c>, <c>delivered</c>, <c>swallowed</c>, <c>repeated</c>.</summary>
    public string Verdict { get; init; } = Status < 300 ? "answered" : "refused";

    /// <summary>For the journal: why.</summary>
    public string Why { get; init; } = "";

    /// <summary>For the journal: whom it concerns.</summary>
    public string? Resident { get; init; }

    public static Answer Json(int status, JsonObject body) => new(status, Encoding.UTF8.GetBytes(body.ToJsonString(Wire.Relaxed)));

    public static Answer Ok(JsonObject body) => Json(200, body);

    public static Answer Error(int status, string message, params IReadOnlyList<(string Message, string? Property)> details)
    {
        var body = new JsonObject { ["message"] = message };
        if (details.Count > 0)
        {
            body["details"] = new JsonArray([.. details.Select(d =>
            {
                var detail = new JsonObject { ["message"] = d.Message };
                if (d.Property is not null) detail["property"] = d.Property;
                return (JsonNode)detail;
            })]);
        }

        return Json(status, body) with { Why = message };
    }

    public static Answer Faulty(params IReadOnlyList<(string Message, string? Property)> details) =>
        Error(400, $"The request body has {details.Count} error(s)", details);

    public static Answer BadProperty(string property) => Error(400, $"The property, {property}, in the request body is invalid (line: -, column: -)");

    public static Answer NotFound() => Error(404, "Not found");

    public static Answer OAuth(int status, string error, string description) =>
        Json(status, new JsonObject { ["error"] = error, ["error_description"] = description }) with { Why = description };
}
