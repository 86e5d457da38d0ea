using System.Diagnostics;

namespace OrleansGov.Browser.Tests;

/// <summary>How fast a person is. The waits are the model of the person; nothing here waits for the page.</summary>
/// <param name="Reading">To read what is new and decide, before each tap or text.</param>
/// <param name="Checking">The same before the last tap of a review: everything is read once more.</param>
/// <param name="Stroke">One key. A Japanese character counts as two (sound and conversion).</param>
public sealed record Pace(TimeSpan Reading, TimeSpan Checking, TimeSpan Stroke)
{
    public static readonly Pace Human = new(TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(60));

    public static readonly Pace Machine = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    public override string ToString() =>
        $"{Reading.TotalMilliseconds:0} ms to read and decide per step, {Checking.TotalMilliseconds:0} ms to check the review, {Stroke.TotalMilliseconds:0} ms per key, a Japanese character = 2 keys";
}

/// <summary>Someone with fingers: taps and types at a pace, and is counted.</summary>
public sealed class Person(Pace pace)
{
    private readonly Stopwatch _time = Stopwatch.StartNew();

    public int Taps { get; private set; }

    public int Typed { get; private set; }

    public TimeSpan Elapsed => _time.Elapsed;

    public async Task TapAsync(ILocator target, bool checking = false)
    {
        await target.WaitForAsync();
        await Task.Delay(checking ? pace.Checking : pace.Reading);
        Taps++;
        await target.ClickAsync();
    }

    /// <summary>Taps a field and types into it, key by key.</summary>
    public async Task TypeAsync(ILocator field, string text)
    {
        await TapAsync(field);
        foreach (var run in Runs(text))
            await field.PressSequentiallyAsync(run, new() { Delay = (float)pace.Stroke.TotalMilliseconds * (char.IsAscii(run[0]) ? 1 : 2) });
        Typed += text.Length;
    }

    private static IEnumerable<string> Runs(string text)
    {
        var from = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAscii(text[i]) == char.IsAscii(text[from])) continue;
            yield return text[from..i];
            from = i;
        }
    }
}
