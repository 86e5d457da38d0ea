using FsCheck;
using FsCheck.Fluent;

namespace OrleansGov.Procedures.Tests.Conversations;

/// <summary>Whatever a resident does, in whatever order: the office never falls silent, never breaks, never forgets an answer.</summary>
public sealed class DialoguePropertyTests
{
    /// <summary>What residents send: words of the office and nonsense, taps on what is or was offered, and everything LINE can carry.</summary>
    private static readonly Gen<Func<Room, InboundMessage?>> Move = Gen.Frequency(
        (6, Gen.Elements(Sample.Answers.Select(a => a.Message).ToArray()).Select(m => (Func<Room, InboundMessage?>)(_ => m))),
        (5, Gen.Choose(0, 7).Select(n => (Func<Room, InboundMessage?>)(room => Nth(room, n)))),
        (2, Gen.Choose(0, 400).Select(n => (Func<Room, InboundMessage?>)(room => room.Offered.Count == 0 ? null : Room.MessageOf(room.Offered[n % room.Offered.Count])))),
        (3, Gen.Elements("戻る", "修正", "やめる", "最初から", "今どこ？", "続きから", "メニュー", "はい", "いいえ", "申込状況", "職員と話す", "ボットに戻る", "スキップ", "全部", "小さな", "申し込む", "変更", "町を直す", "収集日を直す", "これで全部", "入力しました")
            .Select(w => (Func<Room, InboundMessage?>)(_ => Sample.Text(w)))),
        (2, Gen.Elements("", " ", "\0", "😀", "{number}", "a|b|c|d", "1", "-1", "99999999999999999999", "二十", "ソファ", "テレビ", "いす、ソファ、机", "いす999脚", "000-0102", "やま町", "12/3", "令和8年12月3日", "2月30日", "\uD83E", "ก็", "どれでもない",
                string.Concat(Enumerable.Repeat("あ", 6000)), string.Concat(Enumerable.Repeat("e\u0301\u0302", 500)), "1234 5678 9012", "</script>", "‮abc", "🇯🇵🇯🇵", "品目を減らす", "もっと先の日", "近い日に戻る", "ほかの選択肢", "同意しません")
            .Select(w => (Func<Room, InboundMessage?>)(_ => Sample.Text(w)))),
        (1, Gen.Elements<InboundMessage>(new InboundMessage.Sticker("1", "2"), new InboundMessage.Photo("p1"), new InboundMessage.Photo("p2", AtLine: false), new InboundMessage.Location(35.1, 139.2), new InboundMessage.Location(-89, 200),
                new InboundMessage.Location(double.NaN, double.PositiveInfinity), new InboundMessage.Attachment("video", "m"), new InboundMessage.Unknown("x"), new InboundMessage.Tapped("a|||"), new InboundMessage.Tapped("||||", "2026-12-03"),
                new InboundMessage.Tapped("c||cancel|E261124-00000"), new InboundMessage.Tapped("c||change|E261124-00000"), new InboundMessage.Tapped("p|||nothing"), new InboundMessage.Tapped("w|||戻る"), new InboundMessage.Followed())
            .Select(m => (Func<Room, InboundMessage?>)(_ => m))));

    private static readonly string[] Beginnings = [.. Sample.Everything.Steps.Where(s => s is not HandoffStep).Select(s => s.Id), "review", "review", "receipt"];

    [Theory, InlineData(false), InlineData(true)]
    public void Receive_OfAnything_NeverThrowsNorFallsSilentNorForgets(bool inTalk) =>
        Prop.ForAll(Gen.Elements(Beginnings).SelectMany(b => Gen.ListOf(Move, 40).Select(m => (Begin: b, Moves: m))).ToArbitrary(), walk =>
        {
            var room = new Room(Sample.Office(inTalk));
            room.GoesTo(walk.Begin);
            foreach (var move in walk.Moves)
            {
                if (move(room) is not { } message) continue;
                var (before, echo) = (room.Active, IsEcho(room.Talk, message));
                var said = room.Hears(message);
                if (!echo) Assert.NotEqual("", said.Trim());
                Remembers(before, room);
                Stands(room);
                if (room.Form is not null && room.Talk.Counter % 3 == 0) room.Fills();
            }

            Assert.True(room.AllHeld <= 1 + room.Talk.Cases.Count + room.Talk.Suspended.Count, $"{room.AllHeld} places are held");
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(80));

    // A tap that came twice, or on a button that has done its work, has been answered already.
    private static bool IsEcho(Conversation talk, InboundMessage message) => message is InboundMessage.Tapped { Picked: null } tap
        && (tap.Data == talk.LastTap || (TapData.Parse(tap.Data) is { Verb: TapData.Submit } submit && submit.Run == talk.LastDone));

    private static InboundMessage? Nth(Room room, int n)
    {
        var latest = room.Said.Count == 0 ? [] : Room.ChoicesOf(room.Said[^1]).ToList();
        return latest.Count == 0 ? null : Room.MessageOf(latest[n % latest.Count]);
    }

    // An answer goes only with its run, by being given anew, or because what it depends on changed.
    private static void Remembers(Run? before, Room room)
    {
        if (before is null) return;
        var now = room.Active?.Id == before.Id ? room.Active : room.Talk.Suspended.Find(r => r.Id == before.Id);
        if (now is null) return;
        foreach (var (step, _) in before.Answers)
        {
            if (now.Answers.ContainsKey(step) || step is "detail" or "day") continue;
            Assert.Fail($"The answer to '{step}' is gone.");
        }
    }

    // Where the resident stands follows from the answers, and the question asked is that one.
    private static void Stands(Room room)
    {
        if (room.Active is not { } run) return;
        var procedure = room.Office.Version(run.ProcedureId, run.Version)!;
        var expected = run.Correcting ?? procedure.Steps.Find(s => (s.When is null || s.When.Holds(run.Answers)) && !run.Answers.ContainsKey(s.Id))?.Id;
        Assert.Equal(expected, run.AskedStep);
        Assert.Equal(expected is null, run.Stage is RunStage.Reviewing or RunStage.Submitting);
    }
}
