using OrleansGov.Packs;

namespace OrleansGov.Bench;

/// <summary>A booking of the bulky-waste pack, played without any grain up to the moment that is to be measured: every day has room, every hold succeeds.</summary>
internal sealed class Counter
{
    /// <summary>Tuesday, 24 November 2026, 10:00 in the town.</summary>
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, Town.Offset);

    private int _events;

    public static Office Office { get; } = Open();

    public static DateTimeOffset Now => Start;

    public Conversation Talk { get; private set; } = Conversation.New;

    /// <summary>The newest turn.</summary>
    public Turn Turn { get; private set; } = new(Conversation.New);

    public IReadOnlyList<Say> Said => [.. Turn.Says.Select(s => s.Say)];

    /// <summary>In the middle: the thing and the place are known, days are offered.</summary>
    public static Counter AtTheDays()
    {
        var counter = new Counter();
        counter.Hears("粗大ごみ");
        counter.Hears("ソファ（2人掛け）");
        counter.Hears("1");
        counter.Hears("これで全部");
        counter.Hears("山手一丁目");
        return counter;
    }

    public void Hears(string words)
    {
        var turn = Dialogue.Receive(Talk, Next(words), Office, Now);
        while (turn.Inquiry is { } inquiry) turn = Dialogue.Continue(turn with { Inquiry = null }, Outcome(inquiry), Office, Now);
        (Turn, Talk) = (turn, turn.Next);
    }

    public Heard Next(string words) => new(new InboundMessage.Text(words), $"e{++_events}", Now);

    private static Outcome Outcome(Inquiry inquiry) => inquiry switch
    {
        Inquiry.FindSlots find => new Outcome.SlotsFound([.. find.Days.Select(d => new SlotLeft(d.Date, d.Capacity, d.Capacity))]),
        Inquiry.HoldSlot hold => new Outcome.SlotHeld(new Answer.Slot(hold.Resource, hold.Day.Date, hold.Hold, hold.Day.Capacity)),
        Inquiry.MakeForm => new Outcome.FormMade("/form/minatodai/p/token", Now.AddHours(1)),
        _ => throw new InvalidOperationException($"{inquiry.GetType().Name} is not part of a booking."),
    };

    private static Office Open()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(at.FullName, "packs", "bulky-waste"))) at = at.Parent ?? throw new DirectoryNotFoundException("packs/bulky-waste");
        var source = PackFolder.Load(Path.Combine(at.FullName, "packs", "bulky-waste"));
        var procedure = PackReader.Read(source.Id, source.Texts).Procedure ?? throw new InvalidOperationException("The pack does not pass its checks.");
        return new Office(new Town("minatodai", "みなと台市", "000-000-0000", Phrases.Default), ImmutableDictionary<string, Procedure>.Empty.Add(procedure.Id, procedure));
    }
}
