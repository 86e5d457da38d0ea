using OrleansGov.Shared;

namespace OrleansGov.Drills;

/// <summary>What an office stands on: where its data is, and what its nodes are told about it.</summary>
public abstract class Ground : IAsyncDisposable
{
    public abstract Books Books { get; }

    /// <summary>The database server, where there is one.</summary>
    public virtual PostgresServer? Server => null;

    /// <summary>The node's own data directory.</summary>
    public abstract string DataOf(int node);

    /// <summary>Settings of a node, as environment variables spell them.</summary>
    public abstract IReadOnlyDictionary<string, string> SettingsOf(int node);

    /// <summary>Makes or brings up to date what the nodes share, with the command that an operator uses.</summary>
    /// <param name="program">The OrleansGov.Api.dll whose command it is.</param>
    public virtual Task Migrate(string program) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();

    public static async Task<Ground> OpenAsync(DrillMode mode, string data) => mode == DrillMode.Embedded ? new EmbeddedGround(data) : await ClusterGround.OpenAsync(data);

    /// <summary>Why this machine, or this build, has none; null = it has.</summary>
    public static string? Missing(DrillMode mode, int nodes) => mode == DrillMode.Embedded ? null : ClusterGround.Missing(nodes);
}
