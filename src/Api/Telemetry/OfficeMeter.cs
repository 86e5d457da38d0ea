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
        (_clock, Started, _drive) = (clock, clock.GetUtcNow(), new DriveInfo(settings.DataDirectory));
        var meter = factory.Create("OrleansGov.Office");
        meter.CreateObservableGauge("orleansgov.uptime", () => Uptime.TotalSeconds, "s", "Time since the start of the process.");
        meter.CreateObservableGauge("orleansgov.disk.free", () => Free, "By", "Room left where the data lies.");
        meter.CreateObservableGauge("orleansgov.disk.size", () => _drive.TotalSize, "By", "Size of that file system.");
        meter.CreateObservableGauge("orleansgov.build", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", OfficeVersion.Text)), "", "1; its label tells the version.");
    }

    public DateTimeOffset Started { get; }

    public TimeSpan Uptime => _clock.GetUtcNow() - Started;

    /// <summary>Bytes.</summary>
    public long Free => _drive.AvailableFreeSpace;
}
