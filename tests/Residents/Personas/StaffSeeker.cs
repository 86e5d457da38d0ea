namespace OrleansGov.Residents;

/// <summary>Wants a person: asks for one, waits, and, since nobody comes here, finishes with the bot: after taking it back, or with the request standing where the desk is closed.</summary>
public sealed class StaffSeeker(int seed) : Persona
{
    private readonly string _where = new[] { "start", "items", "town", "day" }[(seed & int.MaxValue) / 2 % 4];
    private readonly bool _withdraws = seed % 2 == 0;
    private bool _asked, _withdrew;

    public override string Name => "staff-seeker";

    public override double Pace => 2; // waiting for somebody

    public override Deed Decide(Moment now)
    {
        if (!_asked && now.Step == _where && now.Natural is Deed.Say or Deed.Tap)
        {
            _asked = true;
            return new Deed.Say("職員と話す") { Step = "staff" };
        }

        // while a person is waited for the bot keeps quiet
        var waits = now.Hears("職員におつなぎします") || now.Hears("受け取りました。職員が") || now.Hears("お待たせしています");
        var closed = now.Labels.Contains("ボットで続ける");
        if (closed && !_withdraws) return new Deed.Tap("ボットで続ける") { Step = "staff-later" };
        if (_asked && (waits || closed || (!_withdrew && _withdraws)))
        {
            _withdrew = true;
            return new Deed.Say("ボットに戻る") { Step = "staff-withdraw" };
        }

        return now.Natural;
    }
}
