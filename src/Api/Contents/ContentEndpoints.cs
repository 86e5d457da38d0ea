using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using OrleansGov.Api.Access;
using OrleansGov.Api.Conversations;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Problems;
using OrleansGov.Gateways;
using OrleansGov.Records;

namespace OrleansGov.Api.Contents;

/// <summary>
/// Pictures of staff for residents, and files of residents for staff. A picture's address is its only key: long, by chance, and good for weeks, because LINE's
/// apps fetch it whenever a resident scrolls back. What residents sent is never there: it is shown to those who may see the talk, as an attachment.
/// </summary>
public static class ContentEndpoints
{
    /// <summary>Bytes of an upload.</summary>
    public const int Largest = 10 << 20;

    /// <summary>How long LINE may fetch a picture.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(60);

    /// <summary>Of the ids of pictures that may leave the house.</summary>
    internal const string Prefix = "out-";

    internal static void MapContents(this RouteGroupBuilder conversations)
    {
        conversations.MapPost("/{id}/contents", Upload).WithName("uploadPicture")
            .WithSummary("送る写真を登録する").WithDescription("住民に送る JPEG か PNG（10 MiB まで）を登録します。撮影場所などの情報は取り除きます。返された識別子を、メッセージの contentIds に指定します。")
            .Takes("（写真のバイト列）", "image/jpeg", "image/png").Answers(new PictureView("out-20261102-0f1e2d3c4b5a69788796a5b4c3d2e1f0"), Answered.Created)
            .Refuses(Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType).Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId);
        conversations.MapGet("/{id}/messages/{seq:long}/contents/{contentId}", Download).WithName("getContent")
            .WithSummary("写真・ファイルを取得する").WithDescription("住民が送った写真やファイルを、添付ファイルとして返します。参照したことは監査ログに残ります。")
            .Produces(StatusCodes.Status200OK).Refuses(Problem.NotFound)
            .Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId).Explains("seq", "会話の中での順番です。", 12).Explains("contentId", "写真・ファイルの識別子です。", "c-7f3k");
    }

    /// <summary>Where LINE fetches pictures of staff.</summary>
    public static IEndpointRouteBuilder MapPictures(this IEndpointRouteBuilder app)
    {
        app.MapGet("/content/{town}/{contentId}", Show).ExcludeFromDescription().AllowAnonymous();
        return app;
    }

    private static async Task<IResult> Upload(string id, HttpContext http, Rooms rooms, RecordsStore records, ContentStore contents, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        if (!talk.Actor.May(StaffRights.Reply)) return ControlEndpoints.Forbidden(StaffRights.Reply);
        if (http.Request.ContentLength > Largest) return TooLarge;
        using var bytes = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (await http.Request.Body.ReadAsync(chunk, http.RequestAborted) is > 0 and var read)
        {
            if (bytes.Length + read > Largest) return TooLarge;
            bytes.Write(chunk, 0, read);
        }

        // what it is, not what it is called
        if (ContentFormat.MediaType(bytes.GetBuffer().AsSpan(0, (int)Math.Min(bytes.Length, 16))) is not ("image/jpeg" or "image/png")) return Unsupported;
        bytes.Position = 0;
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Town.Today(clock.GetUtcNow()):yyyyMMdd}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");
        try
        {
            await contents.PutAsync(talk.Staff.Town, name, bytes, http.RequestAborted);
        }
        catch (ContentRefusedException)
        {
            return Unsupported;
        }

        await records.AuditAsync(new AuditEntry(clock.GetUtcNow(), talk.Staff.Town, talk.Staff.Name, "picture-uploaded", id) { Department = talk.View.Department }.By(talk.Staff, http));
        return TypedResults.Created($"/content/{talk.Staff.Town}/{name}", new PictureView(name));
    }

    private static async Task<IResult> Download(string id, long seq, string contentId, HttpContext http, Rooms rooms, RecordsStore records, ContentStore contents, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        await using var read = records.Read();
        var page = await read.TranscriptAsync(id, seq + 1, 1, http.RequestAborted);
        if (page.Items is not [{ Unsent: false, ContentIds: { } ids } line] || line.Seq != seq || !ids.Split(' ').Contains(contentId)) return Problem.NotFound.Answer();
        await records.ReadingAsync(talk, "conversation-media", http, clock);
        if (await contents.OpenAsync(talk.Staff.Town, contentId, http.RequestAborted) is not var (content, bytes)) return Problem.NotFound.Answer();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(bytes, content.MediaType, $"{contentId}{Extension(content.MediaType)}");
    }

    private static async Task<IResult> Show(string town, string contentId, HttpContext http, ContentStore contents, TimeProvider clock)
    {
        if (!contentId.StartsWith(Prefix, StringComparison.Ordinal) || contentId.Length < Prefix.Length + 9 + 64
            || !DateOnly.TryParseExact(contentId.AsSpan(Prefix.Length, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || Town.Today(clock.GetUtcNow()) > day.AddDays((int)Life.TotalDays)
            || await contents.OpenAsync(town, contentId, http.RequestAborted) is not var (content, bytes)) return Problem.NotFound.Answer();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // LINE shows it
        http.Response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.Stream(bytes, content.MediaType);
    }

    private static IResult TooLarge => Problem.TooLarge.Answer(null, new KeyValuePair<string, object?>("limit", Largest));

    private static IResult Unsupported => Problem.UnsupportedType.Answer("JPEG か PNG の写真だけを送れます。", new KeyValuePair<string, object?>("accepted", new List<string> { "image/jpeg", "image/png" }));

    private static string Extension(string mediaType) => mediaType switch
    {
        "image/jpeg" => ".jpg", "image/png" => ".png", "image/heic" => ".heic", "video/mp4" => ".mp4", "audio/mp4" => ".m4a", "application/pdf" => ".pdf", _ => ".bin",
    };
}

[Description("登録した写真です。")]
public sealed record PictureView([property: Description("写真の識別子です。"), MaxLength(100)] string ContentId);
