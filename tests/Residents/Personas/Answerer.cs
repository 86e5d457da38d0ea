namespace OrleansGov.Residents;

/// <summary>Answers a message the office sent to everybody: one sentence, one answer, and the phone goes away.</summary>
public sealed class Answerer(int seed) : Persona
{
    private static readonly string[] Answers = ["無事です", "家族もみんな無事です", "避難所はどこですか", "電気がつきません", "はい、大丈夫です", "水がほしいです"];
    private bool _said;

    public override string Name => "answerer";

    public override bool MayEnd(Ending ending) => ending == Ending.Answered;

    public override Deed Decide(Moment now)
    {
        if (_said) return new Deed.Leave(Ending.Answered);
        _said = true;
        return new Deed.Say(Answers[(seed & int.MaxValue) % Answers.Length]) { Step = "answer" };
    }
}
