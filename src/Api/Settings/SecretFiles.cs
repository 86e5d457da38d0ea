namespace OrleansGov.Api.Settings;

/// <summary>
/// Secrets as files, as containers and orchestrators hand them out: <c>/run/secrets/Line__Channels__0__Secret</c> holds the setting of that name. Unlike
/// environment variables they show in no process list and no "inspect". A file wins over a variable.
/// </summary>
public static class SecretFiles
{
    /// <summary>Another folder: <c>Secrets__Directory</c>.</summary>
    public static TBuilder AddSecretFiles<TBuilder>(this TBuilder configuration)
        where TBuilder : IConfigurationBuilder
    {
        var folder = Environment.GetEnvironmentVariable("Secrets__Directory") ?? "/run/secrets";
        if (Directory.Exists(folder)) configuration.AddKeyPerFile(folder, optional: true);
        return configuration;
    }
}
