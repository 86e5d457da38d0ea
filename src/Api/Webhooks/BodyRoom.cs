namespace OrleansGov.Api.Webhooks;

/// <summary>
/// Memory for bodies that nobody has vouched for yet. What LINE usually sends always has a place, so that strangers' big bodies shut nobody out;
/// what is bigger shares a fixed amount, however many connections are open.
/// </summary>
public sealed class BodyRoom
{
    /// <summary>Bytes; more is refused with 413, as a rule before it is read.</summary>
    public const int LargestBody = 1 << 20;

    private const int Usual = 16 * 1024;
    private const long Shared = 64L << 20;

    private long _taken;

    /// <summary>Reads a body; what it takes is given back when the reading is disposed of.</summary>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task<BodyReading> Read(HttpRequest request, CancellationToken patience)
    {
        var declared = request.ContentLength;
        if (declared > LargestBody) return new(BodyFault.TooLarge);
        // A declared length is only a word: memory follows what has really come.
        var (bytes, length, taken) = (new byte[(int)Math.Clamp(declared ?? 0, 1024, Usual)], 0, 0L);
        var (fault, done) = (BodyFault.None, false);
        try
        {
            while (length != declared && fault == BodyFault.None)
            {
                if (length == bytes.Length && !Grow(ref bytes, ref taken)) fault = BodyFault.NoRoom;
                else if (await request.Body.ReadAsync(bytes.AsMemory(length), patience) is > 0 and var read) length += read;
                else break;
                if (length > LargestBody) fault = BodyFault.TooLarge;
            }

            done = fault == BodyFault.None;
            return done ? new(fault, bytes.AsMemory(0, length), () => Interlocked.Add(ref _taken, -taken)) : new(fault);
        }
        finally
        {
            if (!done) Interlocked.Add(ref _taken, -taken);
        }
    }

    private bool Grow(ref byte[] bytes, ref long taken)
    {
        var next = Math.Min(bytes.Length * 2, LargestBody + 1);
        if (next > Usual)
        {
            if (Interlocked.Add(ref _taken, next - taken) > Shared)
            {
                Interlocked.Add(ref _taken, taken - next);
                return false;
            }

            taken = next;
        }

        Array.Resize(ref bytes, next);
        return true;
    }
}

public enum BodyFault { None, TooLarge, NoRoom }

/// <summary>A body, or why there is none.</summary>
public sealed class BodyReading(BodyFault fault, ReadOnlyMemory<byte> bytes = default, Action? giveBack = null) : IDisposable
{
    public BodyFault Fault => fault;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public void Dispose() => giveBack?.Invoke();
}
