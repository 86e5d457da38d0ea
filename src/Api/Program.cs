using Orleans.Runtime;
using OrleansGov.Api.Access;
using OrleansGov.Api.Health;
using OrleansGov.Api.Hosting;
using OrleansGov.Api.Settings;
using OrleansGov.Records;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.States;

if (args is ["make-key"])
{
    var key = ApiKey.Make();
    Console.WriteLine($"key (shown once): {key}\nApi__Keys__0__Hash={ApiKey.HashOf(key)}");
    return 0;
}

var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
if (args is ["health"]) return await HealthProbe.AskAsync(environment);

try
{
    if (args is ["migrate", ..])
    {
        await Migration.RunAsync(args[1..]);
        return 0;
    }

    if (args is ["admin", "add", ..])
    {
        await FirstAdministrator.AddAsync(args[2..], Console.WriteLine);
        return 0;
    }

    if (args is ["backup", var target])
    {
        var (files, bytes) = StoreBackup.Copy(environment["Data:Directory"] ?? "data", target);
        Console.WriteLine($"{files} files, {bytes:N0} bytes: {Path.GetFullPath(target)}");
        return 0;
    }

    await using var office = await OfficeHost.OpenAsync(args);
    await office.App.RunAsync();
    return 0;
}
catch (Exception e) when (e is SettingsException or StoreUnavailableException or RecordsUnavailableException or PlatformNotSupportedException or OrleansConfigurationException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
