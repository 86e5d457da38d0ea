using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Grains;

/// <summary>Performs what a turn wants to know or wants done. Every call is idempotent by an id that the turn made, so a repeat after a crash has no further effect.</summary>
internal sealed class IntentPerformer(IGrainFactory grains, string resident, string town)
{
    /// <summary>Inquiries: asked within the turn, before its write.</summary>
    public async Task<Outcome> Ask(Inquiry inquiry, DateTimeOffset now)
    {
        switch (inquiry)
        {
            case Inquiry.FindSlots find:
                var left = await Task.WhenAll(find.Days.Select(async day => new SlotLeft(day.Date, day.Capacity, await Day(find.Resource, day.Date).Look(day.Capacity))));
                return new Outcome.SlotsFound([.. left]);
            case Inquiry.HoldSlot hold:
                return await Day(hold.Resource, hold.Day.Date).Hold(hold.Hold, hold.Day.Capacity, now + hold.For)
                    ? new Outcome.SlotHeld(new Answer.Slot(hold.Resource, hold.Day.Date, hold.Hold, hold.Day.Capacity))
                    : new Outcome.SlotFull(hold.Day.Date);
            case Inquiry.FetchCase fetch:
                return await Case(fetch.Number).Look(resident) is { } detail ? new Outcome.CaseFound(detail) : new Outcome.CaseMissing(fetch.Number);
            default:
                throw new InvalidOperationException($"{inquiry.GetType().Name} is not asked of other grains.");
        }
    }

    /// <summary>Intents: carried out after the write that holds them.</summary>
    /// <param name="decidedAt">When the turn was written: the same on every repeat, and so is the receipt number.</param>
    /// <returns>Null = nothing to tell the dialogue.</returns>
    public async Task<Outcome?> Perform(Intent intent, DateTimeOffset decidedAt)
    {
        switch (intent)
        {
            case Intent.Submit submit:
                if (submit.Slot is { } slot && !await Day(slot).Confirm(slot.Hold, slot.Capacity)) return new Outcome.SlotLost(submit.Run, slot.Date);
                return new Outcome.Submitted(submit.Run, await Open(submit.Prefix, decidedAt, new CaseOpening(submit.Id, resident, ResidentKey.Split(resident).Channel,
                    submit.ProcedureId, submit.Version, submit.Title, submit.Department, CaseKind.Application, decidedAt, submit.Slot, submit.Fee, submit.Answers)));
            case Intent.Amend amend:
                if (amend.NewSlot is { } moved && !await Day(moved).Confirm(moved.Hold, moved.Capacity)) return new Outcome.SlotLost(amend.Run, moved.Date);
                if (!await Case(amend.Number).Amend(amend.Id, resident, amend.NewSlot ?? amend.OldSlot, amend.Fee, amend.Answers))
                {
                    if (amend.NewSlot is { } unused) await Day(unused).Release(unused.Hold);
                    return new Outcome.Refused(amend.Number);
                }

                if (amend is { NewSlot: not null, OldSlot: { } old }) await Day(old).Release(old.Hold);
                return new Outcome.Amended(amend.Run, amend.Number);
            case Intent.Cancel cancel:
                var result = await Case(cancel.Number).Cancel(cancel.Id, resident);
                if (result is { Cancelled: true, Slot: { } booked }) await Day(booked).Release(booked.Hold);
                return result.Cancelled ? new Outcome.Cancelled(cancel.Number) : new Outcome.Refused(cancel.Number);
            case Intent.ReleaseSlot release:
                await Day(release.Slot).Release(release.Slot.Hold);
                return null;
            case Intent.RequestStaff request:
                var opened = await Open("A", decidedAt, new CaseOpening(request.Id, resident, ResidentKey.Split(resident).Channel,
                    request.ProcedureId ?? "", 0, "職員への相談", request.Department, CaseKind.Consultation, decidedAt, null, null, request.Answers) { Reason = request.Reason });
                var queue = await grains.GetGrain<IDeskGrain>(DeskKey.For(town, request.Department)).Look();
                return new Outcome.StaffRequested(opened, request.Department, request.Reason, queue.WaitingCount, queue.Estimate);
            case Intent.FollowCase follow:
                await Case(follow.Number).Follow(new CaseMove(resident, follow.Epoch, follow.Trigger, follow.At, follow.By, follow.Department)
                {
                    Owner = follow.Owner,
                    OwnerName = follow.OwnerName,
                    Reason = follow.Reason,
                    Result = follow.Result,
                    Tags = follow.Tags,
                    WorkLeft = follow.WorkLeft,
                    CallbackBy = follow.CallbackBy,
                });
                return null;
            case Intent.TellDesk tell:
                await grains.GetGrain<IDeskGrain>(DeskKey.For(town, tell.Department)).Learn(new DeskNews(resident, tell.Epoch, tell.Place, tell.At, tell.WaitingSince, tell.CaseNumber, tell.Owner));
                return null;
            default:
                throw new InvalidOperationException($"{intent.GetType().Name} is not carried out here.");
        }
    }

    /// <summary>
    /// Opens a case under the first number that is free. Numbers derive from the intent, so a repeat finds the case it opened before: no
    /// central counter, no gap that matters, and nobody can guess a neighbour's number (docs/decisions/0005).
    /// </summary>
    private async Task<string> Open(string prefix, DateTimeOffset decidedAt, CaseOpening opening)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var number = Number(prefix, Town.Today(decidedAt), opening.Intent, attempt);
            if (await Case(number).Open(opening)) return number;
        }

        throw new InvalidOperationException($"No free receipt number for '{prefix}' after 50 attempts.");
    }

    private static string Number(string prefix, DateOnly day, string intent, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{intent}\n{attempt}"));
        return $"{prefix}{day:yyMMdd}-{BitConverter.ToUInt32(hash) % 100_000:00000}";
    }

    private ISlotDayGrain Day(Answer.Slot slot) => Day(slot.Resource, slot.Date);

    private ISlotDayGrain Day(string resource, DateOnly date) => grains.GetGrain<ISlotDayGrain>(SlotKey.For(town, resource, date));

    private ICaseGrain Case(string number) => grains.GetGrain<ICaseGrain>(CaseKey.For(town, number));
}
