using System.Diagnostics;

namespace OrleansGov.Silo.Tests;

/// <summary>Programs beside the tests: the drill as a second process, and the system's own tools.</summary>
internal static class Child
{
    public static Process Drill(params string[] arguments) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "OrleansGov.Silo.Drill.dll"), .. arguments]);

    /// <summary>Runs a tool to its end.</summary>
    /// <returns>Null when it worked, else why not.</returns>
    public static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Start(program, arguments);
            var words = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program}: {words.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{program}: {e.Message}";
        }
    }

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
