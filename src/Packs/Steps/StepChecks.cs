namespace OrleansGov.Packs.Steps;

/// <summary>What can only be seen with the whole pack in view: references between steps, tables and the calendar, and steps that nobody can reach.</summary>
internal static class StepChecks
{
    private const int MostTrials = 4096;

    /// <param name="tables">The item tables the pack has, by name; null = its file could not be read.</param>
    public static void Check(
        ImmutableList<PlacedStep> placed, ImmutableDictionary<string, ItemTable?> tables, bool hasAddresses, bool hasCalendar, SlotCalendar? calendar, PackRules rules, FileProblems problems)
    {
        var steps = placed.RemoveAll(p => p.Secret);
        for (var i = 0; i < steps.Count; i++)
        {
            var at = steps[i];
            var earlier = steps.Take(i).ToImmutableList();
            switch (at.Step)
            {
                case ItemStep item:
                    CheckItem(at, item, tables, problems);
                    break;
                case SlotStep slot:
                    CheckSlot(at, slot, earlier, steps, hasCalendar, calendar, problems);
                    break;
                case AddressStep when !hasAddresses:
                    problems.At(at.LineOf("kind"), "address の質問には町丁目の表が要ります。", "addresses.csv と、procedure.yaml の「addresses:」を書いてください。");
                    break;
                case HandoffStep handoff:
                    Department(at.LineOf("department"), handoff.Department, rules, problems);
                    break;
            }
            CheckWhen(at, earlier, steps, problems);
        }
        foreach (var at in placed.Where(p => p is { Secret: true, Step: AddressStep } && !hasAddresses))
            problems.At(at.LineOf("kind"), "address の欄には町丁目の表が要ります。", "addresses.csv と、procedure.yaml の「addresses:」を書いてください。");
    }

    public static void Department(int line, string id, PackRules rules, FileProblems problems)
    {
        if (rules.Departments is { } known && !known.Contains(id))
            problems.At(line, $"「{id}」という課はこの町にありません。", Nearest.Fix(id, known));
    }

    private static void CheckItem(PlacedStep at, ItemStep item, ImmutableDictionary<string, ItemTable?> tables, FileProblems problems)
    {
        if (!tables.TryGetValue(item.Table, out var table))
            problems.At(at.LineOf("table"), $"品目表「{item.Table}」がありません。", tables.IsEmpty ? $"{item.Table}.csv を置いてください。" : Nearest.Fix(item.Table, [.. tables.Keys]));
        foreach (var id in item.Suggested.Where(id => table?.Items.Exists(i => i.Id == id) == false))
            problems.At(at.LineOf("suggested"), $"品目「{id}」が {item.Table}.csv にありません。", Nearest.Fix(id, [.. table!.Items.Select(i => i.Id)]));
    }

    private static void CheckSlot(
        PlacedStep at, SlotStep slot, ImmutableList<PlacedStep> earlier, ImmutableList<PlacedStep> all, bool hasCalendar, SlotCalendar? calendar, FileProblems problems)
    {
        if (!hasCalendar) problems.At(at.LineOf("kind"), "slot の質問には予約の暦が要ります。", "calendar.yaml を置いてください。");
        if (slot.District is null)
        {
            if (calendar is { Districts.Count: > 1 })
                problems.At(at.Line, "地区が2つ以上あるのに「district」がありません。", "地区が決まる質問の id を書いてください。例: district: town");
            return;
        }
        if (!Refers(at.LineOf("district"), slot.District, earlier, all, problems)) return;
        switch (earlier.Find(e => e.Id == slot.District)?.Step)
        {
            case AddressStep or null:
                break;
            case ChoiceStep choice when calendar is not null:
                foreach (var option in choice.Options.Where(o => !calendar.Districts.Exists(d => d.Id == o.Value)))
                    problems.At(at.LineOf("district"), $"質問「{choice.Id}」の選択肢「{option.Value}」は calendar.yaml の地区ではありません。", Nearest.Fix(option.Value, [.. calendar.Districts.Select(d => d.Id)]));
                break;
            case ChoiceStep:
                break;
            default:
                problems.At(at.LineOf("district"), $"質問「{slot.District}」からは地区が決まりません。", "address の質問か、値が地区の id になっている choice の質問を指してください。");
                break;
        }
    }

    private static void CheckWhen(PlacedStep at, ImmutableList<PlacedStep> earlier, ImmutableList<PlacedStep> all, FileProblems problems)
    {
        if (at.Step?.When is not { } when) return;
        var line = at.LineOf("when");
        var sound = true;
        foreach (var reference in when.References.Order(StringComparer.Ordinal)) sound &= Refers(line, reference, earlier, all, problems);
        if (sound && NeverHolds(when, earlier))
            problems.At(line, $"「when」がどの答えでも成り立たないので、「{at.Id}」は誰にも聞かれません。", "比べている値（選択肢の value）と and / or を確かめてください。");
    }

    private static bool Refers(int line, string id, ImmutableList<PlacedStep> earlier, ImmutableList<PlacedStep> all, FileProblems problems)
    {
        // A field's answer lives in its form ("contact.phone"); the form is the step that is referred to.
        var step = id.Split('.')[0];
        if (earlier.Exists(e => e.Id == step)) return true;
        if (all.Exists(e => e.Id == step))
            problems.At(line, $"「{id}」はこの質問より後にあるので、まだ答えがありません。", "順番を入れ替えるか、前にある質問を指してください。");
        else
            problems.At(line, $"「{id}」という質問はありません。", Nearest.Fix(id, [.. earlier.Select(e => e.Id).Where(e => e.Length > 0)]));
        return false;
    }

    /// <summary>Tries every combination of answers where all of them are choices; anything else cannot be decided here and counts as reachable.</summary>
    private static bool NeverHolds(Condition when, ImmutableList<PlacedStep> earlier)
    {
        IEnumerable<ImmutableDictionary<string, Answer>> trials = [ImmutableDictionary<string, Answer>.Empty];
        var count = 1L;
        foreach (var reference in when.References)
        {
            if (earlier.Find(e => e.Id == reference)?.Step is not ChoiceStep choice) return false;
            count *= choice.Options.Count + 2;
            if (count > MostTrials) return false;
            trials = [.. trials.SelectMany(trial => choice.Options
                .Select(o => trial.Add(reference, new Answer.Chosen(o.Value, o.Label.Japanese)))
                .Append(trial.Add(reference, new Answer.Skipped()))
                .Append(trial))];
        }
        return !trials.Any(when.Holds);
    }
}
