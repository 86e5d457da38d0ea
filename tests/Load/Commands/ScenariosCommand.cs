using System.CommandLine;
using OrleansGov.Load.Scripting;

namespace OrleansGov.Load.Commands;

/// <summary><c>scenarios</c>: what there is.</summary>
internal static class ScenariosCommand
{
    public static Command Make()
    {
        Command command = new("scenarios", "Lists the scenarios that come with this tool, and the personas.");
        command.SetAction(_ =>
        {
            foreach (var name in ScenarioFile.Names())
            {
                var scenario = ScenarioFile.Load(name);
                Console.WriteLine($"{name,-18} {scenario.Title}\n{"",-18} {scenario.About.ReplaceLineEndings($"\n{"",-19}").TrimEnd()}");
            }

            Console.WriteLine($"\npersonas: {string.Join(", ", Residents.Personas.Names)}");
            return 0;
        });
        return command;
    }
}
