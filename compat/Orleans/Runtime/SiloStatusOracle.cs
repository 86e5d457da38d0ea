using System.Net;

namespace Orleans.Runtime
{
    /// <summary>Where a silo is, and which of those that were there before and after it.</summary>
    public sealed class SiloAddress : IEquatable<SiloAddress>
    {
        private SiloAddress(IPEndPoint endpoint, int generation) => (Endpoint, Generation) = (endpoint, generation);

        public IPEndPoint Endpoint { get; }

        public int Generation { get; }

        public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

        public bool Equals(SiloAddress? other) => other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

        public override bool Equals(object? obj) => Equals(obj as SiloAddress);

        public override int GetHashCode() => HashCode.Combine(Endpoint, Generation);

        public override string ToString() => $"S{Endpoint}:{Generation}";
    }

    /// <summary>Who is alive in the cluster, as far as this silo knows.</summary>
    public interface ISiloStatusOracle
    {
        SiloAddress SiloAddress { get; }

        SiloAddress[] GetActiveSilos();
    }

    /// <summary>One process is a cluster of one.</summary>
    internal sealed class OnlySilo : ISiloStatusOracle
    {
        public SiloAddress SiloAddress { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 0), Environment.ProcessId);

        public SiloAddress[] GetActiveSilos() => [SiloAddress];
    }
}
