using System.CommandLine;
using System.Text.Json;
using OrleansGov.Load;

Option<int> residents = new("--residents") { Description = "Residents at once.", DefaultValueFactory = _ => 32 };
Option<int> dialogues = new("--dialogues") { Description = "Bookings each of them makes, one after another, each with a phone of its own.", DefaultValueFactory = _ => 5 };
Option<int> warmUp = new("--warm-up") { Description = "Bookings before the clock starts.", DefaultValueFactory = _ => 16 };
Option<int> seen = new("--seen") { Description = "Instead of booking: so many residents follow and say one word; measures memory per 10,000 residents seen." };
Option<bool> start = new("--start") { Description = "Start the office that was built beside this tool, on a temporary data directory." };
Option<Uri?> office = new("--office")
{
    Description = "An office that runs already, on this machine, with the settings this tool prints.",
    CustomParser = result =>
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.IsLoopback) return url;
        result.AddError($"{result.Tokens[0].Value} is no address on this machine. Load is for our own offices only, and LINE forbids load tests.");
        return null;
    },
};
Option<int?> pid = new("--pid") { Description = "Process id of that office: for CPU and memory." };
Option<string?> data = new("--data") { Description = "Data directory of that office: for writes and bytes." };
Option<FileInfo?> json = new("--json") { Description = "Also write the report here, as JSON." };

RootCommand command = new("Residents hold whole bulky-waste dialogues with a running OrleansGov over signed webhooks. Their LINE is this tool's own; only offices on this machine are called.")
{
    residents, dialogues, warmUp, seen, start, office, pid, data, json,
};
command.Validators.Add(result =>
{
    if (result.GetValue(start) == (result.GetResult(office) is not null)) result.AddError("Either --start or --office is needed.");
});
command.SetAction(async (arguments, cancel) =>
{
    await using var run = await LoadRun.OpenAsync(arguments.GetValue(office), arguments.GetValue(pid), arguments.GetValue(data), cancel);
    var report = arguments.GetValue(seen) is > 0 and var many
        ? await run.See(many, arguments.GetValue(residents), cancel)
        : await run.Book(arguments.GetValue(residents), arguments.GetValue(dialogues), arguments.GetValue(warmUp), cancel);
    Console.WriteLine(report);
    if (arguments.GetValue(json) is { } file) await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, Report.Json), cancel);
});
return await command.Parse(args).InvokeAsync();
