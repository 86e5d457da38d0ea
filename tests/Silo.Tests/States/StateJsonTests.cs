using System.Collections.Immutable;
using System.Text;

namespace OrleansGov.Silo.Tests.States;

public sealed class StateJsonTests
{
    private static readonly Ledger Full = new()
    {
        Count = 2,
        Open = false,
        Note = "粗大ごみ <ソファ> & 机",
        Mood = Mood.VeryBusy,
        Entries = [new Entry.Paid(400), new Entry.Waived("減免")],
        ByName = ImmutableSortedDictionary<string, Entry>.Empty.Add("Chair/1", new Entry.Paid(800)),
        Seen = ["01H"],
        Day = new DateOnly(2026, 12, 3),
        Due = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void Write_OfAState_IsReadableAndHoldsNoTypeNames() => Assert.Equal(
        """{"count":2,"open":false,"note":"粗大ごみ <ソファ> & 机","mood":"veryBusy","entries":[{"kind":"paid","yen":400},{"kind":"waived","reason":"減免"}],"byName":{"Chair/1":{"kind":"paid","yen":800}},"seen":["01H"],"day":"2026-12-03","due":"1970-01-01T00:00:00+00:00"}""",
        Encoding.UTF8.GetString(StateJson.Write(Full)));

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame()
    {
        var read = StateJson.Read<Ledger>(StateJson.Write(Full));

        Assert.Equal(StateJson.Write(Full), StateJson.Write(read));
        Assert.Equal(Full.Entries, read.Entries);
    }

    [Fact]
    public void Read_OfALaterShape_SkipsWhatItDoesNotKnow()
    {
        var read = StateJson.Read<Ledger>("""{"later":{"a":[1]},"count":3,"entries":[{"yen":400,"new":1,"kind":"paid"}]}"""u8);

        Assert.Equal(3, read.Count);
        Assert.Equal([new Entry.Paid(400)], read.Entries);
    }

    [Fact]
    public void Read_OfAnEarlierShape_KeepsTheRecordsDefaults()
    {
        var read = StateJson.Read<Ledger>("{}"u8);

        Assert.True(read.Open);
        Assert.Empty(read.Entries);
    }
}
