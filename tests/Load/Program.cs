using System.CommandLine;
using OrleansGov.Load.Commands;
using OrleansGov.Load.Scripting;

RootCommand command = new("""
    Residents hold whole dialogues with a running OrleansGov over signed webhooks, and the office is judged by what they saw.
    Their LINE is this tool's own; LINE itself is never called. Offices on this machine only, unless the operator names another one twice.

      load run steady-day --start --html report.html      a scenario against an office that is started for it
      load book --start --residents 32                    the most it can do
      load soak --start --rate 5 --for 1h                 whether memory stays flat
    """)
{
    RunCommand.Make(), BookCommand.Make(), SoakCommand.Make(), SeenCommand.Make(), ScenariosCommand.Make(),
};
try
{
    return await command.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (ScenarioException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
