using OrleansGov.Api.Settings;
using OrleansGov.Records;
using OrleansGov.Silo.Cluster;

namespace OrleansGov.Api.Hosting;

/// <summary><c>OrleansGov.Api.dll migrate</c>: brings the database of a cluster to this version. Run before its nodes; harmless when there is nothing to do.</summary>
internal static class Migration
{
    /// <exception cref="SettingsException">There is no connection string.</exception>
    public static async Task RunAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddSecretFiles()
            .AddCommandLine(args)
            .Build();
        var connectionString = configuration["Cluster:ConnectionString"];
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new SettingsException([new("Cluster__ConnectionString", "PostgreSQL の接続文字列を指定してください。", "Must be a PostgreSQL connection string.")]);
        await ClusterSchema.MigrateAsync(connectionString, Console.WriteLine);
        await RecordsStore.MigrateAsync(connectionString, Console.WriteLine);
    }
}
