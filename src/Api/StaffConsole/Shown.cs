using System.Globalization;

namespace OrleansGov.Api.StaffConsole;

/// <summary>Times and numbers as an officer reads them, in town time.</summary>
public static class Shown
{
    /// <param name="at">UTC milliseconds.</param>
    public static string Time(long at) => In(at).ToString("yyyy/MM/dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Machine-readable, for the datetime of a &lt;time&gt;.</summary>
    public static string Stamp(long at) => In(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Of a day that is written above.</summary>
    public static string Clock(long at) => In(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Date(long at) => Day(In(at));

    public static string Day(DateTimeOffset at)
    {
        var day = at.ToOffset(Town.Offset);
        return $"{day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture)}（{"日月火水木金土"[(int)day.DayOfWeek]}）";
    }

    public static string Day(DateOnly day) => $"{day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture)}（{"日月火水木金土"[(int)day.DayOfWeek]}）";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static DateTimeOffset In(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).ToOffset(Town.Offset);
}
