using static OrleansGov.Procedures.RunLifecycle;

namespace OrleansGov.Procedures.Tests.Conversations;

/// <summary>The life of a run, as a table.</summary>
public sealed class RunLifecycleTests
{
    private static readonly Dictionary<(RunStage, Trigger), RunStage> Legal = new()
    {
        [(RunStage.Asking, Trigger.EverythingAnswered)] = RunStage.Reviewing,
        [(RunStage.Asking, Trigger.Correct)] = RunStage.Asking,
        [(RunStage.Asking, Trigger.GiveUp)] = RunStage.Cancelled,
        [(RunStage.Asking, Trigger.TimeOut)] = RunStage.Expired,
        [(RunStage.Reviewing, Trigger.EverythingAnswered)] = RunStage.Reviewing,
        [(RunStage.Reviewing, Trigger.Correct)] = RunStage.Asking,
        [(RunStage.Reviewing, Trigger.Confirm)] = RunStage.Submitting,
        [(RunStage.Reviewing, Trigger.GiveUp)] = RunStage.Cancelled,
        [(RunStage.Reviewing, Trigger.TimeOut)] = RunStage.Expired,
        [(RunStage.Submitting, Trigger.Completed)] = RunStage.Done,
        [(RunStage.Submitting, Trigger.SlotLost)] = RunStage.Asking,
        [(RunStage.Submitting, Trigger.GiveUp)] = RunStage.Cancelled,
    };

    [Fact]
    public void After_EveryPairOfStageAndTrigger_MatchesTheTable()
    {
        foreach (var stage in Enum.GetValues<RunStage>())
        {
            foreach (var trigger in Enum.GetValues<Trigger>())
            {
                var legal = Legal.TryGetValue((stage, trigger), out var next);
                Assert.True(legal == Allows(stage, trigger), $"{stage} + {trigger}");
                if (legal) Assert.Equal(next, After(stage, trigger));
                else Assert.Throws<InvalidOperationException>(() => After(stage, trigger));
            }
        }
    }
}
