namespace OrleansGov.Procedures.Tests.Cases;

public sealed class CaseMachineTests
{
    /// <summary>takeover.md §5: each pair that is allowed and where it leads; every other pair is refused.</summary>
    [Fact]
    public void Fire_AllPairs_MatchTable()
    {
        Dictionary<(CaseStatus, CaseTrigger), CaseStatus> table = [];
        void Allow(CaseTrigger trigger, CaseStatus to, params CaseStatus[] from)
        {
            foreach (var status in from) table[(status, trigger)] = to;
        }

        Allow(CaseTrigger.Queue, CaseStatus.Waiting, CaseStatus.New, CaseStatus.PendingResident, CaseStatus.PendingInternal);
        Allow(CaseTrigger.Assign, CaseStatus.Assigned,
            CaseStatus.New, CaseStatus.Waiting, CaseStatus.Assigned, CaseStatus.PendingResident, CaseStatus.PendingInternal, CaseStatus.Accepted, CaseStatus.Changed);
        Allow(CaseTrigger.Release, CaseStatus.Waiting, CaseStatus.Assigned);
        Allow(CaseTrigger.AwaitResident, CaseStatus.PendingResident, CaseStatus.Assigned, CaseStatus.PendingInternal, CaseStatus.Accepted, CaseStatus.Changed);
        Allow(CaseTrigger.AwaitOffice, CaseStatus.PendingInternal, CaseStatus.Assigned, CaseStatus.PendingResident, CaseStatus.Accepted, CaseStatus.Changed);
        Allow(CaseTrigger.Resolve, CaseStatus.Resolved, CaseStatus.Waiting, CaseStatus.Assigned, CaseStatus.PendingResident, CaseStatus.PendingInternal, CaseStatus.Accepted, CaseStatus.Changed);
        Allow(CaseTrigger.PromiseCallback, CaseStatus.Waiting, CaseStatus.Waiting);
        Allow(CaseTrigger.Withdraw, CaseStatus.Withdrawn, CaseStatus.Waiting);
        Allow(CaseTrigger.Reopen, CaseStatus.Waiting, CaseStatus.Resolved);
        Allow(CaseTrigger.Archive, CaseStatus.Archived, CaseStatus.Resolved, CaseStatus.Withdrawn, CaseStatus.Cancelled);
        Allow(CaseTrigger.Amend, CaseStatus.Changed, CaseStatus.Accepted, CaseStatus.Changed);
        Allow(CaseTrigger.Cancel, CaseStatus.Cancelled, CaseStatus.Accepted, CaseStatus.Changed);
        Allow(CaseTrigger.Erase, CaseStatus.Skeleton, [.. Enum.GetValues<CaseStatus>().Except([CaseStatus.Skeleton])]);

        foreach (var status in Enum.GetValues<CaseStatus>())
            foreach (var trigger in Enum.GetValues<CaseTrigger>())
            {
                var holding = new CaseFacts { WithinReopenWindow = trigger == CaseTrigger.Reopen };
                CaseStatus? expected = table.TryGetValue((status, trigger), out var to) ? to : null;
                Assert.True(expected == CaseMachine.After(status, trigger, holding), $"{status} {trigger}");
            }
    }

    [Fact]
    public void Reopen_AfterTheWindow_IsRefused_AndArchivingInsideItToo()
    {
        Assert.Null(CaseMachine.After(CaseStatus.Resolved, CaseTrigger.Reopen, new CaseFacts()));
        Assert.Null(CaseMachine.After(CaseStatus.Resolved, CaseTrigger.Archive, new CaseFacts { WithinReopenWindow = true }));
        Assert.Null(CaseMachine.After(CaseStatus.Withdrawn, CaseTrigger.Archive, new CaseFacts { WithinReopenWindow = true }));
    }

    [Fact]
    public void Resolve_WhileTheResidentWaitsAtTheDesk_IsRefused() =>
        Assert.Null(CaseMachine.After(CaseStatus.Waiting, CaseTrigger.Resolve, new CaseFacts { InQueue = true }));

    [Fact]
    public void Names_AreReadBack() => Assert.All(Enum.GetValues<CaseStatus>(), s => Assert.Equal(s, CaseMachine.Parse(CaseMachine.NameOf(s))));
}
