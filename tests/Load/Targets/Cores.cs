using System.Diagnostics;
using System.Globalization;

namespace OrleansGov.Load.Targets;

/// <summary>Processors as taskset spells them: 0, 0,2 or 0-3.</summary>
public static class Cores
{
    /// <summary>Keeps this process, with all its threads, on these.</summary>
    public static void Keep(string cores)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var taskset = Process.Start("taskset", ["-a", "-p", "-c", cores, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        taskset.WaitForExit();
    }
}
