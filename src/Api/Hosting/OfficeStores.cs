using Microsoft.AspNetCore.DataProtection;
using OrleansGov.Api.Settings;
using OrleansGov.Records;
using OrleansGov.Silo;
using OrleansGov.Silo.Cluster;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.Keys;
using OrleansGov.Silo.States;

namespace OrleansGov.Api.Hosting;

/// <summary>What an office keeps its things in, and how its grains run on it: files beside the process, or a database that all nodes share.</summary>
/// <param name="Join">Makes the host a silo, or a client of the silos.</param>
/// <param name="Seal">Where the keys of data protection lie.</param>
internal sealed record OfficeStores(PseudonymKey Key, RecordsStore Records, StoreHealth Health, Action<WebApplicationBuilder> Join, Action<IDataProtectionBuilder> Seal)
{
    /// <summary>Why nothing can be stored at present; null when it can.</summary>
    public string? Trouble() => Health.Trouble?.LastError ?? Records.Trouble;

    /// <param name="opened">What is opened goes there, to be closed the other way round.</param>
    /// <exception cref="StoreUnavailableException">Something cannot be used as it is.</exception>
    /// <exception cref="RecordsUnavailableException">Records cannot be used as they are.</exception>
    public static Task<OfficeStores> OpenAsync(OfficeSettings settings, Stack<object> opened) =>
        settings.Cluster is { } cluster ? OnDatabaseAsync(settings, cluster, opened) : InFilesAsync(settings, opened);

    private static async Task<OfficeStores> InFilesAsync(OfficeSettings settings, Stack<object> opened)
    {
        var store = EmbeddedStore.Open(settings.DataDirectory); // takes the directory's lock: before anything else is opened there
        opened.Push(store);
        var records = RecordsStore.Open(settings.DataDirectory);
        opened.Push(records);
        var key = await KeyRing.OpenAsync(store, settings.PseudonymKey);
        return new(key, records, store.Health, builder => builder.AddOrleansGovSilo(store), keys => keys.PersistKeysToFileSystem(KeyFolder(settings)));
    }

    private static async Task<OfficeStores> OnDatabaseAsync(OfficeSettings settings, ClusterSettings cluster, Stack<object> opened)
    {
        var database = await ClusterDatabase.OpenAsync(cluster);
        opened.Push(database);
        var key = PseudonymKey.Parse(settings.PseudonymKey!);
        await ClusterKey.CheckAsync(database, key);
        var records = await RecordsStore.OpenAsync(cluster.ConnectionString);
        opened.Push(records);
        return new(key, records, database.Health, Join, keys => keys.PersistKeysToCluster(database));

        void Join(WebApplicationBuilder builder)
        {
            if (settings.HasGrains) builder.AddClusterSilo(database);
            else builder.AddClusterClient(database);
        }
    }

    // Readable by the office's own account only: that, not another key beside it, is what protects these files.
    private static DirectoryInfo KeyFolder(OfficeSettings settings)
    {
        var path = Path.Combine(settings.DataDirectory, "keys");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
