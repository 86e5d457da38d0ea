namespace OrleansGov.Contracts;

/// <summary>How due grains are woken. The defaults suit one process.</summary>
public sealed class SweepingOptions
{
    /// <summary>How many sweepers share the work; never changed while silos of different settings run side by side.</summary>
    public int Sweepers { get; set; } = 1;

    /// <summary>Time between two looks at the index.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How far into the future the first look reaches: work that a stopped or killed process left behind is due only some time after it was decided.</summary>
    public TimeSpan AheadAtStart { get; set; } = TimeSpan.FromSeconds(35);

    /// <summary>Rows read at a time.</summary>
    public int Page { get; set; } = 500;

    /// <summary>Grains of one sweeper that are being woken at the same time.</summary>
    public int Parallel { get; set; } = 32;

    /// <summary>Grains whose calls a sweeper remembers. Of more that are due at once the rest are called without a pause of their own.</summary>
    public int Remembered { get; set; } = 100_000;

    /// <summary>Longest pause before a grain that failed, or stays due without progress, is called again.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);
}
