using OrleansGov.Silo.States;

namespace OrleansGov.Bench;

/// <summary>A resident's state in the middle of a booking, as it is stored with every turn.</summary>
public class StateBench
{
    private static readonly ResidentState Resident = Make();
    private static readonly byte[] Stored = StateJson.Write(Resident);

    [Benchmark]
    public byte[] Write() => StateJson.Write(Resident);

    [Benchmark]
    public ResidentState Read() => StateJson.Read<ResidentState>(Stored);

    private static ResidentState Make()
    {
        var counter = Counter.AtTheDays();
        var heard = new ResidentEvent("minatodai", "U4af4980629000000000000000000000", "01KAEXAMPLE0000000000000000", Counter.Now, Counter.Now, "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA", false, new InboundMessage.Text("山手一丁目"));
        return new ResidentState().After(counter.Turn, heard, "r:minatodai/abcdefghijklmnopqrstuvwxyz234567", "minatodai", Counter.Now);
    }
}
