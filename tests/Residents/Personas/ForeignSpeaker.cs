namespace OrleansGov.Residents;

/// <summary>Begins in another language, is not understood, and falls back on the words the office offers.</summary>
public sealed class ForeignSpeaker(int seed) : Persona
{
    private static readonly string[] Openings = ["Hello", "Can I throw away furniture?", "你好，我要扔大件垃圾", "대형 폐기물을 버리고 싶어요", "Bulky waste pickup please"];
    private static readonly string[] Places = ["Yamate 1-chome", "Near the station", "我住在港口附近"];
    private readonly Random _own = new(seed);
    private int _openings = 1 + (seed & 1);
    private bool _placed;

    public override string Name => "foreign-speaker";

    public override Deed Decide(Moment now)
    {
        if (now is { Step: "start", Natural: Deed.Say } && _openings > 0)
        {
            _openings--;
            return new Deed.Say(Openings[_own.Next(Openings.Length)]) { Step = "foreign" };
        }

        if (now.Step == "town" && !_placed)
        {
            _placed = true;
            return new Deed.Say(Places[_own.Next(Places.Length)]) { Step = "foreign" };
        }

        return now.Natural;
    }
}
