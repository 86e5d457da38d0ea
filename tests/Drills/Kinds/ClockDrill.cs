using System.ComponentModel;
using System.Diagnostics;

namespace OrleansGov.Drills;

/// <summary>
/// The wall clock of the office, and of nobody else, steps while residents talk, as when NTP or a person sets it: a small library, compiled here, stands
/// between the process and the system's clock (clock.c). faketime will not do: it also bends timed waits, which a real clock step leaves alone.
/// </summary>
internal static class ClockDrill
{
    // seconds from the true time: each step goes from one to the next, forward and back by minutes and hours
    private static readonly int[] Steps = [300, -600, 3_600, 4 * 3_600, -3_600, 0];

    public static string? Missing(DrillSize size)
    {
        if (!OperatingSystem.IsLinux()) return "the clock of one process is set by a library that only Linux can load before it.";
        var library = Path.Combine(Path.GetTempPath(), $"orleansgov-clock-{Guid.NewGuid():N}.so");
        var reason = Compile(library);
        File.Delete(library);
        return reason;
    }

    public static Preparation Prepare(DrillSize size)
    {
        var (library, clock) = (Path.Combine(Path.GetTempPath(), $"orleansgov-clock-{Guid.NewGuid():N}.so"), Path.Combine(Path.GetTempPath(), $"orleansgov-clock-{Guid.NewGuid():N}"));
        if (Compile(library) is { } reason) throw new DrillFailedException(reason);
        File.WriteAllBytes(clock, new byte[sizeof(long)]);
        return new Preparation
        {
            Environment = { ["LD_PRELOAD"] = library, ["DRILL_CLOCK"] = clock },
            Undo = () =>
            {
                File.Delete(library);
                File.Delete(clock);
            },
        };
    }

    public static async Task Run(Drill drill, CancellationToken cancel)
    {
        foreach (var seconds in Steps)
        {
            await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
            drill.Begin($"clock to {seconds:+0;-0;0} s");
            Set(drill.Preparation.Environment["DRILL_CLOCK"], seconds);
        }

        await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
    }

    private static void Set(string clock, long seconds)
    {
        using var file = new FileStream(clock, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        file.Write(BitConverter.GetBytes(seconds)); // 8 bytes at once: nobody sees half a step
    }

    /// <returns>Null when it worked, else why not.</returns>
    private static string? Compile(string library)
    {
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O2", "-o", library, Path.Combine(AppContext.BaseDirectory, "clock.c"), "-ldl"]) { RedirectStandardError = true })!;
            var words = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? null : $"the clock's library does not compile: {words.Trim()}";
        }
        catch (Win32Exception)
        {
            return "the clock's library needs a C compiler (cc; Debian: package gcc).";
        }
    }
}
