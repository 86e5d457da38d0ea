using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Http;

namespace OrleansGov.LocalLine.Content;

/// <summary>Downloads (LINE reference, Get content), on the data address.</summary>
internal static class ContentEndpoints
{
    public static IEnumerable<Endpoint> OnData =>
    [
        Endpoint.Get("content", "/v2/bot/message/{messageId}/content", Download),
        Endpoint.Get("content-preview", "/v2/bot/message/{messageId}/content/preview", Preview),
        Endpoint.Get("content-transcoding", "/v2/bot/message/{messageId}/content/transcoding", Transcoding),
    ];

    private static Answer Download(Call call) => With(call, content =>
        content.ReadyAt > call.Now ? new Answer(202, default) : new Answer(200, content.Bytes, content.MediaType));

    private static Answer Preview(Call call) => With(call, content => content.Kind is not ("image" or "video")
        ? Answer.Error(400, "The message type does not support preview")
        : content.ReadyAt > call.Now ? new Answer(202, default)
        : content.Kind == "image" ? new Answer(200, content.Bytes, content.MediaType)
        : new Answer(200, FirstFrame, "image/png"));

    private static Answer Transcoding(Call call) => With(call, content => content.Kind is not ("video" or "audio")
        ? Answer.Error(400, "The message type does not support transcoding")
        : Answer.Ok(new JsonObject { ["status"] = content.ReadyAt > call.Now ? "processing" : "succeeded" }));

    private static Answer With(Call call, Func<StoredContent, Answer> answer) => call.Platform.Contents.Find(call.Route("messageId")) switch
    {
        { } content when content.Channel != call.Channel => Answer.Error(404, "Not found"),
        { Gone: true } => Answer.Error(410, "The content is gone"),
        { } content => answer(content),
        _ => Answer.Error(404, "Not found"),
    };

    // One grey pixel: this LINE does not look into videos.
    private static readonly byte[] FirstFrame =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");
}
