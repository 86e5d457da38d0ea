using System.CommandLine;
using OrleansGov.Load.Commands;
using OrleansGov.Load.Scripting;

RootCommand command = new("""
    Residents hold whole dialogues with a running OrleansGov over signed webhooks, and the office is judged by what they saw.
    Their LINE is this tool's own; LINE itself is never called. Offices on this machine only, unless the operator names another one twice.

      load run steady-day --start --html report.html      a scenario against an office that is started for it
      load book --start --residents 32                    the most it can do
      load soak --start --rate 5 --for 1h                 whether memory stays flat
      load seen 10000 --start                             what a resident costs who says one word
      load broadcast --recipients 1000000 --kills 1       one announcement to very many

    Exit code: 0 everything held, 1 something did not, 2 the command was wrong.
    """)
{
    RunCommand.Make(), BookCommand.Make(), SoakCommand.Make(), SeenCommand.Make(), SweepCommand.Make(), SeedCommand.Make(), BroadcastCommand.Make(), ScenariosCommand.Make(),
};
var parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("(--help shows the commands and their options)");
    return 2;
}

try
{
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is ScenarioException or InvalidOperationException or IOException or System.Data.Common.DbException)
{
    Console.Error.WriteLine(e.Message); // what could not be started or read says so itself
    return 2;
}
catch (OperationCanceledException)
{
    return 130;
}
