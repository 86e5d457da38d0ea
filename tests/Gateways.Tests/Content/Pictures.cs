using System.Buffers.Binary;
using System.Text;

namespace OrleansGov.Gateways.Tests.Content;

/// <summary>Small picture files, put together piece by piece.</summary>
internal static class Pictures
{
    public const string Secret = "GPS 35.6895N 139.6917E";

    /// <summary>A JPEG with JFIF, EXIF (the place), a comment, tables, Adobe's transform, a frame of the size given and a little scan.</summary>
    public static byte[] Jpeg(int width = 16, int height = 16) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, "JFIF\0"u8.ToArray()),
        .. Segment(0xE1, Encoding.ASCII.GetBytes($"Exif\0\0{Secret}")),
        .. Segment(0xE2, Encoding.ASCII.GetBytes("ICC_PROFILE")),
        0xFF, .. Segment(0xFE, Encoding.ASCII.GetBytes("taken at home")), // with a fill byte before it
        .. Segment(0xEE, "Adobe"u8.ToArray()),
        .. Segment(0xDB, new byte[65]),
        .. Frame(width, height),
        .. Segment(0xC4, new byte[20]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        1, 2, 3, 0xFF, 0x00, 4, 0xFF, 0xD9,
    ];

    /// <summary>A PNG with text, EXIF and a time beside what the picture needs.</summary>
    public static byte[] Png(uint width = 1, uint height = 1)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
            .. Chunk("IHDR", header), .. Chunk("tEXt", Encoding.ASCII.GetBytes(Secret)), .. Chunk("eXIf", Encoding.ASCII.GetBytes(Secret)),
            .. Chunk("tIME", new byte[7]), .. Chunk("PLTE", new byte[3]), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])];
    }

    /// <summary>Markers of a JPEG up to its scan; throws when it is not built as a JPEG is.</summary>
    public static List<byte> Markers(byte[] jpeg)
    {
        Assert.Equal([0xFF, 0xD8], jpeg[..2]);
        var markers = new List<byte>();
        for (var at = 2; ;)
        {
            Assert.Equal(0xFF, jpeg[at]);
            markers.Add(jpeg[at + 1]);
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
            if (markers[^1] != 0xDA) continue;
            Assert.Equal([1, 2, 3, 0xFF, 0x00, 4, 0xFF, 0xD9], jpeg[at..]);
            return markers;
        }
    }

    public static List<string> Chunks(byte[] png)
    {
        var names = new List<string>();
        for (var at = 8; at < png.Length; at += 12 + (int)BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at))) names.Add(Encoding.ASCII.GetString(png, at + 4, 4));
        return names;
    }

    private static byte[] Frame(int width, int height) =>
        Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Chunk(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0]; // the sum is never looked at
    }
}
