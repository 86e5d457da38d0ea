using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using OrleansGov.Api.Problems;
using OrleansGov.Packs;

namespace OrleansGov.Api.Procedures;

/// <summary>Reads an uploaded pack: JSON, or a zip that is trusted in nothing — neither its names, nor its sizes, nor its number of entries.</summary>
internal static class PackBodies
{
    /// <summary>Bytes of the request.</summary>
    public const int Largest = 2 << 20;

    private static readonly string[] Accepted = ["application/json", "application/zip"];

    private const int MostUnpacked = PackReader.MostBytes;
    private const int MostRatio = 100; // text of repeated rows packs well; a bomb packs thousandfold
    private const int LongestPath = 200;

    /// <returns>The pack's files, or the refusal.</returns>
    public static async Task<(ImmutableSortedDictionary<string, string>? Texts, IResult? Refusal)> Read(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!Accepted.Contains(type)) return (null, Problem.UnsupportedType.Answer(null, new KeyValuePair<string, object?>("accepted", Accepted)));
        if (await Bytes(request) is not { } body)
            return (null, Problem.TooLarge.Answer(null, new KeyValuePair<string, object?>("limit", Largest)));
        return type == "application/zip" ? Unzip(body) : (FromJson(request, body), null);
    }

    private static ImmutableSortedDictionary<string, string> FromJson(HttpRequest request, MemoryStream body)
    {
        try
        {
            var options = request.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            var upload = JsonSerializer.Deserialize<PackUpload>(body, options) ?? throw new JsonException("null");
            if (upload.Texts.Any(t => t.Value is null)) throw new JsonException("A text is null.");
            return upload.Texts.ToImmutableSortedDictionary(StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The pack is not readable.", e);
        }
    }

    private static (ImmutableSortedDictionary<string, string>?, IResult?) Unzip(MemoryStream body)
    {
        try
        {
            using var zip = new ZipArchive(body, ZipArchiveMode.Read);
            if (zip.Entries.Count > 4 * PackReader.MostFiles) return (null, Refuse("", $"ファイルは{PackReader.MostFiles}個までです。"));
            var files = zip.Entries.Where(e => e.Name.Length > 0).ToList(); // folders have entries of their own
            if (files.Count > PackReader.MostFiles) return (null, Refuse("", $"ファイルは{PackReader.MostFiles}個までです。"));

            var root = CommonFolder(files);
            var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            var left = MostUnpacked;
            foreach (var file in files)
            {
                var path = file.FullName[root.Length..];
                if (!IsPlain(path)) return (null, Refuse("", "ファイルの名前に使えない文字があるか、長すぎます。"));
                if (Text(file, ref left) is not { } text) return (null, Problem.TooLarge.Answer($"展開すると大きすぎます（合計 {MostUnpacked} バイトまで）。", new KeyValuePair<string, object?>("limit", MostUnpacked)));
                if (!texts.TryAdd(path, text)) return (null, Refuse("/" + path, "同じ名前のファイルが2つあります。"));
            }

            return (texts.ToImmutable(), null);
        }
        catch (InvalidDataException)
        {
            return (null, Problem.Malformed.Answer("zip として読み取れません。"));
        }
    }

    // What an entry says of its size is the sender's word: counted is what comes out.
    private static string? Text(ZipArchiveEntry file, ref int left)
    {
        var most = Math.Min(left, (int)Math.Min(MostUnpacked, file.CompressedLength * MostRatio + 1024));
        using var stream = file.Open();
        var bytes = new byte[most + 1];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read > most) return null;
        left -= read;
        return Encoding.UTF8.GetString(bytes.AsSpan(0, read)).TrimStart('\uFEFF');
    }

    // People zip the folder as often as what is in it.
    private static string CommonFolder(List<ZipArchiveEntry> files)
    {
        var first = files.FirstOrDefault()?.FullName ?? "";
        var folder = first[..(first.IndexOf('/', StringComparison.Ordinal) + 1)];
        return folder.Length > 0 && folder != "talks/" && files.TrueForAll(f => f.FullName.StartsWith(folder, StringComparison.Ordinal)) ? folder : "";
    }

    private static bool IsPlain(string path) =>
        path.Length is > 0 and <= LongestPath && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)
        && path.Split('/').All(part => part is not ("" or "." or "..")) && !path.Contains(':', StringComparison.Ordinal);

    private static IResult Refuse(string pointer, string message) => Problem.Validation.Answer([new(pointer, message)]);

    private static async Task<MemoryStream?> Bytes(HttpRequest request)
    {
        if (request.ContentLength > Largest) return null;
        var bytes = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            if (bytes.Length + read > Largest) return null;
            bytes.Write(chunk, 0, read);
        }

        bytes.Position = 0;
        return bytes;
    }
}
