using OrleansGov.LocalLine.Faults;

namespace OrleansGov.Drills;

/// <summary>LINE in trouble, for every call of the office; its webhooks go on.</summary>
internal static class LineDrill
{
    public static Task Refuses(Drill drill, CancellationToken cancel) => Suffer(drill, new Fault("*", "429"), "LINE: 429", cancel);

    public static Task Fails(Drill drill, CancellationToken cancel) => Suffer(drill, new Fault("*", "error-before"), "LINE: 500", cancel);

    public static Task AcceptsAndFails(Drill drill, CancellationToken cancel) => Suffer(drill, new Fault("*", "error-after"), "LINE: accepted, then 500", cancel);

    public static Task AcceptsAndHangsUp(Drill drill, CancellationToken cancel) => Suffer(drill, new Fault("*", "hangup-after"), "LINE: accepted, then hung up", cancel);

    // longer than the office waits for an answer
    public static Task IsSilent(Drill drill, CancellationToken cancel) => Suffer(drill, new Fault("*", "delay", Ms: 20_000), "LINE: silent", cancel);

    private static async Task Suffer(Drill drill, Fault fault, string what, CancellationToken cancel)
    {
        await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
        drill.MessagesBackOff = true;
        var trouble = drill.Begin(what);
        drill.World.Platform.Order(fault);
        await Task.Delay(drill.Size.Fault, cancel);
        drill.World.Platform.ClearFaults();
        trouble.End();
        await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
    }
}
