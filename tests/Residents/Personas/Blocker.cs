namespace OrleansGov.Residents;

/// <summary>Blocks the office in the middle. Most unblock it later and go on at the same question; one in four is gone.</summary>
public sealed class Blocker(int seed) : Persona
{
    private readonly string _where = new[] { "town", "day", "contact", "review" }[(seed & int.MaxValue) / 4 % 4];
    private readonly bool _forGood = seed % 4 == 0;
    private bool _blocked;

    public override string Name => "blocker";

    public override bool MayEnd(Ending ending) => ending is Ending.Receipt or Ending.TurnedAway || (_forGood && ending == Ending.Left);

    public override Deed Decide(Moment now)
    {
        if (now.Step != _where || _blocked) return now.Natural;
        _blocked = true;
        return _forGood ? new Deed.Block { Step = "block" } : new Deed.BlockAWhile { Step = "unblock" };
    }
}
