using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Documents;

/// <summary>How an answer is dressed.</summary>
public enum Answered
{
    /// <summary>200.</summary>
    Plain,

    /// <summary>200 with an ETag, or 304.</summary>
    Tagged,

    /// <summary>200 with an ETag and a link to the next part, or 304.</summary>
    AsList,

    /// <summary>201 with the address of what was made.</summary>
    Created,
}

/// <summary>An endpoint's answer and an example of it.</summary>
internal sealed record AnswerWords(Type Type, object Example, Answered How);

/// <summary>An endpoint's body and an example of it. Only said here: what is accepted is decided after authentication, by the endpoint.</summary>
internal sealed record BodyWords(Type Type, object Example, IReadOnlyList<string> MediaTypes);

/// <summary>The refusals that are an endpoint's own.</summary>
internal sealed record RefusalWords(IReadOnlyList<Problem> Problems);

/// <summary>A parameter of the path, in words.</summary>
internal sealed record ParameterWords(string Name, string Description, object Example);

/// <summary>A header that the call needs.</summary>
internal sealed record HeaderWords(string Name, string Description, string Example);

/// <summary>An answer that goes on: its media type and an example of its lines. The document cannot describe it better before OpenAPI 3.2.</summary>
internal sealed record StreamWords(string MediaType, string Example);

/// <summary>What an endpoint tells the OpenAPI document, beside the endpoint itself.</summary>
public static class EndpointWords
{
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, T example, Answered how = Answered.Plain)
        where T : notnull =>
        endpoint.WithMetadata(new AnswerWords(typeof(T), example, how)).Produces<T>(how == Answered.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, T example, params string[] mediaTypes)
        where T : notnull =>
        endpoint.WithMetadata(new BodyWords(typeof(T), example, mediaTypes));

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params Problem[] problems) => endpoint.WithMetadata(new RefusalWords(problems));

    public static RouteHandlerBuilder Explains(this RouteHandlerBuilder endpoint, string parameter, string description, object example) =>
        endpoint.WithMetadata(new ParameterWords(parameter, description, example));

    public static RouteHandlerBuilder NeedsIdempotencyKey(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new HeaderWords(Idempotency.KeyedCalls.Header, "操作ごとに新しい値（UUID など）です。同じ値で送り直すと、実行せずに最初の応答を返します（24 時間）。", "8e03978e-40d5-43dd-bc93-6894a57f9324"))
        .Refuses(Problem.IdempotencyKeyMissing, Problem.IdempotencyInProgress, Problem.IdempotencyKeyReused);

    public static RouteHandlerBuilder NeedsIfMatch(this RouteHandlerBuilder endpoint, string description) => endpoint
        .WithMetadata(new HeaderWords("If-Match", description, "\"2-5f2c9a7be1d04c38\""))
        .Refuses(Problem.PreconditionStale, Problem.PreconditionRequired);
}
