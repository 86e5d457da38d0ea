using OrleansGov.Procedures.Tests.Conversations;

namespace OrleansGov.Procedures.Tests.Takeover;

/// <summary>The desk's side of the talk, as a conversation: a town whose officers take talks over.</summary>
public sealed class DeskDialogueTests
{
    private static readonly Actor Sato = new("sato", "佐藤", "minato", ["general"], StaffRights.All);

    private static Office Staffed(params Procedure[] procedures)
    {
        var office = Sample.Office(procedures: procedures);
        return office with { Town = office.Town with { Departments = [new Department("general", "総務課", "000-000-0009")] } };
    }

    [Fact]
    public void F42b_Resume_FromHandoffStep_DoesNotHandOffAgain()
    {
        var room = new Room(Staffed());
        var said = room.GoesTo("review"); // the last step hands over
        Assert.Contains("職員におつなぎします", said, StringComparison.Ordinal);
        Assert.DoesNotContain("内容の確認", said, StringComparison.Ordinal); // what is next is asked when the person has gone
        room.Commands(e => new ControlCommand.Take { By = Sato, IfEpoch = e });
        room.Commands(e => new ControlCommand.ReturnToBot(false) { By = Sato, IfEpoch = e });

        Assert.Contains("内容の確認", room.Says("続きから"), StringComparison.Ordinal);

        Assert.Single(room.Done.OfType<Intent.RequestStaff>());
        Assert.Equal(ControlState.Bot, room.Talk.Control.State);
        Assert.IsType<Answer.Handled>(room.Active!.Answers["staff"]);
    }

    [Fact]
    public void F10_EngineFailure_AfterReturn_AtMostOncePerHour()
    {
        var room = new Room(Staffed());
        room.GoesTo("people");

        Assert.Contains("職員におつなぎします", room.Fails(), StringComparison.Ordinal);
        room.Commands(e => new ControlCommand.Take { By = Sato, IfEpoch = e });
        room.Commands(e => new ControlCommand.ReturnToBot(false) { By = Sato, IfEpoch = e });
        Assert.Contains("うまく処理できませんでした", room.Fails(), StringComparison.Ordinal);
        Assert.Contains("うまく処理できませんでした", room.Fails(), StringComparison.Ordinal);
        room.Now += TimeSpan.FromHours(1);
        Assert.Contains("職員におつなぎします", room.Fails(), StringComparison.Ordinal);
        Assert.Equal(2, room.Done.OfType<Intent.RequestStaff>().Count());
    }

    [Fact]
    public void F38_Resume_OfAWithdrawnVersion_RestartsCleanly()
    {
        var room = new Room(Staffed());
        room.GoesTo("people");
        room.Says("職員と話す");
        room.Commands(e => new ControlCommand.Take { By = Sato, IfEpoch = e });
        room.Office = Staffed(Sample.Everything with { Version = 2 }); // version 1 is gone altogether

        var said = room.Commands(e => new ControlCommand.ReturnToBot(false) { By = Sato, IfEpoch = e });

        Assert.Contains("「全部の手続き」は内容が変わりました", said, StringComparison.Ordinal);
        Assert.Null(room.Active);
        Assert.Contains("どれですか", room.Taps("全部の手続き"), StringComparison.Ordinal);
        Assert.Equal((2, ControlState.Bot), (room.Active!.Version, room.Talk.Control.State));
    }

    [Fact]
    public void Control_EveryChange_RaisesTheEpochByOne_AndTimersCarryIt()
    {
        var room = new Room(Staffed());
        room.GoesTo("people");
        room.Says("職員と話す");
        Assert.Equal(1, room.Talk.Control.Epoch);
        room.Says("このまま待つ");
        Assert.Equal(2, room.Talk.Control.Epoch);
        room.Says("まだですか");
        Assert.Equal(2, room.Talk.Control.Epoch); // words do not move it
        Assert.NotEmpty(room.Talk.Control.Handoff!.Timers);
        Assert.All(room.Talk.Control.Handoff.Timers, t => Assert.Equal(2, t.Epoch));
    }

    [Fact]
    public void Queue_CallLater_PromisesADayAndKeepsTheProcedure()
    {
        var room = new Room(Staffed());
        room.GoesTo("people");
        room.Says("職員と話す");

        var said = room.Says("あとで連絡を受ける");

        Assert.Contains("11月27日（金）までに職員から", said, StringComparison.Ordinal);
        Assert.Contains("続きから", string.Concat(room.Offered.TakeLast(3).Select(c => c.Label)), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 11, 27), room.Done.OfType<Intent.FollowCase>().Single().CallbackBy);
        room.Says("職員と話す"); // asks again: the same case
        Assert.Single(room.Done.OfType<Intent.RequestStaff>());
        Assert.Equal(ControlState.Queued, room.Talk.Control.State);
    }

    [Fact]
    public void Opening_DoesNotInterruptWhoeverIsInsideAProcedure()
    {
        var room = new Room(Staffed()) { Now = Sample.Start.AddHours(-2) }; // 8:00
        room.GoesTo("people");
        Assert.Contains("受付時間外", room.Says("職員と話す"), StringComparison.Ordinal);
        Assert.Contains("何人ですか", room.Says("ボットで続ける"), StringComparison.Ordinal);
        room.Now = Sample.Start.AddHours(-1.5).AddSeconds(-1);
        room.Says("12人");
        room.Passes(TimeSpan.FromSeconds(1)); // 8:30
        Assert.Equal(ControlState.QueuedOutOfHours, room.Talk.Control.State);

        room.Passes(TimeSpan.FromMinutes(10));

        Assert.Equal(ControlState.Queued, room.Talk.Control.State);
    }

    [Fact]
    public void SenderName_FitsLine() =>
        Assert.InRange(StaffCommands.SenderOf(new Department("x", "こども未来部子育て支援課保育幼稚園入園係", null), Phrases.Default).Length, 1, 20);
}
