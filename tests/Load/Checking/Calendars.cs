using System.Globalization;
using OrleansGov.Packs;
using OrleansGov.Procedures;

namespace OrleansGov.Load.Checking;

/// <summary>How many places each day has: from the packs, because a day does not know its own size (it travels with each call).</summary>
public sealed class Calendars
{
    private readonly List<SlotCalendar> _all = [];

    /// <param name="packs">Directory of packs.</param>
    public Calendars(string packs)
    {
        foreach (var folder in Directory.GetDirectories(packs))
        {
            var source = PackFolder.Load(folder);
            if (source.Texts.ContainsKey("procedure.yaml") && PackReader.Read(source.Id, source.Texts).Procedure?.Calendar is { } calendar) _all.Add(calendar);
        }
    }

    /// <param name="resource">Such as <c>bulky-waste-north</c>.</param>
    public int? Places(string resource, string day)
    {
        foreach (var calendar in _all)
            if (calendar.Districts.Find(d => $"{calendar.Resource}-{d.Id}" == resource) is { } district)
                return district.CapacityOn(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        return null;
    }
}
