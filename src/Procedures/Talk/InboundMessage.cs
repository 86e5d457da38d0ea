using System.Text.Json.Serialization;

namespace OrleansGov.Procedures;

/// <summary>What a resident did in the talk, freed from LINE's JSON: the only input of the dialogue engine that comes from outside.</summary>
[GenerateSerializer, Immutable, Alias("inbound")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Tapped), "tapped")]
[JsonDerivedType(typeof(Photo), "photo")]
[JsonDerivedType(typeof(Location), "location")]
[JsonDerivedType(typeof(Sticker), "sticker")]
[JsonDerivedType(typeof(Attachment), "attachment")]
[JsonDerivedType(typeof(Followed), "followed")]
[JsonDerivedType(typeof(Unfollowed), "unfollowed")]
[JsonDerivedType(typeof(Unsent), "unsent")]
[JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record InboundMessage
{
    private InboundMessage() { }

    /// <summary>Our own id of what came with a message: follows from LINE's, so that what is taken back is found again.</summary>
    public static string ContentId(string messageId) => $"photo.{messageId}";

    /// <summary>Typed words.</summary>
    /// <param name="Body">As typed; may be thousands of characters, emoji, anything.</param>
    /// <param name="MessageId">LINE's message id, needed when the resident unsends it.</param>
    [GenerateSerializer, Immutable, Alias("inbound.text")]
    public sealed record Text(string Body, string? MessageId = null) : InboundMessage;

    /// <summary>A button of ours (postback). The data is visible to residents: verify, never trust.</summary>
    /// <param name="Data">Our own data string, see <see cref="TapData"/>; at most 300 UTF-16 units.</param>
    /// <param name="Picked">The picker's value: <c>yyyy-MM-dd</c>, <c>HH:mm</c> or <c>yyyy-MM-ddTHH:mm</c>; null for a plain button.</param>
    [GenerateSerializer, Immutable, Alias("inbound.tapped")]
    public sealed record Tapped(string Data, string? Picked = null) : InboundMessage;

    /// <summary>A picture. Its bytes are fetched later, outside the turn.</summary>
    /// <param name="MessageId">LINE's message id, the key of its content.</param>
    /// <param name="AtLine">False when the bytes are at a stranger's URL (contentProvider external): never fetched.</param>
    [GenerateSerializer, Immutable, Alias("inbound.photo")]
    public sealed record Photo(string MessageId, bool AtLine = true) : InboundMessage;

    /// <summary>A location. WGS 84 degrees.</summary>
    [GenerateSerializer, Immutable, Alias("inbound.location")]
    public sealed record Location(double Latitude, double Longitude, string? Title = null, string? Address = null, string? MessageId = null) : InboundMessage;

    /// <summary>A sticker, with LINE's own words for it where LINE gives them.</summary>
    [GenerateSerializer, Immutable, Alias("inbound.sticker")]
    public sealed record Sticker(string PackageId, string StickerId, string? Words = null, string? MessageId = null) : InboundMessage;

    /// <summary>Video, audio or file.</summary>
    /// <param name="Media"><c>video</c>, <c>audio</c> or <c>file</c>.</param>
    /// <param name="FileName">As the resident's phone says; hostile, never a path.</param>
    [GenerateSerializer, Immutable, Alias("inbound.attachment")]
    public sealed record Attachment(string Media, string MessageId, string? FileName = null, long? Size = null) : InboundMessage;

    /// <summary>Became a friend, or unblocked the account.</summary>
    [GenerateSerializer, Immutable, Alias("inbound.followed")]
    public sealed record Followed(bool IsUnblocked = false) : InboundMessage;

    /// <summary>Blocked the account: nothing may be pushed from now on.</summary>
    [GenerateSerializer, Immutable, Alias("inbound.unfollowed")]
    public sealed record Unfollowed : InboundMessage;

    /// <summary>Took a message back: our copy of it goes too.</summary>
    [GenerateSerializer, Immutable, Alias("inbound.unsent")]
    public sealed record Unsent(string MessageId) : InboundMessage;

    /// <summary>A kind of message that did not exist when this was written.</summary>
    [GenerateSerializer, Immutable, Alias("inbound.unknown")]
    public sealed record Unknown(string LineType, string? MessageId = null) : InboundMessage;
}
