namespace OrleansGov.Packs.Talks;

/// <summary>The world of a talk: places on days, forms and cases, as the grains would keep them, in memory for one conversation.</summary>
internal sealed class SimulatedOffice
{
    private readonly Dictionary<string, CaseDetail> cases = [];
    private readonly Dictionary<(string Resource, DateOnly Day), HashSet<string>> held = [];
    private readonly HashSet<DateOnly> full = [];
    private int numbers;

    /// <summary>The form that waits to be filled; null = none.</summary>
    public (string Run, string Step)? Form { get; set; }

    /// <summary>The held place is gone when the resident submits next.</summary>
    public bool LoseNext { get; set; }

    public void Fill(DateOnly day) => full.Add(day);

    public Outcome Answer(Inquiry inquiry, DateTimeOffset now)
    {
        switch (inquiry)
        {
            case Inquiry.FindSlots find:
                return new Outcome.SlotsFound([.. find.Days.Select(d => new SlotLeft(d.Date, d.Capacity, Left(find.Resource, d)))]);
            case Inquiry.HoldSlot hold:
                var holders = Holders(hold.Resource, hold.Day.Date);
                if (!holders.Contains(hold.Hold) && Left(hold.Resource, hold.Day) < 1) return new Outcome.SlotFull(hold.Day.Date);
                holders.Add(hold.Hold);
                return new Outcome.SlotHeld(new Answer.Slot(hold.Resource, hold.Day.Date, hold.Hold, hold.Day.Capacity));
            case Inquiry.MakeForm form:
                Form = (form.Run, form.Step);
                return new Outcome.FormMade("/forms/talk", now.AddMinutes(30));
            case Inquiry.FetchCase fetch:
                return cases.TryGetValue(fetch.Number, out var found) ? new Outcome.CaseFound(found) : new Outcome.CaseMissing(fetch.Number);
            default:
                throw new InvalidOperationException($"No answer to {inquiry.GetType().Name} in talks.");
        }
    }

    /// <returns>Null when the intent has no outcome.</returns>
    public Outcome? Perform(Intent intent)
    {
        switch (intent)
        {
            case Intent.Submit submit when submit.Slot is { } slot && Lost(slot):
                return new Outcome.SlotLost(submit.Run, slot.Date);
            case Intent.Submit submit:
                var number = $"{submit.Prefix}-{++numbers:0000}";
                cases[number] = new CaseDetail(number, submit.ProcedureId, submit.Version, "accepted", submit.Slot, submit.Fee, submit.Answers);
                return new Outcome.Submitted(submit.Run, number);
            case Intent.Amend amend when amend.NewSlot is { } slot && Lost(slot):
                return new Outcome.SlotLost(amend.Run, slot.Date);
            case Intent.Amend amend when cases.TryGetValue(amend.Number, out var old):
                if (amend.NewSlot is not null && amend.OldSlot is { } left) Release(left);
                cases[amend.Number] = old with { Status = "changed", Slot = amend.NewSlot ?? old.Slot, Fee = amend.Fee, Answers = amend.Answers };
                return new Outcome.Amended(amend.Run, amend.Number);
            case Intent.Amend amend:
                return new Outcome.Refused(amend.Number);
            case Intent.Cancel cancel when cases.TryGetValue(cancel.Number, out var open):
                if (open.Slot is { } given) Release(given);
                cases[cancel.Number] = open with { Status = "cancelled" };
                return new Outcome.Cancelled(cancel.Number);
            case Intent.Cancel cancel:
                return new Outcome.Refused(cancel.Number);
            case Intent.ReleaseSlot release:
                Release(release.Slot);
                return null;
            case Intent.RequestStaff:
                return new Outcome.StaffRequested($"C-{++numbers:0000}");
            default:
                return null;
        }
    }

    private bool Lost(Answer.Slot slot)
    {
        if (!LoseNext) return false;
        LoseNext = false;
        Release(slot);
        full.Add(slot.Date);
        return true;
    }

    private int Left(string resource, SlotDay day) => full.Contains(day.Date) ? 0 : Math.Max(0, day.Capacity - Holders(resource, day.Date).Count);

    private void Release(Answer.Slot slot) => Holders(slot.Resource, slot.Date).Remove(slot.Hold);

    private HashSet<string> Holders(string resource, DateOnly day)
    {
        if (!held.TryGetValue((resource, day), out var holders)) held[(resource, day)] = holders = [];
        return holders;
    }
}
