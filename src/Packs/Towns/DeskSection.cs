using System.Globalization;
using OrleansGov.Packs.Tables;
using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs.Towns;

/// <summary>The desk's part of a town file, at the town (for all departments) and at a department (for that one): <c>takeover</c>, <c>hours</c>, <c>desk</c>. docs/packs.md.</summary>
internal static class DeskSection
{
    private static readonly (string Key, ImmutableList<DayOfWeek> Days)[] Weekdays =
    [
        ("weekdays", [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]),
        ("monday", [DayOfWeek.Monday]), ("tuesday", [DayOfWeek.Tuesday]), ("wednesday", [DayOfWeek.Wednesday]), ("thursday", [DayOfWeek.Thursday]),
        ("friday", [DayOfWeek.Friday]), ("saturday", [DayOfWeek.Saturday]), ("sunday", [DayOfWeek.Sunday]),
    ];

    /// <param name="usual">What holds where nothing is written.</param>
    public static Department Read(Section section, Department usual)
    {
        var takesOver = section.Flag("takeover") ?? usual.TakesOver;
        var hours = section.Map("hours") is { } week ? Hours(week, usual.Hours) : usual.Hours;
        var desk = section.Map("desk") is { } settings ? Desk(settings, usual.Desk) : usual.Desk;
        return usual with { TakesOver = takesOver, Hours = hours, Desk = desk };
    }

    private static OpeningHours Hours(Section section, OpeningHours usual)
    {
        var week = ImmutableDictionary.CreateBuilder<DayOfWeek, ImmutableList<OpenStretch>>();
        foreach (var (key, days) in Weekdays)
        {
            if (!section.Has(key)) continue;
            var stretches = Stretches(section, section.Find(key)!, key);
            foreach (var day in days) week[day] = stretches;
        }

        var exceptions = usual.Exceptions;
        foreach (var (key, line, value) in section.Entries("days"))
        {
            if (Days.Day(key) is { } day) exceptions = exceptions.SetItem(day, Stretches(section, value, key));
            else section.Problems.At(line, $"「{key}」は日付として読めません。", "2026-12-27 の形で、実際にある日を書いてください。");
        }

        section.End();
        return usual with { Week = week.Count > 0 ? week.ToImmutable() : usual.Week, Exceptions = exceptions };
    }

    // "8:30-17:15", "9:00-12:00, 13:00-17:00" or "closed"
    private static ImmutableList<OpenStretch> Stretches(Section section, YamlNode value, string key)
    {
        if (section.AsText(value, key, 60) is not { } text || text == "closed") return [];
        var stretches = ImmutableList.CreateBuilder<OpenStretch>();
        foreach (var part in text.Split(','))
        {
            if (part.Split('-') is [var from, var to] && Time(from) is { } opens && Time(to) is { } closes && opens < closes && (stretches.Count == 0 || stretches[^1].To <= opens))
                stretches.Add(new OpenStretch(opens, closes));
            else
            {
                section.Problems.At(value.Line, $"「{key}: {text}」は受付時間として読めません。", "\"8:30-17:15\" か \"9:00-12:00, 13:00-17:00\" の形で早い順に書いてください。休みは closed です。");
                return [];
            }
        }

        return stretches.ToImmutable();
    }

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text.Trim(), ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static DeskSettings Desk(Section section, DeskSettings usual)
    {
        var settings = usual with
        {
            WaitingNotice = Minutes("waiting-notice-minutes", usual.WaitingNotice),
            LeadAlert = Minutes("lead-alert-minutes", usual.LeadAlert),
            MaxWait = Minutes("max-wait-minutes", usual.MaxWait),
            StaffWarning = Minutes("staff-warning-minutes", usual.StaffWarning),
            StaffSilence = Minutes("staff-silence-minutes", usual.StaffSilence),
            ResidentReminder = Minutes("resident-reminder-minutes", usual.ResidentReminder),
            ResidentSilence = Minutes("resident-silence-minutes", usual.ResidentSilence),
            ReceiptEvery = Minutes("receipt-minutes", usual.ReceiptEvery),
            Window = section.Integer("reopen-hours", 1, 720) is { } hours ? TimeSpan.FromHours(hours) : usual.Window,
            CallbackDays = section.Integer("callback-days", 1, 30) ?? usual.CallbackDays,
            OfficersMaySteal = section.Flag("officers-may-steal") ?? usual.OfficersMaySteal,
        };
        section.End();
        return settings;

        TimeSpan Minutes(string key, TimeSpan otherwise) => section.Integer(key, 1, 1440) is { } minutes ? TimeSpan.FromMinutes(minutes) : otherwise;
    }
}
