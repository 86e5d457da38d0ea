using System.Buffers.Binary;

namespace OrleansGov.Gateways;

/// <summary>
/// What a file really is, by its first bytes, and a lossless copy of JPEG and PNG without metadata (EXIF carries the place a photo was
/// taken). Nothing is decoded; dimensions are read from the headers.
/// </summary>
public static class ContentFormat
{
    private const long MostPixels = 40_000_000;
    private const long LongestSide = 50_000; // a picture of one column is made to hurt a decoder

    /// <summary>image/jpeg, image/png, image/heic, video/mp4, audio/mp4, application/pdf; null = not kept.</summary>
    public static string? MediaType(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "image/jpeg";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return "image/png";
        if (head.StartsWith("%PDF-"u8)) return "application/pdf";
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8))
        {
            var brand = head[8..12];
            return brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) ? "image/heic"
                : brand.SequenceEqual("M4A "u8) ? "audio/mp4" : "video/mp4";
        }

        return null;
    }

    /// <summary>The same picture without metadata segments.</summary>
    /// <exception cref="ContentRefusedException">The structure is broken, or the picture has more than 40 million pixels.</exception>
    public static byte[] WithoutMetadata(string mediaType, byte[] bytes) => mediaType switch
    {
        "image/jpeg" => Jpeg(bytes),
        "image/png" => Png(bytes),
        _ => bytes,
    };

    private static byte[] Jpeg(byte[] bytes)
    {
        using var output = new MemoryStream(bytes.Length);
        output.Write(bytes, 0, 2);
        var at = 2;
        while (at + 4 <= bytes.Length)
        {
            if (bytes[at] != 0xFF) throw new ContentRefusedException(ContentRefusal.Damaged);
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++; // fill byte
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
            if (length < 2 || at + 2 + length > bytes.Length) throw new ContentRefusedException(ContentRefusal.Damaged);
            if (marker == 0xDA)
            {
                // One scan to the next marker; what follows the end of the picture (a second one with its own EXIF, a trailer of the phone) goes.
                var end = EndOfScan(bytes, at + 2 + length);
                output.Write(bytes, at, end - at);
                at = end;
                if (at + 2 <= bytes.Length && bytes[at + 1] != 0xD9) continue;
                output.Write([0xFF, 0xD9]);
                return output.ToArray();
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && length >= 7)
                CheckSize(BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 7)), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 5)));
            // APP1–APP15 and comments go (EXIF, XMP, IPTC, maker notes); APP0 (JFIF) and APP14 (Adobe's colour transform) are needed to show the picture
            var metadata = (marker is >= 0xE1 and <= 0xEF && marker != 0xEE) || marker == 0xFE;
            if (!metadata) output.Write(bytes, at, 2 + length);
            at += 2 + length;
        }

        throw new ContentRefusedException(ContentRefusal.Damaged);
    }

    // Inside a scan 0xFF is followed by 0 or by a restart marker.
    private static int EndOfScan(byte[] bytes, int at)
    {
        for (; at + 1 < bytes.Length; at++)
            if (bytes[at] == 0xFF && bytes[at + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7))) return at;
        return bytes.Length;
    }

    private static byte[] Png(byte[] bytes)
    {
        using var output = new MemoryStream(bytes.Length);
        output.Write(bytes, 0, 8);
        var at = 8;
        while (at + 12 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > int.MaxValue || at + 12 + (long)length > bytes.Length) throw new ContentRefusedException(ContentRefusal.Damaged);
            var type = bytes.AsSpan(at + 4, 4);
            if (type.SequenceEqual("IHDR"u8) && length >= 8)
                CheckSize(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 8)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 12)));
            // text, EXIF, time and colour profiles go; what the picture needs stays
            var keep = type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8)
                || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("sRGB"u8) || type.SequenceEqual("cHRM"u8);
            if (keep) output.Write(bytes, at, 12 + (int)length);
            if (type.SequenceEqual("IEND"u8)) return output.ToArray();
            at += 12 + (int)length;
        }

        throw new ContentRefusedException(ContentRefusal.Damaged);
    }

    private static void CheckSize(long width, long height)
    {
        if (width == 0 || height == 0 || Math.Max(width, height) > LongestSide || width * height > MostPixels) throw new ContentRefusedException(ContentRefusal.Damaged);
    }
}
