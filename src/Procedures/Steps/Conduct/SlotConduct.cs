using System.Globalization;

namespace OrleansGov.Procedures;

/// <summary>
/// A day with room. The days offered are asked for when the question is asked, the chosen one is held before the answer counts, and a
/// day that filled up meanwhile is said so and another offered.
/// </summary>
internal static class SlotConduct
{
    private const int Looked = 3; // days looked at for each day offered: full ones are left out

    public static Asking Ask(SlotStep step, Scene scene)
    {
        var days = Days(step, scene);
        var from = Math.Min(scene.Draft.Page * step.Offered, Math.Max(0, days.Count - 1));
        var some = days.Skip(from).Take(step.Offered * Looked).ToImmutableList();
        return some.IsEmpty ? Nothing(scene) : new Asking.Needing(new Inquiry.FindSlots(Resource(step, scene), some));
    }

    /// <summary>The question, now that the places left are known.</summary>
    public static Asking Offer(SlotStep step, Scene scene, Outcome.SlotsFound found)
    {
        var own = OwnDay(step, scene);
        var open = found.Days.Where(d => d.Left > 0 || d.Date == own).Take(step.Offered).ToList();
        var days = Days(step, scene);
        if (open.Count == 0 && days.Count <= (scene.Draft.Page + Looked) * step.Offered) return Nothing(scene);
        var choices = open.Select(d => scene.Tap(step, d.Date == own ? JapaneseDates.Day(d.Date) + scene.Say.SlotOwn : JapaneseDates.Day(d.Date), Iso(d.Date)) with { Hint = d.Left <= 3 ? scene.Say.SlotFewLeft : null }).ToImmutableList();
        if (days.Count > (scene.Draft.Page + 1) * step.Offered) choices = choices.Add(scene.Tap(step, scene.Say.SlotLater, $"page {scene.Draft.Page + 1}"));
        if (scene.Draft.Page > 0) choices = choices.Add(scene.Tap(step, scene.Say.SlotSooner, "page 0"));
        choices = choices.Add(new Choice(scene.Say.SlotPicker, new ChoiceAction.PickDate(
            new TapData(TapData.Answer, scene.Run.Id, step.Id, "").ToString(), open.Count > 0 ? open[0].Date : days[0].Date, days[0].Date, days[^1].Date)));
        var lead = step.District is { } from && scene.Run.Answers.TryGetValue(from, out var place)
            ? Template.Fill(scene.Say.SlotLead, StepConduct.Fill("place", AnswerText.Of(place), "district", DistrictName(step, scene), "weekdays", Weekdays(step, scene))) : "";
        return Asking.Question($"{lead}\n{scene.In(step.Ask)}".Trim(), choices);
    }

    public static Reading Read(SlotStep step, Scene scene, StepInput input)
    {
        var pages = (Days(step, scene).Count + step.Offered - 1) / step.Offered;
        if (input.Tapped?.Split(' ') is ["page", var page] && int.TryParse(page, out var to)) return new Reading.Moved(scene.Draft with { Page = Math.Clamp(to, 0, Math.Max(0, pages - 1)) });
        if (input.Is(scene.Say.SlotLater, "もっと先", "ほかの日", "次", "次へ")) return new Reading.Moved(scene.Draft with { Page = Math.Min(scene.Draft.Page + 1, Math.Max(0, pages - 1)) });
        if (input.Is(scene.Say.SlotSooner, "一番早い日", "最短", "最短で")) return new Reading.Moved(scene.Draft with { Page = 0 });
        var words = input.Raw is InboundMessage.Tapped { Picked: { } picked } ? picked : input.Tapped ?? input.Text ?? "";
        if (!DateReading.TryRead(words, scene.Today, out var date)) return new Reading.Declined(scene.Say.SlotUnreadable);
        var day = Days(step, scene).Find(d => d.Date == date);
        if (day is null) return new Reading.Declined(WhyNot(step, scene, date));
        if (scene.Run.AmendedSlot is { } own && own.Resource == Resource(step, scene) && own.Date == date) return new Reading.Accepted(own);
        return new Reading.Needing(new Inquiry.HoldSlot(Resource(step, scene), day, $"{scene.Run.Id}.{step.Id}", TimeSpan.FromMinutes(step.HoldMinutes)), scene.Draft);
    }

    /// <summary>The day of a place taken earlier, as far as it is still on offer; null = it is not.</summary>
    public static SlotDay? Offered(SlotStep step, Scene scene, Answer.Slot slot) =>
        slot.Resource == Resource(step, scene) ? Days(step, scene).Find(d => d.Date == slot.Date) : null;

    /// <summary>Slot keys carry the district: <c>bulky-waste-north</c>.</summary>
    public static string Resource(SlotStep step, Scene scene) => $"{scene.Procedure.Calendar!.Resource}-{DistrictId(step, scene)}";

    private static string WhyNot(SlotStep step, Scene scene, DateOnly date)
    {
        var days = Days(step, scene);
        var words = StepConduct.Fill("day", JapaneseDates.Day(date), "district", DistrictName(step, scene), "weekdays", Weekdays(step, scene),
            "first", days.IsEmpty ? "" : JapaneseDates.Day(days[0].Date), "last", days.IsEmpty ? "" : JapaneseDates.Day(days[^1].Date));
        var phrase = days.IsEmpty ? scene.Say.SlotClosed
            : !District(step, scene).Weekdays.Contains(date.DayOfWeek) ? scene.Say.SlotOtherWeekday
            : date < days[0].Date ? scene.Say.SlotTooEarly
            : date > days[^1].Date ? scene.Say.SlotTooLate
            : scene.Say.SlotClosed;
        return Template.Fill(phrase, words);
    }

    // the day the resident has already: it stays on offer even when it is full
    private static DateOnly? OwnDay(SlotStep step, Scene scene) =>
        (scene.Run.Answers.GetValueOrDefault(step.Id) as Answer.Slot ?? scene.Run.AmendedSlot) is { } slot && slot.Resource == Resource(step, scene) ? slot.Date : null;

    private static string Weekdays(SlotStep step, Scene scene) =>
        string.Join('・', District(step, scene).Weekdays.OrderBy(d => ((int)d + 6) % 7).Select(d => "日月火水木金土"[(int)d]));

    private static District District(SlotStep step, Scene scene) => scene.Procedure.Calendar!.Districts.Find(d => d.Id == DistrictId(step, scene))!;

    private static ImmutableList<SlotDay> Days(SlotStep step, Scene scene) =>
        scene.Procedure.Calendar!.DaysFor(DistrictId(step, scene), scene.Today, scene.Business);

    private static string DistrictId(SlotStep step, Scene scene) => step.District is { } from && scene.Run.Answers.TryGetValue(from, out var answer)
        ? answer switch
        {
            Answer.Address address => address.District,
            Answer.Chosen chosen => chosen.Value,
            _ => throw new InvalidOperationException($"Step '{from}' does not name a district."),
        }
        : scene.Procedure.Calendar!.Districts[0].Id;

    private static string DistrictName(SlotStep step, Scene scene) =>
        scene.In(District(step, scene).Name);

    private static Asking Nothing(Scene scene) => Asking.Words(Template.Fill(scene.Say.SlotNone, StepConduct.Fill("phone", scene.Office.Town.Phone)),
        Choice.Say(scene.Say.TalkToStaff));

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
