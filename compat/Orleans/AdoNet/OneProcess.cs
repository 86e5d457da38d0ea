using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>
/// Compat is a cluster of one. So that nobody takes it for more, a process holds a lock of the database's for as long as it runs; a second one
/// waits a few seconds (its predecessor may be on its way out) and then says what is missing.
/// </summary>
internal sealed class OneProcess(IOptions<AdoNetClusteringSiloOptions> options, IOptions<ClusterOptions> cluster, TimeProvider time, ILogger<OneProcess> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Look = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stopping = new();
    private DbConnection? holder;
    private Task watching = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(OneProcess), ServiceLifecycleStage.RuntimeInitialize, Start, Stop);

    private async Task Start(CancellationToken cancellation)
    {
        for (var until = time.GetUtcNow() + Patience; !await TryTake(cancellation); await Task.Delay(Look, time, cancellation))
        {
            if (time.GetUtcNow() >= until)
                throw new OrleansConfigurationException(
                    $"Another process runs the cluster '{cluster.Value.ClusterId}' on this database. This build has grains in one process only; more nodes need a build with Orleans (Engine=Orleans).");
        }

        watching = Watch();
    }

    private async Task Stop(CancellationToken cancellation)
    {
        await stopping.CancelAsync();
        await watching;
        if (holder is not null)
            await holder.DisposeAsync();
        stopping.Dispose();
    }

    private async Task<bool> TryTake(CancellationToken cancellation)
    {
        var source = options.Value.DataSource ?? throw new OrleansConfigurationException($"{nameof(AdoNetClusteringSiloOptions)}: compat takes a {nameof(DbDataSource)}.");
        var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_try_advisory_lock(1330083428, hashtext(@cluster))"; // "OGod": locks of ours
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("cluster", cluster.Value.ClusterId);
        command.Parameters.Add(parameter);
        if (await command.ExecuteScalarAsync(cancellation) is true)
        {
            holder = connection;
            return true;
        }

        await connection.DisposeAsync();
        return false;
    }

    // A restart of the database ends the lock with its connection: it is taken again. Versions of states guard what happens in between.
    private async Task Watch()
    {
        while (true)
        {
            try
            {
                await Task.Delay(Look, time, stopping.Token);
                if (holder is null && !await TryTake(stopping.Token))
                    logger.LogCritical("Another process has taken over the cluster '{Cluster}' on this database; end one of them", cluster.Value.ClusterId);
                if (holder is null)
                    continue;
                await using var command = holder.CreateCommand();
                command.CommandText = "SELECT 1";
                await command.ExecuteScalarAsync(stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is DbException or TimeoutException)
            {
                logger.LogWarning("The database that holds the cluster's lock does not answer: {Error}", exception.GetType().Name);
                if (holder is not null)
                    await holder.DisposeAsync();
                holder = null;
            }
        }
    }
}
