using System.Text.RegularExpressions;

namespace OrleansGov.Residents;

/// <summary>Takes time, types instead of tapping, in full-width characters and everyday spellings, several things in one sentence, and asks where it all stands.</summary>
public sealed partial class SlowElder(int seed) : Persona
{
    private static readonly string[] Starts = ["そだいごみ", "粗大ゴミ", "粗大ごみを出したいです", "粗大ごみ　申し込み"];
    private static readonly string[] Things = ["ふとん２枚と扇風機", "ソフア", "いす　３", "たんすと本棚", "せんぷうき"];
    private static readonly string[] Questions = ["今どこ？", "いまどこ", "ありがとう"];
    private readonly Random _own = new(seed);
    private bool _named, _asked;

    public override string Name => "slow-elder";

    public override double Pace => 4;

    public override Deed Decide(Moment now)
    {
        if (!_asked && now.Step is "town" or "day" && _own.Next(2) == 0)
        {
            _asked = true;
            return new Deed.Say(Questions[_own.Next(Questions.Length)]) { Step = "where" };
        }

        switch (now)
        {
            case { Step: "start", Natural: Deed.Say }:
                return new Deed.Say(Starts[_own.Next(Starts.Length)]) { Step = "start" };
            case { Step: "items" } when !_named:
                _named = true;
                return new Deed.Say(Things[_own.Next(Things.Length)]) { Step = "items" };
            case { Step: "quantity" }:
                return new Deed.Say("１") { Step = "quantity" };
            case { Step: "town", Natural: Deed.Say(var town) }:
                return new Deed.Say(Wide(town.Replace("一丁目", "1丁目", StringComparison.Ordinal).Replace("二丁目", "2丁目", StringComparison.Ordinal))) { Step = "town" };
            case { Step: "day", Natural: Deed.Tap(var day) } when Date().Match(day) is { Success: true } date:
                return new Deed.Say(Wide(date.Value)) { Step = "day" };
            default:
                return now.Natural;
        }
    }

    private static string Wide(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c - '!' + '！') : c));

    [GeneratedRegex(@"^\d+月\d+日")]
    private static partial Regex Date();
}
