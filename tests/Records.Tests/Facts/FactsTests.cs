using FsCheck;
using FsCheck.Fluent;

namespace OrleansGov.Records.Tests.Facts;

public sealed class FactsInSqlite() : FactsTests(Provider.Sqlite);

public sealed class FactsInPostgres() : FactsTests(Provider.Postgres);

public abstract class FactsTests(Provider provider) : RecordsTests(provider)
{
    [Fact]
    public async Task Append_WhenFactsAreRepeated_ChangesNothing()
    {
        Fact[] facts = [Records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Heard("粗大ごみ")), Records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Said("品目は？"))];
        await Records.Store.AppendAsync(facts);
        await Records.Store.AppendAsync(facts);
        await Records.Store.AppendAsync([facts[1], Records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Heard("ソファ"))]);

        Assert.Equal(["粗大ごみ", "品目は？", "ソファ"], await Texts());
    }

    [Fact]
    public async Task Append_WhenItReturns_IsDurable()
    {
        await Records.Append(TempRecords.Heard("残ること"));
        await Records.ReopenAsync();
        Assert.Equal(["残ること"], await Texts());
    }

    [Fact]
    public async Task Append_WhenManyCallAtOnce_LosesNothingAndKeepsEachOrder()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async resident =>
        {
            for (var i = 1; i <= 20; i++)
                await Records.Store.AppendAsync([new Fact($"r:main/p{resident}", i, TempRecords.Noon, TempRecords.Heard($"{i}"))]);
        }));

        await using var read = Records.Store.Read();
        var rows = await read.Messages.OrderBy(m => m.Seq).ToListAsync(TempRecords.Cancel);
        Assert.Equal(1000, rows.Count);
        Assert.All(rows.GroupBy(m => m.Conversation), talk => Assert.Equal(Enumerable.Range(1, 20).Select(i => $"{i}"), talk.Select(m => m.Text)));
    }

    [Fact]
    public async Task Append_WhenOneOfABatchIsImpossible_ItsNeighboursAreStored()
    {
        var twice = Records.Opened("S-1", TempRecords.Noon);
        await Records.Store.AppendAsync([twice]);

        var bad = Records.Store.AppendAsync([twice with { Stream = "c:minatodai/other" }]); // same number from another grain: the primary key refuses
        var good = Records.Append(TempRecords.Heard("わたしは無事"));

        await Assert.ThrowsAsync<RecordsWriteException>(() => bad);
        await good;
        Assert.Equal(["わたしは無事"], await Texts());
        Assert.Null(Records.Store.Trouble);
    }

    [Fact]
    public async Task Append_WhenOneAmongHundredsIsImpossible_OnlyItIsRefused()
    {
        var twice = Records.Opened("S-1", TempRecords.Noon);
        await Records.Store.AppendAsync([twice]);

        var appended = Enumerable.Range(0, 300)
            .Select(i => Records.Store.AppendAsync(i == 137
                ? [twice with { Stream = "c:minatodai/other" }]
                : [new Fact($"r:main/p{i}", 1, TempRecords.Noon, TempRecords.Heard($"{i}"))])).ToArray();
        await Task.WhenAll(appended).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal([137], Enumerable.Range(0, 300).Where(i => appended[i].IsFaulted));
        Assert.Equal(299, (await Texts()).Count);
    }

    [Fact]
    public async Task Append_OfAKeyThatIsNone_IsRefusedBeforeItMeetsItsNeighbours() =>
        await Assert.ThrowsAsync<FormatException>(() => Records.Store.AppendAsync([new Fact("nobody", 1, TempRecords.Noon, TempRecords.Heard("?"))]));

    [Fact]
    public async Task Append_WhenTwoCallsOfOneStreamOverlap_StoresEachFactOnce()
    {
        Fact[] facts = [.. Enumerable.Range(1, 6).Select(i => Records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Heard($"{i}")))];
        await Task.WhenAll(Records.Store.AppendAsync(facts[..2]), Records.Store.AppendAsync(facts[..4]), Records.Store.AppendAsync(facts[1..6]), Records.Store.AppendAsync(facts[..3]));

        Assert.Equal(["1", "2", "3", "4", "5", "6"], await Texts());
    }

    [Fact]
    public async Task Append_OfHalfAnEmojiOrACharacterZero_KeepsTheRest()
    {
        await Records.Append(TempRecords.Heard("ソ\ud83dファ"), TempRecords.Heard("机\0、椅子"), TempRecords.Heard("椅子🪑"));
        Assert.Equal(["ソ\ufffdファ", "椅子🪑"], (await Texts()).Where((_, i) => i != 1));
    }

    [Fact]
    public void Property_AnyRepetitionAndRestart_GivesTheSameTranscript() => Prop.ForAll((int[] cuts) =>
        {
            var resident = $"p{Guid.NewGuid():n}";
            var facts = Enumerable.Range(1, 8).Select(i => Records.Next($"r:main/{resident}", TempRecords.Noon, TempRecords.Heard($"{i}"))).ToArray();
            var acknowledged = 0;
            foreach (var cut in cuts.Append(facts.Length))
            {
                // The grain repeats everything from its last acknowledged fact, and learns of an acknowledgement only sometimes.
                var upTo = Math.Max(acknowledged, Math.Abs(cut % (facts.Length + 1)));
                Records.Store.AppendAsync(facts[acknowledged..upTo]).GetAwaiter().GetResult();
                if (cut % 2 == 0) acknowledged = upTo;
            }

            Records.Store.AppendAsync(facts[acknowledged..]).GetAwaiter().GetResult();
            using var read = Records.Store.Read();
            return read.Messages.Where(m => m.Conversation == resident).OrderBy(m => m.Seq).Select(m => m.Text).ToList().SequenceEqual(facts.Select(f => ((FactBody.Heard)f.Body).Text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private async Task<List<string?>> Texts()
    {
        await using var read = Records.Store.Read();
        return await read.Messages.OrderBy(m => m.Seq).Select(m => m.Text).ToListAsync(TempRecords.Cancel);
    }
}
