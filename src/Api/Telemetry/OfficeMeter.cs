using System.Diagnostics.Metrics;
using OrleansGov.Api.Settings;

namespace OrleansGov.Api.Telemetry;

/// <summary>The office as a whole: which build, since when, and how much room its data has.</summary>
public sealed class OfficeMeter
{
    private readonly TimeProvider _clock;
    private readonly DriveInfo _drive;

    public OfficeMeter(IMeterFactory factory, OfficeSettings settings, TimeProvider clock)
    {
        (_clock, Started, _drive) = (clock, clock.GetUtcNow(), DriveOf(settings.DataDirectory));
        var meter = factory.Create("OrleansGov.Office");
        meter.CreateObservableGauge("orleansgov.uptime", () => Uptime.TotalSeconds, "s", "Time since the start of the process.");
        meter.CreateObservableGauge("orleansgov.disk.free", () => _drive.AvailableFreeSpace, "By", "Room left where the data lies.");
        meter.CreateObservableGauge("orleansgov.disk.size", () => _drive.TotalSize, "By", "Size of that file system.");
        meter.CreateObservableGauge("orleansgov.build", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", OfficeVersion.Text)), "", "1; its label tells the version.");
    }

    // A node of a cluster may have no data directory: then the disk it would lie on.
    private static DriveInfo DriveOf(string path)
    {
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent) path = parent;
        return new(path);
    }

    public DateTimeOffset Started { get; }

    public TimeSpan Uptime => _clock.GetUtcNow() - Started;
}
