using OrleansGov.Api.Access;

namespace OrleansGov.Api.StaffConsole;

/// <summary>開庁時間・祝日: as the town's file has them. They are changed there.</summary>
[Right(Rights.ManageHours)]
public sealed class HoursModel : ConsolePage
{
    private const int Ahead = 120; // days

    public DateTimeOffset At => Now;
    public DateOnly Today => Town.Today(Now);
    public IEnumerable<Department> Mine => MyTown.Departments.Where(d => Me.Can(Rights.ManageHours, d.Id));

    /// <summary>Days to come that differ from their weekday.</summary>
    public static IEnumerable<(DateOnly Day, string Why, string Hours)> Special(Department desk, DateOnly today)
    {
        for (var day = today; day < today.AddDays(Ahead); day = day.AddDays(1))
        {
            var usual = desk.Hours.Week.GetValueOrDefault(day.DayOfWeek, []);
            var hours = desk.Hours.On(day);
            if (desk.Hours.Exceptions.ContainsKey(day)) yield return (day, "個別に決めた日", Words(hours));
            else if (hours.IsEmpty && !usual.IsEmpty) yield return (day, JapaneseHolidays.IsHoliday(day) ? "国民の祝日・休日" : desk.Hours.ClosedDays.Contains(day) ? "町の休業日" : "年末年始", "休み");
        }
    }

    public static string Words(ImmutableList<OpenStretch> stretches) => stretches.IsEmpty ? "休み" : string.Join("、", stretches);
}
