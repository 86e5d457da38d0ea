using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Orleans;

/// <summary>xxHash32 with seed 0: the same number for the same bytes in every process and on every day.</summary>
public static class StableHash
{
    private const uint P1 = 2654435761, P2 = 2246822519, P3 = 3266489917, P4 = 668265263, P5 = 374761393;

    /// <summary>Hash of bytes.</summary>
    public static uint ComputeHash(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var length = (uint)data.Length;
            uint hash;
            if (data.Length >= 16)
            {
                uint a = P1 + P2, b = P2, c = 0, d = 0 - P1;
                for (; data.Length >= 16; data = data[16..])
                {
                    a = Round(a, data);
                    b = Round(b, data[4..]);
                    c = Round(c, data[8..]);
                    d = Round(d, data[12..]);
                }

                hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
            }
            else
            {
                hash = P5;
            }

            hash += length;
            for (; data.Length >= 4; data = data[4..])
                hash = BitOperations.RotateLeft(hash + BinaryPrimitives.ReadUInt32LittleEndian(data) * P3, 17) * P4;
            foreach (var one in data)
                hash = BitOperations.RotateLeft(hash + one * P5, 11) * P1;
            hash = (hash ^ (hash >> 15)) * P2;
            hash = (hash ^ (hash >> 13)) * P3;
            return hash ^ (hash >> 16);
        }
    }

    /// <summary>Hash of a text's UTF-16 code units.</summary>
    public static uint ComputeHash(string data) => ComputeHash(MemoryMarshal.AsBytes(data.AsSpan()));

    private static uint Round(uint lane, ReadOnlySpan<byte> data) =>
        unchecked(BitOperations.RotateLeft(lane + BinaryPrimitives.ReadUInt32LittleEndian(data) * P2, 13) * P1);
}
