using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace OrleansGov.Grains;

/// <summary>
/// Event ids that have been dealt with, packed to 16 bytes each and kept 7 days: LINE names no limit for a redelivery. A ULID carries its
/// own time in its first 48 bits; any other id is hashed behind the event's timestamp, so that both are pruned alike. Of a flood only the
/// newest <see cref="Most"/> stay: what is older than so many newer events is late, and the dialogue takes no late message for an answer
/// (docs/decisions/0014).
/// </summary>
/// <param name="Packed">16 bytes an id, oldest first.</param>
[GenerateSerializer, Immutable, Alias("seen-events")]
public sealed record SeenEvents(byte[] Packed)
{
    public static readonly SeenEvents None = new([]);
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>A resident who writes as fast as is answered (60 a minute) for longer than the local LINE redelivers (17 minutes).</summary>
    public const int Most = 1000;

    private const int Size = 16;
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [JsonIgnore]
    public int Count => Packed.Length / Size;

    public bool Contains(string eventId, DateTimeOffset occurredAt)
    {
        Span<byte> id = stackalloc byte[Size];
        Pack(eventId, occurredAt, id);
        for (var i = Packed.Length - Size; i >= 0; i -= Size) // the newest are the likeliest repeats
            if (Packed.AsSpan(i, Size).SequenceEqual(id)) return true;
        return false;
    }

    /// <summary>With this id, without those past their time or too many.</summary>
    public SeenEvents Add(string eventId, DateTimeOffset occurredAt, DateTimeOffset now)
    {
        var oldest = (now - Kept).ToUnixTimeMilliseconds();
        var keep = new List<int>(Count);
        for (var i = 0; i < Packed.Length; i += Size)
            if (Milliseconds(Packed.AsSpan(i, Size)) >= oldest) keep.Add(i);
        if (keep.Count >= Most) keep.RemoveRange(0, keep.Count - Most + 1);
        var next = new byte[(keep.Count + 1) * Size];
        for (var i = 0; i < keep.Count; i++) Packed.AsSpan(keep[i], Size).CopyTo(next.AsSpan(i * Size));
        Pack(eventId, occurredAt, next.AsSpan(keep.Count * Size));
        return new(next);
    }

    private static long Milliseconds(ReadOnlySpan<byte> id) => (long)(BinaryPrimitives.ReadUInt64BigEndian(id) >> 16);

    private static void Pack(string eventId, DateTimeOffset occurredAt, Span<byte> id)
    {
        if (TryUlid(eventId, id)) return;
        SHA256.HashData(Encoding.UTF8.GetBytes(eventId)).AsSpan(0, Size).CopyTo(id);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, occurredAt.ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
    }

    private static bool TryUlid(string text, Span<byte> id)
    {
        if (text.Length != 26) return false;
        UInt128 value = 0;
        foreach (var c in text)
        {
            var digit = Crockford.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (digit < 0) return false;
            value = (value << 5) | (uint)digit;
        }

        BinaryPrimitives.WriteUInt128BigEndian(id, value);
        return text[0] <= '7';
    }

    public bool Equals(SeenEvents? other) => other is not null && Packed.AsSpan().SequenceEqual(other.Packed);

    public override int GetHashCode() => Packed.Length;
}
