using System.Diagnostics;
using OrleansGov.Load.Measuring;
using OrleansGov.Load.Scripting;
using OrleansGov.Residents;

namespace OrleansGov.Load.Driving;

/// <summary>Lets residents come as a scenario says. Everything chosen (who, what, when) follows from its seed.</summary>
public sealed class ScenarioRun(Scenario scenario, LineWorld world, Recorder recorder, Ledger ledger)
{
    /// <summary>More dialogues at once than this are not begun but counted as failed: the office, or this tool, has long lost the race.</summary>
    private const int MostAtOnce = 20_000;

    private readonly Random _chance = new(scenario.Seed);
    private readonly Lock _gate = new();
    private readonly Queue<VirtualResident> _known = new();
    private int _numbers;

    /// <summary>What is going on, for the progress display.</summary>
    public string Doing { get; private set; } = "";

    /// <summary>Meets those who are known beforehand and warms the office up; the clock does not run yet.</summary>
    public async Task Prepare(CancellationToken cancel)
    {
        Doing = "warm-up";
        await Closed(new Phase("warm-up", Mix.Steady, new Arrivals.Closed(scenario.WarmUp.Residents, scenario.WarmUp.Dialogues, null)), cancel);
        if (scenario.Known == 0) return;
        Doing = $"{scenario.Known} residents become known";
        var mix = scenario.Phases.First(p => p.Known).Mix;
        await Parallel.ForAsync(0, scenario.Known, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancel }, async (_, stop) =>
        {
            var resident = Next(mix, scenario.Phases.First(p => p.Known).Think);
            await resident.Meet(stop);
            lock (_gate) _known.Enqueue(resident);
        });
    }

    /// <summary>All phases, one after another, and then the dialogues that still go on.</summary>
    public async Task Run(CancellationToken cancel)
    {
        recorder.StartClock();
        var open = new List<Task>();
        foreach (var phase in scenario.Phases)
        {
            Doing = phase.Name;
            if (phase.Arrivals is Arrivals.Open) await Open(phase, open, cancel);
            else await Closed(phase, cancel);
            open.RemoveAll(t => t.IsCompletedSuccessfully);
        }

        Doing = "last dialogues";
        await Task.WhenAll(open).WaitAsync(scenario.LetFinish + scenario.Patience, cancel);
        Doing = "done";
    }

    private async Task Closed(Phase phase, CancellationToken cancel)
    {
        var closed = (Arrivals.Closed)phase.Arrivals;
        var (clock, left) = (Stopwatch.StartNew(), closed.Dialogues ?? int.MaxValue);
        await Task.WhenAll(Enumerable.Range(0, closed.Residents).Select(async n =>
        {
            await Task.Yield();
            while (Interlocked.Decrement(ref left) >= 0 && (closed.For is not { } time || clock.Elapsed < time) && !cancel.IsCancellationRequested)
                await Dialogue(Come(phase), phase.Known, null, cancel);
        }));
    }

    private async Task Open(Phase phase, List<Task> dialogues, CancellationToken cancel)
    {
        var open = (Arrivals.Open)phase.Arrivals;
        var start = Stopwatch.GetTimestamp();
        Random chance;
        lock (_gate) chance = new Random(_chance.Next());
        foreach (var at in ArrivalTimes.Of(open, chance))
        {
            var early = at - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early, cancel);
            cancel.ThrowIfCancellationRequested();
            var meant = start + (long)(at.TotalSeconds * Stopwatch.Frequency);
            var resident = Come(phase);
            if (recorder.Running >= MostAtOnce)
            {
                recorder.Begin();
                recorder.End(new(resident.Persona.Name, Ending.Open, "", $"not begun: {MostAtOnce} dialogues were going on"));
                continue;
            }

            dialogues.Add(Task.Run(() => Dialogue(resident, phase.Known, meant, cancel), cancel));
        }
    }

    /// <summary>One dialogue, whatever its end; never throws but for the end of the run.</summary>
    private async Task Dialogue(VirtualResident resident, bool known, long? meant, CancellationToken cancel)
    {
        recorder.Begin();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            if (!known) await resident.Meet(limit.Token, meant);
            var booking = await resident.GoOn(limit.Token, meant: known ? meant : null);
            var wrong = resident.Persona.MayEnd(booking.Ending) ? null : $"ended as {booking.Ending}, which is no end of a {resident.Persona.Name}";
            recorder.End(new(resident.Persona.Name, booking.Ending, booking.ReceiptNumber, wrong), booking.Repeats);
            await Task.WhenAll(resident.Sent.Select(s => s.FirstAttempt));
            world.Platform.DeleteHistory(resident.Phone!); // a run of hours keeps no chats
        }
        catch (InvalidOperationException circles)
        {
            recorder.End(new(resident.Persona.Name, Ending.Open, "", circles.Message));
        }
        catch (OperationCanceledException)
        {
            recorder.End(new(resident.Persona.Name, Ending.Open, "", "the run ended before the dialogue did"));
            if (cancel.IsCancellationRequested) throw;
        }
    }

    private VirtualResident Come(Phase phase)
    {
        lock (_gate)
            if (phase.Known && _known.TryDequeue(out var known)) return known;
        return phase.Known
            ? throw new InvalidOperationException($"Phase '{phase.Name}' needs more residents that are known than the {scenario.Known} there are: raise 'known'.")
            : Next(phase.Mix, phase.Think);
    }

    private VirtualResident Next(Mix mix, Pause think)
    {
        int n, seed;
        string persona;
        lock (_gate) (n, seed, persona) = (_numbers++, _chance.Next(), mix.Pick(_chance));
        return new(world, Errand.Number(n), scenario.Patience, seed)
        {
            Persona = Personas.Named(persona, seed), Think = think == Pause.None ? null : think.Pick, Acted = recorder.Turn, Sending = ledger.Sent,
        };
    }
}
