using Orleans.Storage;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Cluster;

/// <summary>Our JSON for Orleans' own storage: a state looks the same wherever it is kept.</summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(StateJson.Write(input));

    public T? Deserialize<T>(BinaryData input) => StateJson.Read<T>(input.ToMemory().Span);
}
