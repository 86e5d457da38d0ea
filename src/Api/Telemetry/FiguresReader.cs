using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OrleansGov.Api.Telemetry;

/// <summary>
/// Reads the instruments of this process, whenever somebody wants to know: the metrics page and the status page see the same figures. Cumulative, since
/// the process began.
/// </summary>
public sealed class FiguresReader : BaseExportingMetricReader
{
    private readonly Latest _latest;
    private readonly TimeProvider _clock;

    public FiguresReader(TimeProvider clock)
        : this(new Latest(), clock)
    {
    }

    private FiguresReader(Latest latest, TimeProvider clock)
        : base(latest) => (_latest, _clock, TemporalityPreference) = (latest, clock, MetricReaderTemporalityPreference.Cumulative);

    /// <summary>The figures of now.</summary>
    public Figures Look()
    {
        Collect(); // readers that come at the same time share one walk
        return new(_clock.GetUtcNow(), _latest.Families);
    }

    private sealed class Latest : BaseExporter<Metric>
    {
        private volatile IReadOnlyList<Family> _families = [];

        public IReadOnlyList<Family> Families => _families;

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var families = new List<Family>();
            foreach (var metric in batch) families.Add(Read(metric));
            _families = families;
            return ExportResult.Success;
        }

        private static Family Read(Metric metric)
        {
            var kind = metric.MetricType switch
            {
                MetricType.LongSum or MetricType.DoubleSum => FamilyKind.Counter,
                MetricType.Histogram => FamilyKind.Histogram,
                _ => FamilyKind.Gauge, // what goes up and down is a gauge to its readers, however it was counted
            };
            var series = new List<Series>();
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                var labels = new List<KeyValuePair<string, string>>(point.Tags.Count);
                foreach (var tag in point.Tags) labels.Add(new(tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""));
                series.Add(metric.MetricType switch
                {
                    MetricType.Histogram => new(labels, point.GetHistogramSum(), SpreadOf(point)),
                    MetricType.LongSum or MetricType.LongSumNonMonotonic => new(labels, point.GetSumLong()),
                    MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => new(labels, point.GetSumDouble()),
                    MetricType.LongGauge => new(labels, point.GetGaugeLastValueLong()),
                    _ => new(labels, point.GetGaugeLastValueDouble()),
                });
            }

            return new(metric.Name, metric.Unit, metric.Description, kind, series);
        }

        private static Spread SpreadOf(in MetricPoint point)
        {
            var (bounds, counts) = (new List<double>(), new List<long>());
            foreach (var bucket in point.GetHistogramBuckets())
            {
                if (!double.IsPositiveInfinity(bucket.ExplicitBound)) bounds.Add(bucket.ExplicitBound);
                counts.Add(bucket.BucketCount);
            }

            return new(bounds, counts);
        }
    }
}
