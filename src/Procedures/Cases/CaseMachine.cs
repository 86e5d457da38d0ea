using Stateless;

namespace OrleansGov.Procedures;

/// <summary>Where a case stands. Applications begin accepted, consultations new; stored and shown by their camel-case names.</summary>
public enum CaseStatus
{
    New,

    /// <summary>An application as the resident made it.</summary>
    Accepted,

    /// <summary>An application that the resident has changed.</summary>
    Changed,

    /// <summary>Cancelled by its resident.</summary>
    Cancelled,

    /// <summary>For a person, or for a promised call back.</summary>
    Waiting,

    /// <summary>An officer works on it.</summary>
    Assigned,

    /// <summary>The resident has to answer.</summary>
    PendingResident,

    /// <summary>The office has to do something inside.</summary>
    PendingInternal,
    Resolved,

    /// <summary>The resident did not want a person any more.</summary>
    Withdrawn,

    /// <summary>Nothing opens it again.</summary>
    Archived,

    /// <summary>Content is destroyed; number, department, dates and result stay.</summary>
    Skeleton,
}

/// <summary>What happens to a case.</summary>
public enum CaseTrigger { Queue, Assign, Release, AwaitResident, AwaitOffice, Resolve, PromiseCallback, Withdraw, Reopen, Archive, Amend, Cancel, Erase }

/// <summary>What the machine must know about the moment.</summary>
public sealed record CaseFacts
{
    /// <summary>The resident waits at the desk: that is ended there.</summary>
    public bool InQueue { get; init; }
    public bool WithinReopenWindow { get; init; }
}

/// <summary>
/// The life of a case (takeover.md §5). Reopening is a transition, not a place: the case waits again, and its history says that it was reopened.
/// Drawn in docs/machines.md.
/// </summary>
public static class CaseMachine
{
    /// <summary>So long a resolved case can be opened again; afterwards a new one is made.</summary>
    public static readonly TimeSpan ReopenWindow = TimeSpan.FromHours(24);

    /// <summary>The status after a trigger; null when the rules do not allow it.</summary>
    public static CaseStatus? After(CaseStatus status, CaseTrigger trigger, CaseFacts facts)
    {
        var next = status;
        var machine = Machine(() => next, s => next = s, facts);
        if (!machine.CanFire(trigger)) return null;
        machine.Fire(trigger);
        return next;
    }

    /// <summary>The case still wants something of somebody.</summary>
    public static bool IsOpen(CaseStatus status) => status is not (CaseStatus.Cancelled or CaseStatus.Resolved or CaseStatus.Withdrawn or CaseStatus.Archived or CaseStatus.Skeleton);

    /// <summary>As it is stored and shown: pendingResident.</summary>
    public static string NameOf(CaseStatus status) => char.ToLowerInvariant($"{status}"[0]) + $"{status}"[1..];

    /// <exception cref="FormatException">No status of that name.</exception>
    public static CaseStatus Parse(string name) => Enum.TryParse<CaseStatus>(name, ignoreCase: true, out var status) ? status : throw new FormatException($"'{name}' is no status of a case.");

    public static StateMachine<CaseStatus, CaseTrigger> Machine(Func<CaseStatus> read, Action<CaseStatus> write, CaseFacts facts)
    {
        var machine = new StateMachine<CaseStatus, CaseTrigger>(read, write);
        machine.Configure(CaseStatus.New)
            .Permit(CaseTrigger.Queue, CaseStatus.Waiting)
            .Permit(CaseTrigger.Assign, CaseStatus.Assigned)
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.Accepted)
            .Permit(CaseTrigger.Amend, CaseStatus.Changed)
            .Permit(CaseTrigger.Cancel, CaseStatus.Cancelled)
            .Permit(CaseTrigger.Assign, CaseStatus.Assigned)
            .Permit(CaseTrigger.AwaitResident, CaseStatus.PendingResident)
            .Permit(CaseTrigger.AwaitOffice, CaseStatus.PendingInternal)
            .Permit(CaseTrigger.Resolve, CaseStatus.Resolved)
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.Changed)
            .PermitReentry(CaseTrigger.Amend)
            .Permit(CaseTrigger.Cancel, CaseStatus.Cancelled)
            .Permit(CaseTrigger.Assign, CaseStatus.Assigned)
            .Permit(CaseTrigger.AwaitResident, CaseStatus.PendingResident)
            .Permit(CaseTrigger.AwaitOffice, CaseStatus.PendingInternal)
            .Permit(CaseTrigger.Resolve, CaseStatus.Resolved)
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.Cancelled)
            .Permit(CaseTrigger.Archive, CaseStatus.Archived)
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.Waiting)
            .Permit(CaseTrigger.Assign, CaseStatus.Assigned)
            .PermitReentry(CaseTrigger.PromiseCallback)
            .Permit(CaseTrigger.Withdraw, CaseStatus.Withdrawn)
            .PermitIf(CaseTrigger.Resolve, CaseStatus.Resolved, () => !facts.InQueue, "not in the queue")
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.Assigned)
            .PermitReentry(CaseTrigger.Assign) // another officer
            .Permit(CaseTrigger.Release, CaseStatus.Waiting)
            .Permit(CaseTrigger.AwaitResident, CaseStatus.PendingResident)
            .Permit(CaseTrigger.AwaitOffice, CaseStatus.PendingInternal)
            .Permit(CaseTrigger.Resolve, CaseStatus.Resolved)
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.PendingResident)
            .Permit(CaseTrigger.Assign, CaseStatus.Assigned)
            .Permit(CaseTrigger.Queue, CaseStatus.Waiting)
            .Permit(CaseTrigger.AwaitOffice, CaseStatus.PendingInternal)
            .Permit(CaseTrigger.Resolve, CaseStatus.Resolved)
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.PendingInternal)
            .Permit(CaseTrigger.Assign, CaseStatus.Assigned)
            .Permit(CaseTrigger.Queue, CaseStatus.Waiting)
            .Permit(CaseTrigger.AwaitResident, CaseStatus.PendingResident)
            .Permit(CaseTrigger.Resolve, CaseStatus.Resolved)
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.Resolved)
            .PermitIf(CaseTrigger.Reopen, CaseStatus.Waiting, () => facts.WithinReopenWindow, "within reopen window")
            .PermitIf(CaseTrigger.Archive, CaseStatus.Archived, () => !facts.WithinReopenWindow, "window over")
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.Withdrawn)
            .PermitIf(CaseTrigger.Archive, CaseStatus.Archived, () => !facts.WithinReopenWindow, "window over")
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        machine.Configure(CaseStatus.Archived)
            .Permit(CaseTrigger.Erase, CaseStatus.Skeleton);
        return machine;
    }
}
