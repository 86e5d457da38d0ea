using OrleansGov.LocalLine.Messaging;
using OrleansGov.LocalLine.Webhooks;

namespace OrleansGov.LocalLine.World;

/// <summary>How a person stands to the channel.</summary>
public enum Friendship
{
    /// <summary>Added the account and did not block it.</summary>
    Friend,

    /// <summary>Blocked it: calls succeed, nothing arrives.</summary>
    Blocked,

    /// <summary>The LINE account is gone.</summary>
    Deleted,

    /// <summary>Known to the channel, never added it.</summary>
    NeverFriend,
}

/// <summary>One person with LINE on a phone, in one channel. State is guarded by the world's gate.</summary>
public sealed class LocalResident
{
    internal LocalResident(string id, LocalChannel channel, string name, string color, string language, int screenLength)
    {
        Id = id;
        Channel = channel;
        Name = name;
        Color = color;
        Language = language;
        Screen = new Screen(screenLength);
    }

    /// <summary>LINE user id: <c>U</c> + 32 hex.</summary>
    public string Id { get; }

    /// <summary>The office's channel this person talks with.</summary>
    public LocalChannel Channel { get; }

    /// <summary>Display name.</summary>
    public string Name { get; }

    /// <summary>CSS colour of the invented avatar.</summary>
    public string Color { get; }

    /// <summary>BCP 47.</summary>
    public string Language { get; }

    /// <summary>How the person stands to the channel now.</summary>
    public Friendship Friendship { get; internal set; } = Friendship.Friend;

    /// <summary>The chat is in front of the person's eyes.</summary>
    public bool ChatOpen { get; internal set; }

    /// <summary>Bot messages not yet seen.</summary>
    public int Unread { get; internal set; }

    internal Screen Screen { get; }

    internal EventLane Lane { get; } = new();

    internal DateTimeOffset? WroteAt { get; set; }

    internal DateTimeOffset? LoadingUntil { get; set; }

    internal string? LinkedMenu { get; set; }

    /// <summary>The default menu as this phone last saw it: defaults change on reopening the chat.</summary>
    internal string? SeenDefaultMenu { get; set; }

    internal bool NextTokenIsDead { get; set; }

    internal ReplyToken? NewestToken { get; set; }

    internal SentEvent? LastEvent { get; set; }

    internal FloodMeter Pushes { get; } = new();

    /// <summary>Something arrives on this phone: friends always, strangers only within seven days of having written.</summary>
    internal bool Reachable(DateTimeOffset now) => Friendship switch
    {
        Friendship.Friend => true,
        Friendship.NeverFriend => WroteAt is { } at && now - at <= TimeSpan.FromDays(7),
        _ => false,
    };
}
