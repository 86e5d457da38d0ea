using System.CommandLine;
using System.Globalization;
using OrleansGov.Load.Seeding;

namespace OrleansGov.Load.Commands;

/// <summary><c>seed</c>: a stopped office's store, filled with residents.</summary>
internal static class SeedCommand
{
    public static Command Make()
    {
        Argument<long> residents = new("residents") { Description = "How many there shall be in all." };
        Option<string?> data = new("--data") { Description = "Data directory of an embedded office that does not run." };
        Option<string?> database = new("--database") { Description = "Connection string of a cluster's PostgreSQL; no node may run." };
        Command command = new("seed", "Copies a resident who really talked until there are so many: 10^6 in minutes. For trials only; the copies belong to nobody.") { residents, data, database };
        command.Validators.Add(result =>
        {
            if (result.GetResult(data) is null == result.GetResult(database) is null) result.AddError("Which store? Either --data or --database.");
        });
        command.SetAction(async (arguments, cancel) =>
        {
            IResidentStore store = arguments.GetValue(database) is { } connection ? new PostgresResidents(connection) : new SqliteResidents(arguments.GetValue(data)!);
            await Seeder.Fill(store, arguments.GetValue(residents), have => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {have:#,0} residents seen")), cancel);
            var (many, bytes) = (await store.Count(cancel), await store.Bytes(cancel));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{many:#,0} residents, {bytes / 1e6:#,0} MB on disk"));
            return 0;
        });
        return command;
    }
}
