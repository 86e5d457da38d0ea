using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansGov.Packs;

namespace OrleansGov.Grains;

/// <summary>What is installed at first start: pack folders by town. In Development a changed folder is published again.</summary>
/// <param name="Directory">The <c>packs</c> directory.</param>
/// <param name="ByTown">Pack ids by town id.</param>
/// <param name="RepublishChanged">Publish a folder whose content differs from the current version.</param>
public sealed record PackInstallation(string Directory, ImmutableDictionary<string, ImmutableList<string>> ByTown, bool RepublishChanged);

/// <summary>Publishes the packs of the installation. A pack that does not pass the checks stops the start with its faults: an office without its procedures helps nobody.</summary>
internal sealed class PackInstaller(IGrainFactory grains, PackInstallation installation, TimeProvider clock, ILogger<PackInstaller> log) : IHostedService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (town, packs) in installation.ByTown)
        {
            var catalog = grains.GetGrain<IProcedureCatalogGrain>(CatalogKey.For(town));
            var head = await Patiently(catalog.Head, cancellationToken);
            foreach (var id in packs)
            {
                if (head.Current.Exists(v => v.Id == id) && !installation.RepublishChanged) continue;
                var source = PackFolder.Load(Path.Combine(installation.Directory, id));
                var result = await Patiently(() => catalog.Publish(new PackFiles(source.Id, source.Texts), "installation"), cancellationToken);
                if (result.Version is not { } version)
                    throw new InvalidOperationException($"Pack '{id}' of '{town}' cannot be installed:\n{string.Join('\n', result.Faults.Select(f => $"{f.File}:{f.Line}: {f.Message} {f.Fix}"))}");
                log.LogInformation("Pack {Pack} v{Version} is current in {Town}", id, version, town);
            }
        }
    }

    // The catalog may have lived on a node that has just died, and the others need seconds to notice; a busy machine may need its time, too. Publishing the same again is no change.
    private async Task<T> Patiently<T>(Func<Task<T>> call, CancellationToken stop)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is TimeoutException or OrleansException or GrainStorageException && !stop.IsCancellationRequested)
            {
                log.LogWarning("The catalog does not answer ({Error}); the office opens when it does, next try in {Pause} s", e.GetType().Name, pause.TotalSeconds);
                await Task.Delay(pause, clock, stop);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
