using System.Diagnostics;
using System.Globalization;

namespace OrleansGov.Load.Targets;

/// <summary>Processors as taskset spells them: 0, 0,2 or 0-3.</summary>
public static class Cores
{
    /// <summary>Keeps a process on these, with all its threads and the children it will have.</summary>
    /// <param name="process">Null = this one.</param>
    public static void Keep(string cores, int? process = null)
    {
        if (!OperatingSystem.IsLinux()) return;
        var start = new ProcessStartInfo("taskset", ["-a", "-p", "-c", cores, (process ?? Environment.ProcessId).ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using var taskset = Process.Start(start)!;
        taskset.StandardOutput.ReadToEnd();
        taskset.WaitForExit();
    }
}
