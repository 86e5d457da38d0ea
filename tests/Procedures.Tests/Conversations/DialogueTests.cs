namespace OrleansGov.Procedures.Tests.Conversations;

/// <summary>The words that always work, and what the office says to everything else.</summary>
public sealed class DialogueTests
{
    public static TheoryData<string> Steps => [.. Sample.Everything.Steps.Where(s => s is not HandoffStep).Select(s => s.Id)];

    [Theory, InlineData(false), InlineData(true)]
    public void Everything_Answered_ReachesTheReceipt(bool inTalk)
    {
        var room = new Room(Sample.Office(inTalk));
        var said = room.GoesTo("receipt");

        Assert.Contains("受付完了", said, StringComparison.Ordinal);
        Assert.Null(room.Active);
        Assert.Equal("accepted", Assert.Single(room.Talk.Cases).Status);
        Assert.Equal(new DateOnly(2026, 12, 2), Town.Today(Assert.Single(room.Talk.Due).At));
        Assert.Single(room.Done.OfType<Intent.RequestStaff>()); // the handoff step asked for a person, with everything answered
    }

    [Theory, MemberData(nameof(Steps))]
    public void Back_FromEachStep_AsksTheOneBeforeAndComesBackWithNothingLost(string step)
    {
        var room = new Room(Sample.Office(inTalk: true));
        room.GoesTo(step);
        var (before, trail) = (room.Active!.Answers, room.Active.Trail);

        room.Says("戻る");

        Assert.Equal(trail.IsEmpty ? step : trail[^1], room.Active!.AskedStep);
        Assert.Equal(before, room.Active.Answers);
    }

    [Theory, MemberData(nameof(Steps))]
    public void Sticker_AtEachStep_IsKindlyAnsweredAndTheQuestionComesAgain(string step) => Bounces(step, new InboundMessage.Sticker("1", "2", "ありがとう"));

    [Theory, MemberData(nameof(Steps))]
    public void File_AtEachStep_IsKindlyAnsweredAndTheQuestionComesAgain(string step) => Bounces(step, new InboundMessage.Attachment("file", "m", "../../x.exe", 5));

    [Theory, MemberData(nameof(Steps))]
    public void UnknownMessage_AtEachStep_IsKindlyAnsweredAndTheQuestionComesAgain(string step) => Bounces(step, new InboundMessage.Unknown("hologram"));

    [Theory, MemberData(nameof(Steps))]
    public void EmptyText_AtEachStep_IsKindlyAnsweredAndTheQuestionComesAgain(string step) => Bounces(step, Sample.Text(" \u200b　"));

    [Theory, MemberData(nameof(Steps))]
    public void HugeText_AtEachStep_IsKindlyAnsweredAndTheQuestionComesAgain(string step) => Bounces(step, Sample.Text(string.Concat(Enumerable.Repeat("長い話👨‍👩‍👧‍👦", 700))));

    [Theory, MemberData(nameof(Steps))]
    public void Picture_WhereNoneIsAsked_IsKindlyAnswered(string step)
    {
        if (step != "pictures") Bounces(step, new InboundMessage.Photo("p9"));
    }

    [Theory, MemberData(nameof(Steps))]
    public void Location_WhereNoneIsAsked_IsKindlyAnswered(string step)
    {
        if (step is not ("town" or "home" or "place")) Bounces(step, new InboundMessage.Location(35.1, 139.2));
    }

    [Theory, MemberData(nameof(Steps))]
    public void Emoji_AtEachStep_NeverStopsTheTalk(string step)
    {
        var room = new Room(Sample.Office(inTalk: true));
        room.GoesTo(step);
        Assert.NotEqual("", room.Says("😀👨‍👩‍👧‍👦🇯🇵"));
        Assert.NotNull(room.Active);
    }

    [Theory, MemberData(nameof(Steps))]
    public void ButtonOfAnOldRun_AtEachStep_AnswersNothing(string step) => Bounces(step, new InboundMessage.Tapped("a|other-run|kind|a"));

    [Theory, MemberData(nameof(Steps))]
    public void ButtonOfAnotherStep_AtEachStep_AnswersNothing(string step)
    {
        var room = new Room(Sample.Office(inTalk: true));
        room.GoesTo(step);
        var before = room.Active!.Answers;
        room.Hears(new InboundMessage.Tapped($"a|{room.Active.Id}|{(step == "people" ? "kind" : "people")}|1"));
        Assert.Equal(before, room.Active!.Answers);
        Assert.Equal(step, room.Active.AskedStep);
    }

    [Fact]
    public void Fix_ByName_ChangesThatAnswerOnly()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("review");
        var before = room.Active!.Answers;

        room.Says("人数を直したい");
        Assert.Equal("people", room.Active!.AskedStep);
        Assert.Contains("内容の確認", room.Says("三人"), StringComparison.Ordinal);

        Assert.Equal(before.SetItem("people", new Answer.Number(3)), room.Active!.Answers);
    }

    [Fact]
    public void Fix_FromTheReviewCard_ChangesThatAnswerOnly()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("review");
        room.Hears(new InboundMessage.Tapped($"e|{room.Active!.Id}|phone|"));
        Assert.Contains("内容の確認", room.Says("03-1234-5678"), StringComparison.Ordinal);
        Assert.Equal("03-1234-5678", AnswerText.Of(room.Active!.Answers["phone"]));
    }

    [Fact]
    public void Fix_AndThenBack_LosesNothing()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("review");
        var before = room.Active!.Answers;
        room.Says("電話を直す");
        room.Says("戻る");
        room.Says("戻る");
        Assert.Equal(before, room.Active!.Answers);
    }

    [Fact]
    public void Quit_WhenSomethingWouldBeLost_AsksFirst()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("home");
        Assert.Contains("やめますか", room.Says("やめる"), StringComparison.Ordinal);
        room.Says("続ける");
        Assert.Equal("home", room.Active!.AskedStep);

        room.Says("やめる");
        Assert.Contains("やめました", room.Says("はい"), StringComparison.Ordinal);
        Assert.Null(room.Active);
        Assert.Equal(0, room.AllHeld); // the day is free again
    }

    [Fact]
    public void Quit_WhenNothingWouldBeLost_IsDoneAtOnce()
    {
        var room = new Room(Sample.Office());
        room.Says("全部");
        Assert.Contains("やめました", room.Says("やめる"), StringComparison.Ordinal);
        Assert.Null(room.Active);
    }

    [Fact]
    public void Restart_AsksFirstAndBeginsAgain()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("people");
        room.Says("最初から");
        Assert.Contains("どれですか", room.Says("はい"), StringComparison.Ordinal);
        Assert.Empty(room.Active!.Answers);
    }

    [Fact]
    public void WhereAmI_SaysWhatIsAnsweredAndAsksAgain()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("birthday");
        var said = room.Says("今どこ");
        Assert.Contains("種類：種類b", said, StringComparison.Ordinal);
        Assert.Contains("いつですか", said, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherProcedure_InTheMiddle_SuspendsTheFirstAndOffersItAgain()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("birthday");
        var before = room.Active!.Answers;

        Assert.Contains("とっておきます", room.Says("小さな"), StringComparison.Ordinal);
        room.Says("こんにちは、役所さん");
        Assert.Contains("続きに戻りますか", room.Says("この内容で申し込む"), StringComparison.Ordinal);
        Assert.Contains("いつですか", room.Says("はい"), StringComparison.Ordinal);

        Assert.Equal(before, room.Active!.Answers);
        Assert.Empty(room.Talk.Suspended);
    }

    [Fact]
    public void AnotherProcedure_WhoseWayBackIsDeclined_IsKeptForLater()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("birthday");
        room.Says("小さな");
        room.Says("やめる");
        room.Says("いいえ");
        Assert.Null(room.Active);
        Assert.Contains("いつですか", room.Says("続きから"), StringComparison.Ordinal);
    }

    [Theory, InlineData("続きから", "いつですか"), InlineData("最初から", "どれですか"), InlineData("やめる", "やめました")]
    public void Silence_OfTwelveHours_AsksHowToGoOn(string choice, string then)
    {
        var room = new Room(Sample.Office());
        room.GoesTo("birthday");
        room.Passes(TimeSpan.FromHours(13));

        Assert.Contains("途中です", room.Says("えーと"), StringComparison.Ordinal);
        Assert.Contains(then, room.Says(choice), StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_OfThirtyDays_EndsTheRunAndSaysSo()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("home");
        Assert.Equal(room.Active!.LastWordAt + TimeSpan.FromDays(30), room.Talk.NextDue);
        room.Passes(TimeSpan.FromDays(30));
        Assert.Null(room.Active);
        Assert.Equal(0, room.AllHeld);
        Assert.Contains("終了しました", room.Says("はい"), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_MoreThanThirteen_ArePagedAndAllReachable()
    {
        var room = new Room(Sample.Office());
        room.Says("全部");
        Assert.DoesNotContain(room.Offered, c => c.Label == "種類p");
        room.Taps("ほかの選択肢");
        room.Taps("種類p");
        Assert.Equal(new Answer.Chosen("p", "種類p"), room.Active!.Answers["kind"]);
    }

    [Fact]
    public void Option_OnAnotherPage_MayBeTyped()
    {
        var room = new Room(Sample.Office());
        room.Says("全部");
        room.Says("種類ｐ");
        Assert.Equal(new Answer.Chosen("p", "種類p"), room.Active!.Answers["kind"]);
    }

    [Fact]
    public void OptionalStep_MayBeSkipped()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("story");
        room.Taps("スキップ");
        Assert.IsType<Answer.Skipped>(room.Active!.Answers["story"]);
    }

    [Fact]
    public void AnswerThatNoLongerApplies_GoesWhenTheEarlierOneChanges()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("review");
        room.Says("種類を直す");
        Assert.Contains("内容の確認", room.Says("種類a"), StringComparison.Ordinal);
        Assert.False(room.Active!.Answers.ContainsKey("detail"));

        room.Says("種類を直す");
        Assert.Contains("くわしく", room.Says("種類b"), StringComparison.Ordinal); // and is asked again when it applies again
    }

    [Fact]
    public void Slot_OfAnotherDistrict_GoesWithItsPlaceWhenTheTownChanges()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("review");
        Assert.Single(room.Held("everything-north", new DateOnly(2026, 12, 3)));

        room.Says("町を直す");
        Assert.Contains("いつ取りに", room.Says("やま町一丁目"), StringComparison.Ordinal);

        Assert.False(room.Active!.Answers.ContainsKey("day"));
        Assert.Equal(0, room.AllHeld);
    }

    [Fact]
    public void Slot_ThatFilledUp_IsSaidSoAndAnotherOffered()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("day");
        room.Full.Add(new DateOnly(2026, 12, 3));
        var said = room.Says("12月3日");
        Assert.Contains("満員", said, StringComparison.Ordinal);
        Assert.Contains("いつ取りに", said, StringComparison.Ordinal);
        Assert.Equal(0, room.Active!.Misses);
    }

    [Fact]
    public void Slot_LostAtTheEnd_AsksOnlyTheDayAgain()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("review");
        var before = room.Active!.Answers;
        room.LosesSlots = true;
        room.Says("申し込む");
        Assert.Equal(before.Remove("day"), room.Active!.Answers);
        room.Says("12月7日");
        Assert.Contains("受付完了", room.Says("申し込む"), StringComparison.Ordinal);
        Assert.Equal(1, room.AllHeld);
    }

    [Fact]
    public void Slot_WhenEveryLaterDayIsFull_SoonerOnesStayReachable()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("day");
        foreach (var day in Enumerable.Range(8, 60).Select(i => new DateOnly(2026, 12, 3).AddDays(i))) room.Full.Add(day);
        for (var i = 0; i < 5; i++) room.Says("もっと先の日");
        room.Says("近い日に戻る");
        room.Says("12月3日");
        Assert.True(room.Active!.Answers.ContainsKey("day"));
    }

    [Fact]
    public void Submitting_WhileItLasts_NothingTakesItAway()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("review");
        room.Waits = true;
        room.Says("申し込む");
        foreach (var word in (string[])["申し込む", "やめる", "戻る", "最初から", "小さな", "全部", "メニュー", "続きから", "氏名を直す", "はい", "今どこ？", "いす"]) Assert.NotEqual("", room.Says(word));
        room.Now = room.Now.AddHours(13);
        room.Says("えーと");
        room.Says("やめる");

        Assert.Contains("受付完了", room.Settles(), StringComparison.Ordinal);
        Assert.Single(room.Done.OfType<Intent.Submit>());
        Assert.Single(room.Talk.Cases);
    }

    [Fact]
    public void Tap_OfTheSameButtonAfterGoingBack_CountsHoweverQuick()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("kind");
        room.Taps("種類a");
        var next = room.Active!.AskedStep;
        room.Says("戻る");

        Assert.NotEqual("", room.Taps("種類a"));
        Assert.Equal(next, room.Active!.AskedStep);
        Assert.Equal("", room.Taps("種類a")); // and this is a double tap
    }

    [Fact]
    public void Learn_OfAnOutcomeTwice_SaysTheReceiptOnce()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("receipt");
        var submit = room.Done.OfType<Intent.Submit>().Single();
        var again = Dialogue.Learn(room.Talk, submit.Id, new Outcome.Submitted(submit.Run, "E261124-00000"), room.Office, room.Now);
        Assert.Empty(again.Says);
        Assert.Equal(room.Talk, again.Next);
    }

    [Fact]
    public void Profile_WithConsent_IsOfferedNextTime()
    {
        var office = Sample.Office(inTalk: false, Sample.Everything, Sample.Tiny with { Steps = [new NamedTextStep("name", "お名前は？", NamedText.PersonName) { ProfileKey = "name" }] });
        var room = new Room(office);
        room.GoesTo("receipt");
        room.Says("小さな");
        room.Taps("前回と同じ：港 花子");
        Assert.Equal(new Answer.Words("港 花子"), room.Active!.Answers["name"]);
    }

    [Fact]
    public void Version_ThatIsGone_IsSaidAndTheRunLetGo()
    {
        var room = new Room(Sample.Office());
        room.GoesTo("birthday");
        room.Office = Sample.Office(false, Sample.Tiny);
        Assert.Contains("内容が変わりました", room.Says("12/3"), StringComparison.Ordinal);
        Assert.Null(room.Active);
    }

    [Fact]
    public void Receive_OfTheSameInputInTheSameState_IsTheSameTurn()
    {
        var (one, two) = (new Room(Sample.Office()), new Room(Sample.Office()));
        one.GoesTo("receipt");
        two.GoesTo("receipt");
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(one.Talk), System.Text.Json.JsonSerializer.Serialize(two.Talk));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(one.Said), System.Text.Json.JsonSerializer.Serialize(two.Said));
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(one.Done), System.Text.Json.JsonSerializer.Serialize(two.Done));
    }

    private static void Bounces(string step, InboundMessage message)
    {
        var room = new Room(Sample.Office(inTalk: true));
        room.GoesTo(step);
        var before = room.Active!.Answers;

        var said = room.Hears(message);

        Assert.NotEqual("", said.Trim());
        Assert.Equal(before, room.Active!.Answers);
        Assert.Equal(step, room.Active.AskedStep);
    }
}
