using System.Globalization;

namespace OrleansGov.Silo.Tests.Embedded;

public sealed class KillTests : IDisposable
{
    private const int Writers = 16;
    private readonly TemporaryData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Open_AfterKillsInTheMiddleOfWrites_HasEveryAcknowledgedWrite()
    {
        var acknowledged = new long[Writers];
        int[] kills = [1, 400, 2_500, 7_000];
        foreach (var untilLine in kills)
        {
            await WriteAndKillAsync(untilLine, acknowledged);
            await using var store = EmbeddedStore.Open(_data.Directory);
            var storage = new SqliteGrainStorage(store);
            for (var writer = 0; writer < Writers; writer++)
            {
                var state = new GrainState<Drill.Notebook>();
                await storage.ReadStateAsync("notebook", GrainId.Create("notebook", $"r:drill/{writer}"), state);
                var found = state.State!;
                Assert.InRange(found.Number, acknowledged[writer], acknowledged[writer] + 1); // none lost; at most the one in flight more
                if (found.Number > 0) Assert.Equal(Drill.Notebook.Of(found.Number).Line, found.Line);
                acknowledged[writer] = found.Number;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Sum()} writes, {kills.Length} kills: no acknowledged write lost");
    }

    private async Task WriteAndKillAsync(int untilLine, long[] acknowledged)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var child = Child.Drill("write", _data.Directory, Writers.ToString(CultureInfo.InvariantCulture));
        var read = 0;
        for (; read < untilLine && await child.StandardOutput.ReadLineAsync(cancellation) is { } line; read++) Note(line);
        child.Kill(); // SIGKILL: not a line of it runs any more
        while (await child.StandardOutput.ReadLineAsync(cancellation) is { } line) Note(line); // what it had said before
        await child.WaitForExitAsync(cancellation);
        Assert.True(read == untilLine, await child.StandardError.ReadToEndAsync(cancellation));

        // The last line may be cut anywhere: a shorter number is an earlier one, so the greatest counts.
        void Note(string line)
        {
            if (line.Split(' ') is not [var writer, var number] || !long.TryParse(number, CultureInfo.InvariantCulture, out var version)) return;
            ref var latest = ref acknowledged[int.Parse(writer, CultureInfo.InvariantCulture)];
            latest = Math.Max(latest, version);
        }
    }
}
