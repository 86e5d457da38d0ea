namespace OrleansGov.Residents;

/// <summary>Stickers, photos and empty texts where words are wanted; each is answered kindly and the question comes again.</summary>
public sealed class StickerSender(int seed) : Persona
{
    private const int Most = 5;
    private readonly Random _own = new(seed);
    private int _sent;

    public override string Name => "sticker-sender";

    public override Deed Decide(Moment now)
    {
        if (now.Natural is Deed.Leave || _sent >= Most || _own.Next(2) == 0) return now.Natural;
        _sent++;
        return _own.Next(3) switch
        {
            0 => new Deed.SendSticker { Step = "strange" },
            1 => new Deed.SendPhoto { Step = "strange" },
            _ => new Deed.Say("　") { Step = "strange" },
        };
    }
}
