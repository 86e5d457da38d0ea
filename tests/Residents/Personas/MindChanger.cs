namespace OrleansGov.Residents;

/// <summary>Goes back, corrects answers by their names, starts over, and after the receipt takes another day or cancels.</summary>
public sealed class MindChanger(int seed) : Persona
{
    private readonly Random _own = new(seed);
    private readonly bool _startsOver = seed % 3 == 0;
    private bool _cancels = seed % 2 == 0;
    private bool _wentBack, _corrected, _askedForStart, _started, _askedForDay, _tookDay, _listened;

    public override string Name => "mind-changer";

    public override bool MayEnd(Ending ending) => ending is Ending.Changed or Ending.Cancelled or Ending.TurnedAway;

    public override Deed Decide(Moment now) => now.Natural is Deed.Leave(Ending.Receipt) ? After(now) : Before(now);

    private Deed Before(Moment now)
    {
        if (now.Labels.Contains("最初から") && _askedForStart && !_started)
        {
            _started = true;
            return new Deed.Tap("最初から") { Step = "restart" };
        }

        switch (now.Step)
        {
            case "town" when !_wentBack:
                _wentBack = true;
                return new Deed.Say("戻る") { Step = "back" };
            case "day" when _startsOver && !_askedForStart:
                _askedForStart = true;
                return new Deed.Say("最初から") { Step = "restart" };
            case "review" when !_corrected:
                _corrected = true;
                return new Deed.Say(_own.Next(2) == 0 ? "町名を直す" : "収集日を直す") { Step = "correct" };
            default:
                return now.Natural;
        }
    }

    // The receipt is there; the question how it was comes right after it.
    private Deed After(Moment now)
    {
        if (now.Hears("便利でしたか")) return new Deed.Tap("便利だった") { Step = "satisfaction" };
        if (now.Hears("受付完了") && !_listened)
        {
            _listened = true;
            return new Deed.Listen();
        }

        if (_askedForDay && !_cancels && now.Labels.Any(l => l.Contains('月', StringComparison.Ordinal) && l.Contains('日', StringComparison.Ordinal))) return Day(now);
        if (now.Hears("変更はありません")) _cancels = true;
        if (now.Hears("変更しました")) return new Deed.Leave(Ending.Changed);
        if (now.Hears("を取り消しました")) return new Deed.Leave(Ending.Cancelled);
        if (now.Hears("変更をやめますか")) return new Deed.Tap("やめる") { Step = "change-quit" };
        if (now.Labels.Contains("この内容に変更する")) return Changing(now);
        if (now.Hears("を取り消しますか")) return new Deed.Tap("はい") { Step = "cancel" };
        if (now.Labels.Contains(_cancels ? "取り消す" : "変更する")) return new Deed.Tap(_cancels ? "取り消す" : "変更する") { Step = _cancels ? "cancel" : "change" };
        return new Deed.Say("申込状況") { Step = "cases" };
    }

    private Deed Changing(Moment now)
    {
        if (_tookDay) return new Deed.Tap("この内容に変更する") { Step = "change" };
        _askedForDay = true;
        return new Deed.Say("収集日を直す") { Step = "correct" };
    }

    private Deed Day(Moment now)
    {
        var others = now.Labels.Where(l => l.EndsWith('）') && l.Contains('月', StringComparison.Ordinal) && !l.Contains("今の日", StringComparison.Ordinal)).ToList();
        if (others.Count == 0)
        {
            _cancels = true; // no other day: then not at all
            return new Deed.Say("やめる") { Step = "change-quit" };
        }

        _tookDay = true;
        return new Deed.Tap(others[now.Chance.Next(others.Count)]) { Step = "day" };
    }
}
