using FsCheck;
using FsCheck.Fluent;
using OrleansGov.Procedures.Tests.Conversations;

namespace OrleansGov.Procedures.Tests.Takeover;

/// <summary>Residents, officers and time in any order: the bot keeps quiet while somebody else speaks, no answer is lost, and nobody waits for ever.</summary>
public sealed class DeskPropertyTests
{
    private static readonly ImmutableList<Actor> People =
    [
        new("sato", "佐藤", "minato", ["general"], [StaffRights.Take, StaffRights.Reply]),
        new("kato", "加藤", "minato", ["waste"], [StaffRights.Take, StaffRights.Reply]),
        new("mori", "森", "minato", ["general", "waste"], StaffRights.All),
    ];

    private static readonly Gen<Action<Room>> Move = Gen.Frequency(
        (6, Gen.Elements(Sample.Answers.Select(a => a.Message).ToArray()).Select(m => (Action<Room>)(room => room.Hears(m)))),
        (4, Gen.Elements("職員と話す", "職員と話す", "ボットに戻る", "やめる", "このまま待つ", "あとで連絡を受ける", "伝言を残す", "ボットで続ける", "続きから", "最初から", "はい", "いいえ", "全部", "小さな", "この内容で申し込む", "よかった", "もしもし")
            .Select(w => (Action<Room>)(room => room.Says(w)))),
        (2, Gen.Choose(0, 400).Select(n => (Action<Room>)(room =>
        {
            if (room.Offered.Count > 0 && Room.MessageOf(room.Offered[n % room.Offered.Count]) is { } tap) room.Hears(tap);
        }))),
        (1, Gen.Elements<InboundMessage>(new InboundMessage.Photo("p1"), new InboundMessage.Attachment("file", "f1", "a.pdf"), new InboundMessage.Location(35.1, 139.2), new InboundMessage.Sticker("1", "2"),
            new InboundMessage.Unfollowed(), new InboundMessage.Followed(), new InboundMessage.Unsent("p1"), new InboundMessage.Unknown("x")).Select(m => (Action<Room>)(room => room.Hears(m)))),
        (5, Gen.Choose(0, 10_000).Select(n => (Action<Room>)(room => Act(room, n)))),
        (3, Gen.Elements(1, 5, 11, 31, 61, 600, 1500).Select(m => (Action<Room>)(room => room.Passes(TimeSpan.FromMinutes(m))))),
        (1, Gen.Constant((Action<Room>)(room => room.Fails()))),
        (1, Gen.Constant((Action<Room>)(room =>
        {
            if (room.Form is not null) room.Fills();
        }))));

    [Fact]
    public void Desk_WhateverHappens_KeepsItsPromises() =>
        Prop.ForAll(Gen.Elements("kind", "people", "day", "contact", "review").SelectMany(b => Gen.ListOf(Move, 60).Select(m => (Begin: b, Moves: m))).ToArbitrary(), walk =>
        {
            var office = Sample.Office();
            var room = new Room(office with { Town = office.Town with { Departments = [new Department("general", "総務課", null), new Department("waste", "環境課", null)] } });
            room.GoesTo(walk.Begin);
            foreach (var move in walk.Moves)
            {
                var (control, run) = (room.Talk.Control, room.Active);
                move(room); // the room checks that the bot keeps quiet while it must
                Follows(control, room.Talk.Control);
                if (control.State == ControlState.Human && room.Talk.Control.Epoch == control.Epoch && run is not null) Assert.True(Kept(run, room), "an answer given before is gone while a person speaks");
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static void Act(Room room, int n)
    {
        var by = People[n % 3];
        var epoch = room.Talk.Control.Epoch - (n / 3 % 5 == 0 ? 1 : 0); // sometimes from an old screen
        if (room.Talk.Control.State == ControlState.Human && n % 7 == 0) room.Speaks();
        var before = room.Talk.Control;
        ControlCommand command = (n / 15 % 6) switch
        {
            0 => new ControlCommand.Take { By = by, IfEpoch = epoch },
            1 => new ControlCommand.Intervene("確認") { By = by, IfEpoch = epoch },
            2 => new ControlCommand.Transfer(by.Id, by.Name, "交代") { By = by, IfEpoch = epoch },
            3 => new ControlCommand.Release(n % 2 == 0 ? "waste" : null, null) { By = by, IfEpoch = epoch },
            4 => new ControlCommand.ReturnToBot(n % 2 == 0) { By = by, IfEpoch = epoch },
            _ => new ControlCommand.Close("done", ["x"]) { By = by, IfEpoch = epoch },
        };
        var verdict = room.Tries(command);
        if (verdict != ControlVerdict.Done) Assert.Equal(before, room.Talk.Control);
        if (epoch != before.Epoch) Assert.NotEqual(ControlVerdict.Done, verdict);
    }

    private static void Follows(Control before, Control after)
    {
        Assert.True(after.Epoch >= before.Epoch);
        if (after.State != before.State || after.Owner != before.Owner || after.CaseNumber != before.CaseNumber || after.BotContinues != before.BotContinues) Assert.True(after.Epoch > before.Epoch, "control changed without its epoch");
        Assert.Equal(after.State == ControlState.Human, after.Owner is not null);
        if (after.State is not (ControlState.Queued or ControlState.QueuedOutOfHours or ControlState.Human or ControlState.Returned)) return;
        Assert.NotEmpty(after.Handoff!.Timers); // nobody waits for ever
        Assert.All(after.Handoff.Timers, t => Assert.Equal(after.Epoch, t.Epoch));
    }

    private static bool Kept(Run before, Room room) =>
        (room.Active?.Id == before.Id ? room.Active : room.Talk.Suspended.Find(r => r.Id == before.Id)) is not { } now
        || before.Answers.Where(a => a.Value is not (Answer.Photos or Answer.Slot)).All(a => now.Answers.ContainsKey(a.Key));
}
