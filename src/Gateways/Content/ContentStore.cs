using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Gateways;

/// <summary>
/// Photos and attachments of residents under our own ids (LINE's copy expires), as files below one directory. File names are hashes of the
/// content id: nothing a resident sends becomes a path.
/// </summary>
/// <param name="directory">Made when it is needed.</param>
public sealed class ContentStore(string directory)
{
    /// <summary>Pictures are checked in memory, so they have a size of their own; the rest is streamed.</summary>
    private const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Stores the bytes of a content id; returns when they are durable. The same id again replaces nothing.</summary>
    /// <param name="town">Municipality id; contents of towns never share a place.</param>
    /// <exception cref="ContentRefusedException">Too large, or not a type that is kept.</exception>
    public async Task<StoredContent> PutAsync(string town, string contentId, Stream bytes, CancellationToken cancellation)
    {
        var path = PathOf(town, contentId);
        if (await OpenAsync(town, contentId, cancellation) is { } there)
        {
            await there.Bytes.DisposeAsync();
            return there.Content;
        }

        if (File.Exists(path + ".gone")) return new StoredContent(contentId, "", 0);
        using var memory = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await bytes.ReadAsync(buffer, cancellation)) > 0)
        {
            if (memory.Length + read > MostBytes) throw new ContentRefusedException(ContentRefusal.TooLarge);
            memory.Write(buffer, 0, read);
        }

        var raw = memory.ToArray();
        var mediaType = ContentFormat.MediaType(raw) ?? throw new ContentRefusedException(ContentRefusal.UnsupportedType);
        var kept = ContentFormat.WithoutMetadata(mediaType, raw);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.part";
        await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(kept, cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true); // whole or not there at all
        if (File.Exists(path + ".gone")) File.Delete(path); // taken back meanwhile
        return new StoredContent(contentId, mediaType, kept.Length);
    }

    /// <summary>Opens a content; null when there is none (never stored, or deleted).</summary>
    public async Task<(StoredContent Content, Stream Bytes)?> OpenAsync(string town, string contentId, CancellationToken cancellation)
    {
        var path = PathOf(town, contentId);
        if (!File.Exists(path)) return null;
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var head = new byte[16];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        return (new StoredContent(contentId, ContentFormat.MediaType(head.AsSpan(0, read)) ?? "application/octet-stream", file.Length), file);
    }

    /// <summary>Deletes a content, and keeps it from being stored later (an unsend may overtake the download).</summary>
    public Task DeleteAsync(string town, string contentId)
    {
        var path = PathOf(town, contentId);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".gone", []);
        File.Delete(path);
        return Task.CompletedTask;
    }

    private string PathOf(string town, string contentId)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{town}\n{contentId}")));
        return Path.Combine(directory, name[..2], name);
    }
}
