using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansGov.Load.Broadcasting;

namespace OrleansGov.Load.Commands;

/// <summary><c>broadcast</c>: one announcement to very many.</summary>
internal static class BroadcastCommand
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Make()
    {
        Option<int> recipients = new("--recipients") { Description = "Residents that follow; they are written into the office's files, and their LINE counts instead of showing.", DefaultValueFactory = _ => 100_000 };
        Option<int> kills = new("--kills") { Description = "kill -9 of the office so many times on the way.", DefaultValueFactory = _ => 0 };
        Option<double> lineTakes = new("--line-ms") { Description = "How long LINE takes to answer, in milliseconds.", DefaultValueFactory = _ => 20 };
        Option<int> loses = new("--line-loses") { Description = "Every n-th call is accepted and never answered; 0 = none.", DefaultValueFactory = _ => 0 };
        Option<string?> cores = new("--office-cores") { Description = "Processors of the office, as taskset spells them." };
        Option<FileInfo?> json = new("--json") { Description = "Write the report here, as JSON." };
        Command command = new("broadcast", "Sends a broadcast from an office that is started for it: CPU, memory, and whether everybody got it once.") { recipients, kills, lineTakes, loses, cores, json };
        command.SetAction(async (arguments, cancel) =>
        {
            var report = await new BroadcastRun().Run(arguments.GetValue(recipients), arguments.GetValue(kills), TimeSpan.FromMilliseconds(arguments.GetValue(lineTakes)), arguments.GetValue(loses), arguments.GetValue(cores), cancel);
            Console.Write(report);
            if (arguments.GetValue(json) is { } file) await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, Written), cancel);
            return report.Holds ? 0 : 1;
        });
        return command;
    }
}
