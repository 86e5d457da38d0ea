namespace OrleansGov.LocalLine.Messaging;

/// <summary>Counted messages of one channel: recipients reached, by month and by day of UTC+9 (own: LINE does not name the zone).</summary>
internal sealed class QuotaLedger
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);
    private readonly Dictionary<(string Kind, string Day), int> days = [];
    private string month = "";
    private int used;
    private int reserved;

    public int Used(DateTimeOffset now)
    {
        Turn(now);
        return used;
    }

    public bool HasRoom(int? limit, int recipients, DateTimeOffset now) => limit is null || Used(now) + reserved + recipients <= limit;

    public void Count(string kind, int recipients, DateTimeOffset now, bool free = false)
    {
        Turn(now);
        if (!free) used += recipients;
        var day = (kind, Day(now));
        days[day] = days.GetValueOrDefault(day) + recipients;
    }

    public void Reserve(int recipients) => reserved += recipients;

    public int Sent(string kind, string day) => days.GetValueOrDefault((kind, day));

    public static string Day(DateTimeOffset now) => now.ToOffset(Japan).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    private void Turn(DateTimeOffset now)
    {
        var current = Day(now)[..6];
        if (current == month) return;
        month = current;
        used = 0;
    }
}
