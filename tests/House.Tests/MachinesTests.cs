using OrleansGov.Procedures;
using Stateless.Graph;

namespace OrleansGov.House.Tests;

/// <summary>docs/machines.md shows the machines as they are configured. To draw it anew: UPDATE_DRAWINGS=1 ./test</summary>
public sealed class MachinesTests
{
    [Fact]
    public void Drawings_AreThoseOfTheConfiguredMachines()
    {
        var drawn = $"""
            # The machines

            Generated from the Stateless configurations; a test fails when this page is stale (`UPDATE_DRAWINGS=1 ./test` draws it anew).

            ## The life of a run (`RunLifecycle`)

            ```mermaid
            {MermaidGraph.Format(RunLifecycle.Machine(() => RunStage.Asking, _ => { }).GetInfo()).ReplaceLineEndings("\n").Trim()}
            ```

            ## The life of a broadcast (`BroadcastLifecycle`)

            ```mermaid
            {MermaidGraph.Format(BroadcastLifecycle.Machine(() => BroadcastStage.Draft, _ => { }).GetInfo()).ReplaceLineEndings("\n").Trim()}
            ```

            ## The life of a case (`CaseMachine`)

            Applications begin as Accepted, consultations as New. Reopening leads to Waiting; the history says that it was reopened.

            ```mermaid
            {MermaidGraph.Format(CaseMachine.Machine(() => CaseStatus.New, _ => { }, new CaseFacts()).GetInfo()).ReplaceLineEndings("\n").Trim()}
            ```

            ## Who speaks (`ControlMachine`)

            RETURNED and CLOSED are substates of BOT; the way back from them to BOT (Resume) is an edge to their own superstate, which Mermaid does not show.

            ```mermaid
            {MermaidGraph.Format(ControlMachine.Machine(() => ControlState.Bot, _ => { }, new ControlFacts()).GetInfo()).ReplaceLineEndings("\n").Trim()}
            ```

            """.ReplaceLineEndings("\n");
        var page = Repository.File("docs", "machines.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DRAWINGS") == "1") File.WriteAllText(page, drawn);
        Assert.Equal(drawn, File.ReadAllText(page).ReplaceLineEndings("\n"));
    }

    /// <summary>The table of takeover.md §4: 38 legal, 47 ignored, 34 refused pairs.</summary>
    [Fact]
    public void F08_Fire_AllStateTriggerPairs_MatchTable()
    {
        // columns T1…T17; > legal if its guard holds, I ignored, x refused
        Dictionary<ControlState, string> table = new()
        {
            [ControlState.Bot] = ">>x>xxxxIIIIII>>>",
            [ControlState.Returned] = ">>x>xxxxIIII>I>>>",
            [ControlState.Closed] = ">>x>xxxxIIII>>>>>",
            [ControlState.Queued] = "II>xxxxxI>>>II>>I",
            [ControlState.QueuedOutOfHours] = "IIxxxxxxI>I>II>>I",
            [ControlState.Human] = "IIxx>>>>>IIIII>>I",
            [ControlState.Erased] = "IIxxxxxxIIIIIIIII",
        };
        var now = new DateTimeOffset(2026, 11, 24, 10, 0, 0, Town.Offset);
        int legal = 0, ignored = 0, refused = 0;
        foreach (var (state, row) in table)
        {
            for (var t = 0; t < 17; t++)
            {
                var trigger = (ControlTrigger)t;
                var mayFire = Everything().Any(f => ControlMachine.Machine(() => state, _ => { }, f).CanFire(trigger));
                Assert.True(mayFire == (row[t] == '>'), $"{state} × {trigger}: the table says '{row[t]}'");
                if (mayFire) legal++;
                else if (row[t] == 'x')
                {
                    refused++;
                    var verdict = Assert.IsType<Verdict.Refused>(ControlMachine.Fire(new Control(state, 7), trigger, new ControlFacts(), now));
                    Assert.Equal((state, 7), (verdict.State, verdict.Epoch));
                }
                else
                {
                    ignored++;
                    Assert.IsType<Verdict.Ignored>(ControlMachine.Fire(new Control(state, 7), trigger, new ControlFacts(), now));
                }
            }
        }

        Assert.Equal((38, 47, 34), (legal, ignored, refused));
    }

    [Fact]
    public void Fire_LegalTransition_RaisesTheEpochByOne()
    {
        var moved = Assert.IsType<Verdict.Moved>(ControlMachine.Fire(new Control(ControlState.Bot, 7), ControlTrigger.RequestStaff, new ControlFacts { InHours = true }, DateTimeOffset.UnixEpoch));
        Assert.Equal((ControlState.Queued, 8), (moved.Control.State, moved.Control.Epoch));
    }

    // every combination of the facts that guards look at
    private static IEnumerable<ControlFacts> Everything()
    {
        foreach (var inHours in (bool[])[true, false])
            foreach (var window in (bool[])[true, false])
                foreach (var keep in (bool[])[true, false])
                    yield return new ControlFacts
                    {
                        InHours = inHours, WithinReopenWindow = window, KeepWaiting = keep,
                        MayTake = true, MayTransfer = true, IsOwnerOrLead = true, ReasonGiven = true, LastWordIsStaffs = true,
                    };
    }
}
