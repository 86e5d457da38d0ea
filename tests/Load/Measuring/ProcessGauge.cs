using System.Globalization;

namespace OrleansGov.Load.Measuring;

/// <summary>A process, and those below it if wanted, seen from outside through /proc. What cannot be seen is null.</summary>
/// <param name="withChildren">PostgreSQL has a process per connection.</param>
public sealed class ProcessGauge(int id, bool withChildren = false)
{
    private const double TicksPerSecond = 100; // USER_HZ: 100 on every Linux this runs on

    /// <summary>Processor seconds so far, user and system.</summary>
    public double? CpuSeconds
    {
        get
        {
            if (Stat(id) is not { } own) return null;
            var ticks = own.Ticks + (withChildren ? own.OfEnded : 0);
            foreach (var child in Children())
                if (Stat(child) is { } stat) ticks += stat.Ticks;
            return ticks / TicksPerSecond;
        }
    }

    /// <summary>Resident memory; of several processes what they share counts once.</summary>
    public double? Megabytes
    {
        get
        {
            if (Memory(id) is not { } own) return null;
            var (alone, shared) = (own.Own, own.Shared);
            foreach (var child in Children())
                if (Memory(child) is { } below) (alone, shared) = (alone + below.Own, Math.Max(shared, below.Shared));
            return (alone + shared) / 1024;
        }
    }

    private IEnumerable<int> Children()
    {
        if (!withChildren) return [];
        var children = $"/proc/{id}/task/{id}/children";
        try
        {
            return File.Exists(children) ? [.. File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture))] : [];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static (double Ticks, double OfEnded)? Stat(int process)
    {
        if (Read(process, "stat") is not { } stat) return null;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before may hold blanks
        double Ticks(int at) => double.Parse(fields[at], CultureInfo.InvariantCulture);
        return (Ticks(11) + Ticks(12), Ticks(13) + Ticks(14));
    }

    private static (double Own, double Shared)? Memory(int process)
    {
        if (Read(process, "status") is not { } status) return null;
        double Of(string name) => status.Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            : 0;
        return (Of("RssAnon:"), Of("RssFile:") + Of("RssShmem:"));
    }

    private static string? Read(int process, string file)
    {
        try
        {
            return File.Exists($"/proc/{process}/{file}") ? File.ReadAllText($"/proc/{process}/{file}") : null;
        }
        catch (IOException) // it ended in between
        {
            return null;
        }
    }
}
