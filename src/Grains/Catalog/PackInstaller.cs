using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansGov.Packs;

namespace OrleansGov.Grains;

/// <summary>What is installed at first start: pack folders by town. In Development a changed folder is published again.</summary>
/// <param name="Directory">The <c>packs</c> directory.</param>
/// <param name="ByTown">Pack ids by town id.</param>
/// <param name="RepublishChanged">Publish a folder whose content differs from the current version.</param>
public sealed record PackInstallation(string Directory, ImmutableDictionary<string, ImmutableList<string>> ByTown, bool RepublishChanged);

/// <summary>Publishes the packs of the installation. A pack that does not pass the checks stops the start with its faults: an office without its procedures helps nobody.</summary>
internal sealed class PackInstaller(IGrainFactory grains, PackInstallation installation, ILogger<PackInstaller> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (town, packs) in installation.ByTown)
        {
            var catalog = grains.GetGrain<IProcedureCatalogGrain>(CatalogKey.For(town));
            var head = await catalog.Head();
            foreach (var id in packs)
            {
                if (head.Current.Exists(v => v.Id == id) && !installation.RepublishChanged) continue;
                var source = PackFolder.Load(Path.Combine(installation.Directory, id));
                var result = await catalog.Publish(new PackFiles(source.Id, source.Texts), "installation");
                if (result.Version is not { } version)
                    throw new InvalidOperationException($"Pack '{id}' of '{town}' cannot be installed:\n{string.Join('\n', result.Faults.Select(f => $"{f.File}:{f.Line}: {f.Message} {f.Fix}"))}");
                log.LogInformation("Pack {Pack} v{Version} is current in {Town}", id, version, town);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
