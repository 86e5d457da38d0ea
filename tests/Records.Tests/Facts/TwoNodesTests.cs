namespace OrleansGov.Records.Tests.Facts;

/// <summary>Several nodes write one database; for a moment two of them may hold the same resident's facts.</summary>
public sealed class TwoNodesTests() : RecordsTests(Provider.Postgres)
{
    private const int Residents = 40;
    private const int Turns = 25;

    [Fact]
    public async Task Append_FromTwoNodesWithTheSameFacts_StoresEachOnceAndInOrder()
    {
        using var other = await Records.OpenAsync();
        await Task.WhenAll(((RecordsStore[])[Records.Store, other]).SelectMany(node => Enumerable.Range(0, Residents).Select(async resident =>
        {
            // each node hands over everything it does not know to be stored, and its batches fall as they fall
            var random = new Random(resident);
            for (var done = 0; done < Turns;)
            {
                var upTo = Math.Min(Turns, done + random.Next(1, 5));
                await node.AppendAsync([.. Enumerable.Range(done + 1, upTo - done).Select(i => new Fact($"r:main/p{resident}", i, TempRecords.Noon, TempRecords.Heard($"{i}", $"m{i}")))]);
                done = upTo;
            }
        })));

        await using var read = Records.Store.Read();
        var rows = await read.Messages.OrderBy(m => m.Seq).ToListAsync(TempRecords.Cancel);
        Assert.Equal(Residents * Turns, rows.Count);
        Assert.All(rows.GroupBy(m => m.Conversation), talk => Assert.Equal(Enumerable.Range(1, Turns).Select(i => $"{i}"), talk.Select(m => m.Text)));
        Assert.Equal(Residents, await read.Conversations.CountAsync(TempRecords.Cancel));
        Assert.Null(Records.Store.Trouble ?? other.Trouble);
    }

    [Fact]
    public async Task Append_WhenTheOtherNodeIsAhead_StoresOnlyWhatItLacks()
    {
        Fact[] facts = [.. Enumerable.Range(1, 5).Select(i => Records.Next(TempRecords.Stream, TempRecords.Noon, TempRecords.Heard($"{i}")))];
        using var other = await Records.OpenAsync();
        await Records.Store.AppendAsync(facts[..3]);
        await other.AppendAsync(facts);
        await Records.Store.AppendAsync(facts[1..]);

        await using var read = Records.Store.Read();
        Assert.Equal(["1", "2", "3", "4", "5"], await read.Messages.OrderBy(m => m.Seq).Select(m => m.Text).ToListAsync(TempRecords.Cancel));
    }
}
