using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Control;

/// <summary>How the world looks to a page.</summary>
internal static class ControlViews
{
    public static object State(LocalLinePlatform platform) => new
    {
        Channels = platform.Channels.Select(c => new { c.Name, c.Settings.BotUserId, c.Settings.Municipality }),
        Residents = platform.Residents.Select(r => Resident(platform, r)).OrderByDescending(r => r.LastAt).Take(500),
        Findings = platform.Findings.Count,
    };

    public static ResidentView Resident(LocalLinePlatform platform, LocalResident resident)
    {
        lock (platform.Gate)
        {
            return new ResidentView(
                resident.Id, resident.Channel.Name, resident.Name, resident.Color, resident.Friendship == Friendship.Blocked,
                resident.Friendship == Friendship.Friend, resident.Unread, resident.Screen.Messages.LastOrDefault()?.At);
        }
    }

    public static object Screen(LocalLinePlatform platform, LocalResident resident, string prefix)
    {
        var view = platform.Screen(resident);
        var menu = view.RichMenuId is { } id ? resident.Channel.RichMenus.Find(id) : null;
        return new
        {
            Resident = Resident(platform, resident),
            Messages = view.Messages.Select(m => new { m.Seq, m.Id, From = m.FromBot ? "bot" : "resident", m.At, m.Message, m.Unsent, m.Label }),
            view.QuickReply,
            RichMenu = menu is null ? null : new
            {
                RichMenuId = menu.Id,
                Size = menu.Json.GetProperty("size"),
                ChatBarText = menu.Json.GetProperty("chatBarText").GetString(),
                Areas = menu.Json.GetProperty("areas"),
                ImageUrl = $"{prefix}/rich-menus/{menu.Id}/image",
            },
            view.Loading,
            resident.ChatOpen,
        };
    }

    internal sealed record ResidentView(
        string Id, string Channel, string Name, string Color, bool Blocked, bool Friend, int Unread, DateTimeOffset? LastAt);
}
