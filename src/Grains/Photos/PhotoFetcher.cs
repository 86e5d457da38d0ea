using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansGov.Gateways;
using OrleansGov.Line;

namespace OrleansGov.Grains.Photos;

/// <summary>Fetches residents' pictures from LINE into our own store, outside any turn: LINE keeps them only for a while.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle unless one is asked for, and pictures still on their way outlive any owner that could dispose it.")]
public sealed class PhotoFetcher(MessagingClient line, ContentStore contents, TimeProvider clock, ILogger<PhotoFetcher> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // line.md §11: LINE may still be preparing it
    private readonly SemaphoreSlim _room = new(16); // pictures on their way at once; the others wait as intents in their states

    /// <summary>Intents that are carried out here and not between the turns.</summary>
    public static bool Handles(Intent intent) => intent is Intent.FetchPhoto or Intent.DropPhoto;

    /// <summary>Fetches and drops what is due, one after another.</summary>
    /// <param name="done">Told of each intent that is finished with: stored, deleted, or impossible for good.</param>
    public async Task Fetch(string channel, string town, ImmutableList<PendingIntent> intents, Action<Intent> done)
    {
        foreach (var pending in intents)
        {
            switch (pending.Intent)
            {
                case Intent.DropPhoto drop:
                    await contents.DeleteAsync(town, drop.ContentId);
                    done(drop);
                    break;
                case Intent.FetchPhoto photo when intents.Exists(i => i.Intent is Intent.DropPhoto taken && taken.ContentId == photo.ContentId):
                    done(photo);
                    break;
                case Intent.FetchPhoto photo:
                    if (await FetchOne(channel, town, photo, clock.GetUtcNow() - pending.At > Patience)) done(photo);
                    break;
            }
        }
    }

    private async Task<bool> FetchOne(string channel, string town, Intent.FetchPhoto photo, bool late)
    {
        for (var wait = 1; ; wait = Math.Min(30, wait * 2))
        {
            await _room.WaitAsync();
            try
            {
                switch (await line.GetContent(channel, photo.MessageId))
                {
                    case LineContent.Ready ready:
                        using (ready) await contents.PutAsync(town, photo.ContentId, ready.Stream, CancellationToken.None);
                        return true;
                    case LineContent.Gone:
                        log.LogWarning("A picture was gone before it could be fetched");
                        return true;
                }
            }
            catch (ContentRefusedException e)
            {
                log.LogWarning("A picture was not kept: {Why}", e.Why);
                return true;
            }
            catch (Exception e) when (e is HttpRequestException or TimeoutException or LineApiException or IOException or JsonException)
            {
                log.LogWarning("A picture could not be fetched: {Error}", e.GetType().Name);
                return late;
            }
            finally
            {
                _room.Release();
            }

            if (wait > 4) return late; // the sweeper comes back
            await Task.Delay(TimeSpan.FromSeconds(wait), clock);
        }
    }
}
