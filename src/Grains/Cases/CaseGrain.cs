using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansGov.Grains;

/// <summary>One application or consultation: what was asked for, what became of it, who did what. Its rules are <see cref="CaseMachine"/>'s.</summary>
public sealed class CaseGrain(
    [PersistentState("case", StorageNames.Hot)] IPersistentState<CaseState> state,
    RecordsStore records,
    TimeProvider clock,
    ILogger<CaseGrain> log) : Grain, ICaseGrain
{
    private readonly BackgroundPump _handOver = new(log);
    private bool _failed; // a write that failed: what is in memory must not be stored by the way out
    private int _marks, _marksStored; // marks "handed over" ride with the next write; one made while a write is under way waits for the one after it
    private long _durable; // the pump hands over only what the last write made durable

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _durable = state.State.Facts.Seq;
        return Task.CompletedTask;
    }

    public async Task<bool> Open(CaseOpening opening)
    {
        if (state.State.Opening is { } existing) return existing.Intent == opening.Intent;
        var (town, number) = CaseKey.Split(Key);
        var status = opening.Kind == CaseKind.Application ? "accepted" : "waiting"; // new → waiting in one: nobody is told of a case that waits for nobody
        await Write(state.State with
        {
            Opening = opening,
            Status = status,
            Slot = opening.Slot,
            Fee = opening.Fee,
            Answers = opening.Answers,
            Done = [opening.Intent],
            Revision = 1,
            AtWork = opening.Kind == CaseKind.Consultation,
            History = [new CaseEvent(opening.At, "opened", "resident") { Detail = opening.Reason }],
            Facts = state.State.Facts.Add(Key, opening.At, new FactBody.CaseOpened(number, town, opening.Channel, ResidentKey.Split(opening.Resident).Pseudonym,
                opening.ProcedureId, opening.Version, opening.Title, opening.Department, opening.Kind.ToString().ToLowerInvariant(), status,
                opening.Slot?.Resource, opening.Slot?.Date, opening.Fee, AnswerText.Summary(opening.Answers))
            { Reason = opening.Reason }),
        });
        return true;
    }

    public Task<CaseDetail?> Look(string resident) => Task.FromResult(state.State.Opening is { } opening && opening.Resident == resident
        ? new CaseDetail(CaseKey.Split(Key).Number, opening.ProcedureId, opening.Version, state.State.Status, state.State.Slot, state.State.Fee, state.State.Answers)
        : null);

    public async Task<bool> Amend(string intent, string resident, Answer.Slot? slot, int? fee, ImmutableSortedDictionary<string, Answer> answers)
    {
        if (state.State.Opening?.Resident != resident) return false;
        if (state.State.Done.Contains(intent)) return true;
        var now = clock.GetUtcNow();
        if (state.State.Fire(CaseTrigger.Amend, now) is not { } next) return false;
        await Write((next with { Slot = slot, Fee = fee, Answers = answers }).Knowing(intent).Note(Key, now, "changed", "resident"));
        return true;
    }

    public async Task<CancelResult> Cancel(string intent, string resident)
    {
        if (state.State.Opening is not { } opening || opening.Resident != resident) return new(false, null);
        if (state.State.Done.Contains(intent)) return new(true, state.State.Slot);
        var now = clock.GetUtcNow();
        if (state.State.Fire(opening.Kind == CaseKind.Application ? CaseTrigger.Cancel : CaseTrigger.Withdraw, now) is not { } next)
            return new(state.State.Status is "cancelled" or "withdrawn", state.State.Slot);
        await Write((next with { AtWork = false }).Knowing(intent).Note(Key, now, next.Status, "resident"));
        return new(true, state.State.Slot);
    }

    public async Task Follow(CaseMove move)
    {
        if (state.State.Opening?.Resident != move.Conversation || state.State.Done.Contains($"{move.Conversation}#{move.Epoch}")) return;
        await Write(state.State.Follow(Key, move, clock.GetUtcNow()));
    }

    public Task<StaffCase?> LookAsStaff() => Task.FromResult(state.State.Opening is null ? null : state.State.ForStaff(Key));

    public async Task<CaseAnswer> Change(CaseCommand command)
    {
        var (verdict, next, missing) = CaseCommands.Decide(state.State, Key, command, clock.GetUtcNow());
        if (next is not null) await Write(next);
        return new(verdict, verdict == CaseVerdict.NotVisible ? null : state.State.ForStaff(Key)) { Missing = missing };
    }

    public async Task<ImmutableList<string>> Erase(string by)
    {
        var now = clock.GetUtcNow();
        if (state.State.Opening is not { } opening || state.State.Fire(CaseTrigger.Erase, now) is not { } next) return [];
        ImmutableList<string> pictures = [.. next.Answers.Values.Concat(opening.Answers.Values).OfType<Answer.Photos>().SelectMany(p => p.ContentIds).Distinct()];
        var none = ImmutableSortedDictionary<string, Answer>.Empty;
        var bare = next with
        {
            Opening = opening with { Resident = "", Answers = none, Slot = null, Reason = null, UpTo = null },
            Answers = none,
            AtWork = false,
            Owner = null,
            OwnerName = null,
            Labels = [],
            Tags = [],
            CallbackBy = null,
            Hold = null,
            History = [.. next.History.Select(e => e with { Detail = null })],
            // what Records has not heard yet it shall not hear any more, but that there was a case
            Facts = next.Facts with { Waiting = [.. next.Facts.Waiting.Where(f => f.Body is FactBody.CaseOpened).Select(f => f with { Body = (FactBody.CaseOpened)f.Body with { Resident = "", Summary = "", Reason = null } })] },
        };
        bare = bare.Note(Key, now, "erased", by);
        await Write(bare with { Facts = bare.Facts.Add(Key, now, new FactBody.CaseErased(CaseKey.Split(Key).Number, by)) });
        return pictures;
    }

    public async Task Wake()
    {
        var now = clock.GetUtcNow();
        if (state.State.ArchiveDue <= now && state.State.Fire(CaseTrigger.Archive, now) is { } archived) await Write(archived.Note(Key, now, "archived", "system"));
        else if (_marks != _marksStored && !_handOver.IsRunning) await Write(state.State);
        HandOver();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _handOver.Finish();
        if (_marks != _marksStored && !_failed) await Write(state.State);
    }

    private async Task Write(CaseState next)
    {
        var marks = _marks;
        _failed = true;
        await state.Write(next, this);
        _failed = false;
        _marksStored = marks;
        _durable = next.Facts.Seq;
        HandOver();
    }

    private void HandOver() => _handOver.Run(async () =>
    {
        while (state.State.Facts.Waiting.FindAll(f => f.Seq <= _durable) is { IsEmpty: false } waiting)
        {
            await records.AppendAsync(waiting);
            state.State = state.State with { Facts = state.State.Facts.HandedOver(waiting[^1].Seq) };
            _marks++;
        }
    });
}
