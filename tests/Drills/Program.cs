using System.CommandLine;
using System.Text.Json;
using OrleansGov.Drills;

Argument<string[]> names = new("drill") { Description = "Names as `list` shows them, or all.", Arity = ArgumentArity.OneOrMore };
Option<DrillMode> mode = new("--mode") { Description = "embedded: one process on SQLite. cluster: nodes on a PostgreSQL of the tool's own." };
Option<int?> nodes = new("--nodes") { Description = "Nodes of a cluster (default 2)." };
Option<int> dialogues = new("--dialogues") { Description = "Bookings at least; while a drill goes on, up to three times as many.", DefaultValueFactory = _ => 120 };
Option<int> residents = new("--residents") { Description = "Residents at once.", DefaultValueFactory = _ => 16 };
Option<int> pause = new("--pause") { Description = "Milliseconds a resident takes to answer, on average.", DefaultValueFactory = _ => 100 };
Option<int> times = new("--times") { Description = "How often a trouble strikes that is over at once, such as a kill.", DefaultValueFactory = _ => 10 };
Option<double> seconds = new("--seconds") { Description = "How long a trouble lasts that lasts, such as a full disk.", DefaultValueFactory = _ => 60 };
Option<int?> seed = new("--seed") { Description = "Repeats the tool's choices (the moments still depend on the machine)." };
Option<int> limit = new("--limit") { Description = "Seconds until a drill that has not ended has failed.", DefaultValueFactory = _ => 600 };
Option<DirectoryInfo?> logs = new("--logs") { Description = "Keep the offices' logs in this folder." };
Option<DirectoryInfo?> previous = new("--previous") { Description = "Folder with the OrleansGov.Api.dll of an older build, for the drill upgrade." };
Option<FileInfo?> json = new("--json") { Description = "Also write the results here, as JSON." };
Option<FileInfo?> markdown = new("--markdown") { Description = "Also write the table here, as Markdown." };

Command list = new("list", "Shows the drills.");
list.SetAction(_ =>
{
    foreach (var kind in DrillKind.All) Console.WriteLine($"{kind.Name,-16} {string.Join('|', kind.Modes).ToLowerInvariant(),-18} {kind.What}");
});

Command run = new("run", "Holds drills one after another and says what they showed; the exit code is 1 when something was not as promised.")
{
    names, mode, nodes, dialogues, residents, pause, times, seconds, seed, limit, logs, previous, json, markdown,
};
run.Validators.Add(result =>
{
    foreach (var name in result.GetValue(names) ?? [])
        if (name != "all" && DrillKind.All.All(k => k.Name != name)) result.AddError($"There is no drill '{name}'; there are {string.Join(", ", DrillKind.All.Select(k => k.Name))}.");
});
run.SetAction(async (arguments, cancel) =>
{
    var where = arguments.GetValue(mode);
    var size = new DrillSize(arguments.GetValue(dialogues), arguments.GetValue(residents), arguments.GetValue(seed) ?? Random.Shared.Next(1_000_000), TimeSpan.FromSeconds(arguments.GetValue(limit)))
    {
        Pause = TimeSpan.FromMilliseconds(arguments.GetValue(pause)), Times = arguments.GetValue(times), Fault = TimeSpan.FromSeconds(arguments.GetValue(seconds)), Mode = where, Previous = arguments.GetValue(previous) is { } folder ? Path.Combine(folder.FullName, "OrleansGov.Api.dll") : null, Logs = arguments.GetValue(logs)?.FullName, Nodes = where == DrillMode.Embedded ? 1 : arguments.GetValue(nodes) ?? 2,
    };
    var wanted = arguments.GetValue(names)!;
    List<DrillResult> results = [];
    var failed = false;
    foreach (var kind in DrillKind.All.Where(k => wanted.Contains("all") || wanted.Contains(k.Name)))
    {
        if ((kind.Modes.Contains(where) ? Ground.Missing(where, size.Nodes) ?? kind.Missing(size) : $"it is not for mode {where}.") is { } reason)
        {
            Console.WriteLine($"{kind.Name}: skipped, {reason}");
            continue;
        }

        try
        {
            var result = await DrillResult.Hold(kind, size, cancel);
            results.Add(result);
            Console.WriteLine(result.Sentence);
            failed |= !result.Passed;
        }
        catch (DrillFailedException e)
        {
            Console.WriteLine($"{kind.Name}: FAILED (seed {size.Seed})\n{e.Message}");
            failed = true;
        }
    }

    Console.WriteLine();
    Console.WriteLine(Tables.Markdown(results));
    if (arguments.GetValue(json) is { } file) await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(results, Tables.Json), cancel);
    if (arguments.GetValue(markdown) is { } table) await File.WriteAllTextAsync(table.FullName, Tables.Markdown(results), cancel);
    return failed ? 1 : 0;
});

RootCommand command = new("Does to an office what life does to it, while residents book, and looks afterwards whether anything was lost, doubled, oversold or out of order. Only processes of the tool's own are touched.") { list, run };
return await command.Parse(args).InvokeAsync();
