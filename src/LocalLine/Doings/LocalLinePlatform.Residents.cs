using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine;

/// <content>People and their phones: joining, looking, blocking, leaving.</content>
public sealed partial class LocalLinePlatform
{
    /// <summary>Gives somebody a phone; a friend's <c>follow</c> goes out at once.</summary>
    /// <param name="channel">The office to talk with.</param>
    /// <param name="name">Display name; null = an invented one.</param>
    /// <param name="language">BCP 47.</param>
    /// <param name="friend">False: known, but never added the account; no event.</param>
    /// <param name="id">LINE user id; null = minted.</param>
    public LocalResident AddResident(LocalChannel channel, string? name = null, string language = "ja", bool friend = true, string? id = null)
    {
        LocalResident resident;
        lock (Gate)
        {
            var n = invented++;
            resident = new LocalResident(id ?? Mint.UserId(), channel, name ?? InventedNames.Name(n), InventedNames.Color(n), language, Options.ScreenLength)
            {
                Friendship = friend ? Friendship.Friend : Friendship.NeverFriend,
                SeenDefaultMenu = channel.RichMenus.Default,
            };
            if (!residents.TryAdd(resident.Id, resident)) throw new InvalidOperationException($"Resident '{resident.Id}' exists already.");
            channel.Residents.Add(resident.Id, resident);
        }

        if (friend) Emit(resident, "follow", replies: true, ("follow", new JsonObject { ["isUnblocked"] = false }));
        return resident;
    }

    /// <summary>The chat as the person sees it now.</summary>
    public ScreenView Screen(LocalResident resident)
    {
        lock (Gate)
        {
            ScreenMessage[] messages = [.. resident.Screen.Messages];
            JsonElement? quick = messages.Length > 0 && messages[^1] is { FromBot: true } last && last.Message.TryGetProperty("quickReply", out var items) ? items : null;
            return new ScreenView(
                messages, quick, EffectiveMenu(resident), resident.LoadingUntil > Now, resident.Screen.LastSeq, resident.Unread);
        }
    }

    /// <summary>Waits, without polling, for the first word of the office after a point of the chat.</summary>
    /// <param name="resident">Whose chat.</param>
    /// <param name="afterSeq">Sequence number after which it must come; 0 = from the beginning.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<ScreenMessage> WaitForBotMessage(LocalResident resident, long afterSeq, CancellationToken cancel = default)
    {
        Task<ScreenMessage> next;
        lock (Gate) next = resident.Screen.NextFromBot(afterSeq);
        try
        {
            return await next.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            lock (Gate) resident.Screen.Forget(next);
            throw;
        }
    }

    /// <summary>The person opens the chat: everything is read, a changed default menu shows.</summary>
    public void Open(LocalResident resident)
    {
        lock (Gate)
        {
            resident.ChatOpen = true;
            resident.Unread = 0;
            resident.SeenDefaultMenu = resident.Channel.RichMenus.Default;
            ScreenChanged(resident);
        }
    }

    /// <summary>The person leaves the chat.</summary>
    public void Close(LocalResident resident)
    {
        lock (Gate)
        {
            resident.ChatOpen = false;
            resident.LoadingUntil = null;
            ScreenChanged(resident);
        }
    }

    /// <summary>The person deletes the chat's history: nothing is left to see, and nobody is told.</summary>
    public void DeleteHistory(LocalResident resident)
    {
        lock (Gate)
        {
            resident.Screen.Clear();
            ScreenChanged(resident);
        }
    }

    /// <summary>The person blocks the account: <c>unfollow</c>. Nothing already issued becomes invalid. Null when already blocked.</summary>
    public Webhooks.SentEvent? Block(LocalResident resident) => Turn(resident, Friendship.Friend, Friendship.Blocked)
        ? Emit(resident, "unfollow", replies: false)
        : null;

    /// <summary>The person unblocks the account: <c>follow</c>. Null when not blocked.</summary>
    public Webhooks.SentEvent? Unblock(LocalResident resident) => Turn(resident, Friendship.Blocked, Friendship.Friend)
        ? Emit(resident, "follow", replies: true, ("follow", new JsonObject { ["isUnblocked"] = true }))
        : null;

    /// <summary>The LINE account disappears, without an event.</summary>
    public void DeleteAccount(LocalResident resident)
    {
        lock (Gate) resident.Friendship = Friendship.Deleted;
    }

    internal static string? EffectiveMenu(LocalResident resident)
    {
        var shelf = resident.Channel.RichMenus;
        return resident.LinkedMenu is { } linked && shelf.Has(linked) ? linked
            : resident.SeenDefaultMenu is { } seen && shelf.Has(seen) ? seen
            : null;
    }

    internal (byte[] Bytes, string MediaType)? MenuImage(string id)
    {
        lock (Gate)
        {
            var menu = channels.Values.Select(c => c.RichMenus.Find(id)).FirstOrDefault(m => m is not null);
            return menu?.Image is { } image ? (image, menu.MediaType) : null;
        }
    }

    private bool Turn(LocalResident resident, Friendship from, Friendship to)
    {
        lock (Gate)
        {
            if (resident.Friendship != from) return false;
            resident.Friendship = to;
            ScreenChanged(resident);
            return true;
        }
    }
}
