using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansGov.Grains;

/// <summary>One application or consultation: what was asked for, what became of it, who did what.</summary>
public sealed class CaseGrain(
    [PersistentState("case", StorageNames.Hot)] IPersistentState<CaseState> state,
    RecordsStore records,
    TimeProvider clock,
    ILogger<CaseGrain> log) : Grain, ICaseGrain
{
    private readonly BackgroundPump _handOver = new(log);
    private bool _failed; // a write that failed: what is in memory must not be stored by the way out
    private bool _marked; // the mark "handed over" is not stored yet; it rides with the next write
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
        var town = CaseKey.Split(Key).Town;
        var status = opening.Kind == CaseKind.Application ? "accepted" : "waiting";
        await Write(state.State with
        {
            Opening = opening,
            Status = status,
            Slot = opening.Slot,
            Fee = opening.Fee,
            Answers = opening.Answers,
            Done = [opening.Intent],
            History = [new CaseEvent(opening.At, "opened", "resident")],
            Facts = state.State.Facts.Add(Key, opening.At, new FactBody.CaseOpened(CaseKey.Split(Key).Number, town, opening.Channel, ResidentKey.Split(opening.Resident).Pseudonym,
                opening.ProcedureId, opening.Version, opening.Title, opening.Department, opening.Kind.ToString().ToLowerInvariant(), status,
                opening.Slot?.Resource, opening.Slot?.Date, opening.Fee, AnswerText.Summary(opening.Answers))),
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
        if (state.State.Status is not ("accepted" or "changed")) return false;
        await Change(intent, "changed", state.State with { Slot = slot, Fee = fee, Answers = answers, Status = "changed" });
        return true;
    }

    public async Task<CancelResult> Cancel(string intent, string resident)
    {
        if (state.State.Opening?.Resident != resident) return new(false, null);
        if (state.State.Done.Contains(intent)) return new(true, state.State.Slot);
        if (state.State.Status is not ("accepted" or "changed" or "waiting")) return new(state.State.Status is "cancelled" or "withdrawn", state.State.Slot);
        var status = state.State.Opening.Kind == CaseKind.Application ? "cancelled" : "withdrawn";
        await Change(intent, status, state.State with { Status = status });
        return new(true, state.State.Slot);
    }

    public async Task Follow(CaseMove move)
    {
        var intent = $"{move.Conversation}#{move.Epoch}";
        if (state.State.Opening?.Resident != move.Conversation || state.State.Done.Contains(intent)) return;
        var (what, status) = move.Trigger switch
        {
            ControlTrigger.Take or ControlTrigger.Intervene or ControlTrigger.Transfer => ("assigned", "assigned"),
            ControlTrigger.ReturnToBot when move.WorkLeft => ("returned", "pendingInternal"),
            ControlTrigger.ReturnToBot or ControlTrigger.Close => ("resolved", "resolved"),
            ControlTrigger.ResidentIdle => ("returned", "pendingResident"),
            ControlTrigger.Withdraw => ("withdrawn", "withdrawn"),
            ControlTrigger.Reopen => ("reopened", "waiting"),
            _ => ("waiting", "waiting"),
        };
        await Change(intent, what, state.State with { Status = status }, move.By);
    }

    public Task<StaffCase?> LookAsStaff()
    {
        var (town, number) = CaseKey.Split(Key);
        return Task.FromResult(state.State.Opening is { } opening
            ? new StaffCase(number, town, opening with { Slot = state.State.Slot, Fee = state.State.Fee, Answers = state.State.Answers }, state.State.Status, state.State.History)
            : null);
    }

    public async Task Wake()
    {
        if (_marked && !_handOver.IsRunning) await Write(state.State);
        HandOver();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _handOver.Finish();
        if (_marked && !_failed) await Write(state.State);
    }

    private Task Change(string intent, string what, CaseState next, string by = "resident")
    {
        var now = clock.GetUtcNow();
        return Write(next with
        {
            Done = Newest(next.Done.Add(intent), 100), // a repeat comes within hours, not after a hundred changes
            History = Newest(next.History.Add(new CaseEvent(now, what, by)), 200), // Records has all of it
            Facts = next.Facts.Add(Key, now, new FactBody.CaseChanged(CaseKey.Split(Key).Number, next.Status, next.Slot?.Resource, next.Slot?.Date, next.Fee,
                AnswerText.Summary(next.Answers), what, by)),
        });
    }

    private static ImmutableList<T> Newest<T>(ImmutableList<T> list, int most) => list.Count > most ? list.RemoveRange(0, list.Count - most) : list;

    private async Task Write(CaseState next)
    {
        _failed = true;
        await state.Write(next, this);
        _failed = _marked = false;
        _durable = next.Facts.Seq;
        HandOver();
    }

    private void HandOver() => _handOver.Run(async () =>
    {
        while (state.State.Facts.Waiting.FindAll(f => f.Seq <= _durable) is { IsEmpty: false } waiting)
        {
            await records.AppendAsync(waiting);
            state.State = state.State with { Facts = state.State.Facts.HandedOver(waiting[^1].Seq) };
            _marked = true;
        }
    });
}
