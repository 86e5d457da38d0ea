namespace OrleansGov.Contracts;

/// <summary>
/// Wakes grains whose time has come. Key: 0 … n-1; the n sweepers share the due grains between them. Its reminder brings it back
/// after a crash of its silo; its own timer does the work.
/// </summary>
[Alias("sweeper")]
public interface ISweeperGrain : IGrainWithIntegerKey
{
    /// <summary>Starts sweeping, if it has not started yet.</summary>
    [Alias("start")]
    Task Start();
}
