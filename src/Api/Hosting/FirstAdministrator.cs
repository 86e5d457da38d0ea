using System.Security.Cryptography;
using OrleansGov.Api.Access;
using OrleansGov.Api.Settings;
using OrleansGov.Records;

namespace OrleansGov.Api.Hosting;

/// <summary>
/// <c>OrleansGov.Api.dll admin add --subject … --name …</c>: makes somebody an administrator from outside, who then lets everybody else in. Also the way back
/// in when no administrator can sign in any more. Whoever can run it can read the database anyway; the audit trail says that it was run.
/// </summary>
internal static class FirstAdministrator
{
    /// <exception cref="SettingsException">Something is missing.</exception>
    /// <exception cref="RecordsUnavailableException">The records cannot be opened.</exception>
    public static async Task AddAsync(string[] args, Action<string> say)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddSecretFiles()
            .AddCommandLine(args)
            .Build();
        var faults = new List<SettingFault>();
        var subject = Needed("subject", "認証基盤での識別子（sub）を指定してください。", "The account's sub at the identity provider.");
        var issuer = SignInSettings.IssuerOf(configuration["issuer"] ?? Needed("SignIn:Authority", "認証基盤の URL を設定するか、--issuer で指定してください。", "Set the identity provider's address, or give --issuer."));
        var isCluster = string.Equals(configuration["Hosting:Mode"], "Cluster", StringComparison.OrdinalIgnoreCase);
        var database = isCluster ? Needed("Cluster:ConnectionString", "PostgreSQL の接続文字列を指定してください。", "Must be a PostgreSQL connection string.") : "";
        if (faults.Count > 0) throw new SettingsException(faults);

        using var records = isCluster ? await RecordsStore.OpenAsync(database) : RecordsStore.Open(configuration["Data:Directory"] ?? "data");
        var (town, name, now) = (configuration["town"] ?? configuration["Town:Default"] ?? "minatodai", configuration["name"] ?? subject, DateTimeOffset.UtcNow);
        await using var read = records.Read();
        if (await read.FindSubjectAsync(issuer, subject) is not { } person)
        {
            person = new(town, $"s-{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 10)}", issuer, subject, name, configuration["email"], now.ToUnixTimeMilliseconds(), "admin add", null, null);
            await records.ChangeAsync(new StaffChange.Add(person) { Audit = Line("staff-added") });
        }

        await records.ChangeAsync(new StaffChange.Enable(person.Town, person.Id) { Audit = Line("staff-enabled") });
        var isNew = await records.ChangeAsync(new StaffChange.Give(new(person.Town, person.Id, StaffRoleRow.WholeTown, Roles.Admin.Id, now.ToUnixTimeMilliseconds(), "admin add")) { Audit = Line("role-given", $"{StaffRoleRow.WholeTown} {Roles.Admin.Id}") });
        say(isNew ? $"{person.Town}: {person.Name} ({person.Id}) is an administrator now." : $"{person.Town}: {person.Name} ({person.Id}) was an administrator already.");

        AuditEntry Line(string action, string? detail = null) => new(now, person.Town, "admin add", action, person.Id, detail) { Actor = "system:admin-add" };

        string Needed(string key, string japanese, string english)
        {
            if (configuration[key] is { Length: > 0 } value) return value.Trim();
            faults.Add(new(key.Contains(':', StringComparison.Ordinal) ? key.Replace(":", "__", StringComparison.Ordinal) : "--" + key, japanese, english));
            return "";
        }
    }
}
