using Stateless;
using Stateless.Graph;

namespace OrleansGov.Compat.Tests;

public enum Door
{
    Shut,
    Open,
    Ajar,
    Locked,
    Gone,
}

public enum Hand
{
    Push,
    Pull,
    Turn,
    Knock,
    Break,
}

public sealed class MachineTests
{
    private readonly List<string> log = [];

    [Fact]
    public void Entry_And_Exit_RunThroughSuperstates_InOrder()
    {
        var machine = House();
        machine.Fire(Hand.Pull);
        Assert.Equal(["leave Shut", "to Open", "enter Open"], log);
        log.Clear();
        machine.Fire(Hand.Push); // inside Open
        Assert.Equal(["to Ajar", "enter Ajar"], log);
        Assert.True(machine.IsInState(Door.Open));
        log.Clear();
        machine.Fire(Hand.Break); // the superstate answers
        Assert.Equal(["leave Ajar", "leave Open", "to Gone"], log);
    }

    [Fact]
    public void Guard_WhenItSaysNo_LetsTheSuperstateAnswer()
    {
        var strong = false;
        var machine = new StateMachine<Door, Hand>(Door.Ajar);
        machine.Configure(Door.Open).Permit(Hand.Push, Door.Shut);
        machine.Configure(Door.Ajar).SubstateOf(Door.Open).PermitIf(Hand.Push, Door.Gone, () => strong, "strong");
        Assert.True(machine.CanFire(Hand.Push));
        machine.Fire(Hand.Push);
        Assert.Equal(Door.Shut, machine.State);
    }

    [Fact]
    public void Guards_WhenTwoSayYes_AreAnError_AndWhenNoneDoes_TellTheirWords()
    {
        var (left, right) = (true, true);
        var machine = new StateMachine<Door, Hand>(Door.Shut);
        machine.Configure(Door.Shut).PermitIf(Hand.Push, Door.Open, () => left, "left").PermitIf(Hand.Push, Door.Ajar, () => right, "right");
        Assert.Throws<InvalidOperationException>(() => machine.Fire(Hand.Push));
        (left, right) = (false, false);
        Assert.False(machine.CanFire(Hand.Push, out var unmet));
        Assert.Equal(["left", "right"], unmet);
        var error = Assert.Throws<InvalidOperationException>(() => machine.Fire(Hand.Push));
        Assert.Equal("Trigger 'Push' is valid for transition from state 'Shut' but a guard conditions are not met. Guard descriptions: 'left, right'.", error.Message);
        error = Assert.Throws<InvalidOperationException>(() => machine.Fire(Hand.Turn));
        Assert.Equal("No valid leaving transitions are permitted from state 'Shut' for trigger 'Turn'. Consider ignoring the trigger.", error.Message);
    }

    [Fact]
    public void UnhandledTrigger_WhenSomebodyListens_DoesNotThrow()
    {
        var machine = new StateMachine<Door, Hand>(Door.Shut);
        machine.OnUnhandledTrigger((state, trigger) => log.Add($"{state} {trigger}"));
        machine.Fire(Hand.Break);
        machine.OnUnhandledTrigger((state, trigger, unmet) => log.Add($"{state} {trigger} {unmet?.Count ?? 0}"));
        machine.Fire(Hand.Break);
        Assert.Equal(["Shut Break", "Shut Break 0"], log);
    }

    [Fact]
    public void TriggerWithParameters_BringsThemToGuardsAndActions()
    {
        var machine = new StateMachine<Door, Hand>(Door.Shut);
        var turn = machine.SetTriggerParameters<int>(Hand.Turn);
        var knock = machine.SetTriggerParameters<string, int>(Hand.Knock);
        machine.Configure(Door.Shut)
            .PermitIf(turn, Door.Locked, times => times > 1, "more than once")
            .InternalTransition(knock, (who, times, _) => log.Add($"{who} knocks {times} times"));
        machine.Configure(Door.Locked).OnEntryFrom(turn, times => log.Add($"turned {times} times"));
        machine.Fire(knock, "wind", 3);
        Assert.False(machine.CanFire(turn, 1));
        machine.Fire(turn, 2);
        Assert.Equal(["wind knocks 3 times", "turned 2 times"], log);
        Assert.Throws<InvalidOperationException>(() => machine.SetTriggerParameters<int>(Hand.Turn));
        Assert.Throws<ArgumentException>(() => machine.Fire(new StateMachine<Door, Hand>.TriggerWithParameters(Hand.Turn, typeof(int)), "x"));
    }

    [Fact]
    public void Fire_InsideAnAction_WaitsForItsEnd()
    {
        var machine = new StateMachine<Door, Hand>(Door.Shut);
        machine.Configure(Door.Shut).Permit(Hand.Pull, Door.Open);
        machine.Configure(Door.Open)
            .OnEntry(() =>
            {
                machine.Fire(Hand.Push);
                log.Add("entered Open");
            })
            .Permit(Hand.Push, Door.Ajar);
        machine.Configure(Door.Ajar).OnEntry(() => log.Add("entered Ajar"));
        machine.Fire(Hand.Pull);
        Assert.Equal(["entered Open", "entered Ajar"], log);
        Assert.Equal(Door.Ajar, machine.State);
    }

    [Fact]
    public void Reentry_LeavesAndEnters_Ignore_DoesNothing_InitialTransition_GoesOnInside()
    {
        var machine = new StateMachine<Door, Hand>(Door.Shut);
        machine.Configure(Door.Shut).OnExit(() => log.Add("leave")).OnEntry(() => log.Add("enter"))
            .PermitReentry(Hand.Push).Ignore(Hand.Turn).Permit(Hand.Pull, Door.Open);
        machine.Configure(Door.Open).InitialTransition(Door.Ajar);
        machine.Configure(Door.Ajar).SubstateOf(Door.Open);
        machine.Fire(Hand.Push);
        machine.Fire(Hand.Turn);
        Assert.Equal(["leave", "enter"], log);
        machine.Fire(Hand.Pull);
        Assert.Equal(Door.Ajar, machine.State);
        Assert.Throws<ArgumentException>(() => machine.Configure(Door.Shut).Permit(Hand.Knock, Door.Shut));
    }

    [Fact]
    public void State_MayLiveElsewhere()
    {
        var state = Door.Shut;
        var machine = new StateMachine<Door, Hand>(() => state, next => state = next);
        machine.Configure(Door.Shut).Permit(Hand.Pull, Door.Open);
        machine.Fire(Hand.Pull);
        Assert.Equal(Door.Open, state);
#pragma warning disable CS0618 // part of the surface
        Assert.Empty(machine.GetPermittedTriggers());
#pragma warning restore CS0618
    }

    [Fact]
    public void Drawing_IsTheSameToTheLetter()
    {
        var machine = new StateMachine<string, string>("Waiting room");
        machine.Configure("Waiting room")
            .Permit("call", "Served")
            .PermitIf("leave", "Gone", () => true, "nobody answers")
            .PermitReentry("again")
            .OnEntry(() => { }, "sit down")
            .InternalTransition("cough", () => { })
            .InternalTransitionIf("read", _ => true, () => { }, "light is on")
            .IgnoreIf("music", () => true, "quiet");
        machine.Configure("At desk").SubstateOf("Served").OnEntryFrom("call", () => { }, "greet").Permit("done", "Gone");
        machine.Configure("Served").OnEntryFrom("call", () => { }, "show number").Ignore("call");
        machine.Configure("On phone").SubstateOf("Served");
        Assert.Equal(
            """
            stateDiagram-v2
            	direction LR
            	Atdesk : At desk
            	Onphone : On phone
            	Waitingroom : Waiting room
            	state Served {
            		Atdesk
            		Onphone
            	}
            	Waitingroom --> Served : call / show number
            	Waitingroom --> Gone : leave [nobody answers]
            	Waitingroom --> Waitingroom : again / sit down
            	Waitingroom --> Waitingroom : cough [Function]
            	Waitingroom --> Waitingroom : read [light is on]
            	Waitingroom --> Waitingroom : music [quiet]
            	Atdesk --> Gone : done
            	Served --> Served : call
            [*] --> Waitingroom
            """,
            MermaidGraph.Format(machine.GetInfo(), MermaidGraphDirection.LeftToRight),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Drawing_OfAMachineWithoutTransitions_IsItsInitialState() =>
        Assert.Equal(
            "stateDiagram-v2\n[*] --> Shut",
            MermaidGraph.Format(new StateMachine<Door, Hand>(Door.Shut).GetInfo()),
            ignoreLineEndingDifferences: true);

    private StateMachine<Door, Hand> House()
    {
        var machine = new StateMachine<Door, Hand>(Door.Shut);
        machine.OnTransitioned(transition => log.Add($"to {transition.Destination}"));
        machine.Configure(Door.Shut).Permit(Hand.Pull, Door.Open).OnExit(() => log.Add("leave Shut"));
        machine.Configure(Door.Open).Permit(Hand.Push, Door.Ajar).Permit(Hand.Break, Door.Gone)
            .OnEntry(() => log.Add("enter Open")).OnExit(() => log.Add("leave Open"));
        machine.Configure(Door.Ajar).SubstateOf(Door.Open).OnEntry(() => log.Add("enter Ajar")).OnExit(() => log.Add("leave Ajar"));
        return machine;
    }
}
