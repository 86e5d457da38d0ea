using OrleansGov.Api;
using OrleansGov.Api.Settings;

try
{
    await using var office = await OfficeHost.OpenAsync(args);
    await office.App.RunAsync();
    return 0;
}
catch (Exception e) when (e is SettingsException or OrleansGov.Records.RecordsUnavailableException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
