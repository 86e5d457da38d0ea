using OrleansGov.Residents;

namespace OrleansGov.Drills;

/// <summary>The office under a drill: one process, or several that share a database.</summary>
public sealed class Office : IAsyncDisposable
{
    private readonly OfficeProcess[] _nodes;
    private readonly Func<int, string, OfficeProcess> _build;

    /// <param name="build">Makes the process of a node out of its number and a program.</param>
    public Office(int nodes, string program, Func<int, string, OfficeProcess> build)
    {
        _build = build;
        _nodes = [.. Enumerable.Range(0, nodes).Select(n => build(n, program))];
    }

    public IReadOnlyList<OfficeProcess> Nodes => _nodes;

    /// <summary>The node that a drill does something to.</summary>
    public OfficeProcess First => _nodes[0];

    public string LastWords => string.Join("\n---\n", _nodes.Select(n => n.LastWords));

    /// <summary>Starts all; the first one alone, since it makes what is missing.</summary>
    public async Task Start()
    {
        await Start(First);
        await Task.WhenAll(_nodes.Skip(1).Select(Start));
    }

    /// <summary>Starts a node, and again when it ends before it serves, as a supervisor does.</summary>
    public static async Task Start(OfficeProcess node)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await node.Start();
                return;
            }
            catch (InvalidOperationException) when (tries < 5)
            {
                // on a machine that is short of time a start may take too long for itself
            }
        }
    }

    /// <summary>SIGTERM to all that run.</summary>
    /// <returns>Exit codes.</returns>
    public async Task<IReadOnlyList<int>> Stop() => [.. (await Task.WhenAll(_nodes.Where(n => n.IsRunning).Select(n => n.Stop()))).Select(s => s.ExitCode)];

    /// <summary>Another program in the place of a node that has stopped: same data, another port.</summary>
    public void Replace(int node, string program) => _nodes[node] = _build(node, program);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }
}
