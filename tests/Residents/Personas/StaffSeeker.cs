namespace OrleansGov.Residents;

/// <summary>Wants a person: asks for one, waits, takes it back or lets it stand, and finishes with the bot meanwhile.</summary>
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

        if (_asked && !_withdrew && _withdraws)
        {
            _withdrew = true;
            return new Deed.Say("ボットに戻る") { Step = "staff-withdraw" };
        }

        return now.Natural;
    }
}
