using FsCheck;
using FsCheck.Fluent;

namespace OrleansGov.Records.Tests.Facts;

public sealed class FactsTests : IDisposable
{
    private readonly TempRecords _records = new();

    public void Dispose() => _records.Dispose();

    [Fact]
    public async Task Append_WhenFactsAreRepeated_ChangesNothing()
    {
        Fact[] facts = [_records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Heard("粗大ごみ")), _records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Said("品目は？"))];
        await _records.Store.AppendAsync(facts);
        await _records.Store.AppendAsync(facts);
        await _records.Store.AppendAsync([facts[1], _records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Heard("ソファ"))]);

        Assert.Equal(["粗大ごみ", "品目は？", "ソファ"], await Texts());
    }

    [Fact]
    public async Task Append_WhenItReturns_IsDurable()
    {
        await _records.Append(TempRecords.Heard("残ること"));
        _records.Reopen();
        Assert.Equal(["残ること"], await Texts());
    }

    [Fact]
    public async Task Append_WhenManyCallAtOnce_LosesNothingAndKeepsEachOrder()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async resident =>
        {
            for (var i = 1; i <= 20; i++)
                await _records.Store.AppendAsync([new Fact($"r:main/p{resident}", i, TempRecords.Noon, TempRecords.Heard($"{i}"))]);
        }));

        await using var read = _records.Store.Read();
        var rows = await read.Messages.OrderBy(m => m.Seq).ToListAsync(TempRecords.Cancel);
        Assert.Equal(1000, rows.Count);
        Assert.All(rows.GroupBy(m => m.Conversation), talk => Assert.Equal(Enumerable.Range(1, 20).Select(i => $"{i}"), talk.Select(m => m.Text)));
    }

    [Fact]
    public async Task Append_WhenOneOfABatchIsImpossible_ItsNeighboursAreStored()
    {
        var twice = _records.Opened("S-1", TempRecords.Noon);
        await _records.Store.AppendAsync([twice]);

        var bad = _records.Store.AppendAsync([twice with { Stream = "c:minatodai/other" }]); // same number from another grain: the primary key refuses
        var good = _records.Append(TempRecords.Heard("わたしは無事"));

        await Assert.ThrowsAsync<RecordsWriteException>(() => bad);
        await good;
        Assert.Equal(["わたしは無事"], await Texts());
        Assert.Null(_records.Store.Trouble);
    }

    [Fact]
    public void Property_AnyRepetitionAndRestart_GivesTheSameTranscript() => Prop.ForAll((int[] cuts) =>
        {
            using var records = new TempRecords();
            var facts = Enumerable.Range(1, 8).Select(i => records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Heard($"{i}"))).ToArray();
            var acknowledged = 0;
            foreach (var cut in cuts.Append(facts.Length))
            {
                // The grain repeats everything from its last acknowledged fact, and learns of an acknowledgement only sometimes.
                var upTo = Math.Max(acknowledged, Math.Abs(cut % (facts.Length + 1)));
                records.Store.AppendAsync(facts[acknowledged..upTo]).GetAwaiter().GetResult();
                if (cut % 2 == 0) acknowledged = upTo;
            }

            records.Store.AppendAsync(facts[acknowledged..]).GetAwaiter().GetResult();
            using var read = records.Store.Read();
            return read.Messages.OrderBy(m => m.Seq).Select(m => m.Text).ToList().SequenceEqual(facts.Select(f => ((FactBody.Heard)f.Body).Text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private async Task<List<string?>> Texts()
    {
        await using var read = _records.Store.Read();
        return await read.Messages.OrderBy(m => m.Seq).Select(m => m.Text).ToListAsync(TempRecords.Cancel);
    }
}
