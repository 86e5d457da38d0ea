using OrleansGov.Api.Telemetry;

namespace OrleansGov.Api.Tests.Telemetry;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Write_SaysWhatAReaderUnderstands()
    {
        var read = Exposition.Read(PrometheusText.Write(new(DateTimeOffset.UnixEpoch,
        [
            new("orleansgov.turn.repeats", "{event}", "One line\nand a \\ more.", FamilyKind.Counter, [new([new("channel", "main")], 3), new([new("channel", "次")], 4)]),
            new("orleansgov.disk.free", "By", "", FamilyKind.Gauge, [new([], 12.5)]),
            new("process.cpu-use", "1", "", FamilyKind.Gauge, [new([], double.NaN)]),
            new("never.measured", "", "", FamilyKind.Counter, []),
        ])));

        Assert.Equal(3, read.Value("orleansgov_turn_repeats_total", ("channel", "main")));
        Assert.Equal(4, read.Value("orleansgov_turn_repeats_total", ("channel", "次")));
        Assert.Equal("One line\nand a \\ more.", read.Helps["orleansgov_turn_repeats_total"]);
        Assert.Equal("counter", read.Types["orleansgov_turn_repeats_total"]);
        Assert.Equal(12.5, read.Value("orleansgov_disk_free_bytes"));
        Assert.Equal(double.NaN, read.Value("process_cpu_use_ratio"));
        Assert.DoesNotContain("never_measured_total", read.Types.Keys);
    }

    [Theory]
    [InlineData("quote \" backslash \\ newline \n end")]
    [InlineData("\\n is no newline")]
    [InlineData("ends with \\")]
    public void Write_AnyWordsInALabel_ComeBackAsTheyWere(string words)
    {
        var read = Exposition.Read(PrometheusText.Write(new(DateTimeOffset.UnixEpoch, [new("x", "", "", FamilyKind.Gauge, [new([new("a.b", words)], 1)])])));
        Assert.Equal(1, read.Value("x", ("a_b", words)));
    }

    [Fact]
    public void Write_AHistogram_CumulatesItsBuckets()
    {
        var read = Exposition.Read(PrometheusText.Write(new(DateTimeOffset.UnixEpoch,
            [new("turn", "s", "", FamilyKind.Histogram, [new([new("channel", "main")], 7.5, new([0.005, 1], [2, 0, 3]))])])));
        Assert.Equal(2, read.Value("turn_seconds_bucket", ("le", "0.005")));
        Assert.Equal(2, read.Value("turn_seconds_bucket", ("le", "1")));
        Assert.Equal(5, read.Value("turn_seconds_bucket", ("le", "+Inf")));
        Assert.Equal(7.5, read.Value("turn_seconds_sum"));
    }

    [Theory]
    [InlineData(0.5, 1.75)]
    [InlineData(0.9, 4)]
    [InlineData(1, 4)]
    public void Quantile_IsEstimatedWithinItsBucket(double part, double expected) =>
        Assert.Equal(expected, new Spread([1, 2, 4], [2, 4, 2, 2]).Quantile(part)!.Value, 6);

    [Fact]
    public void Quantile_OfNothing_IsUnknown() => Assert.Null(new Spread([1], [0, 0]).Quantile(0.5));
}
