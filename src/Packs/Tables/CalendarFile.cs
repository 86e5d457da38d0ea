using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs.Tables;

/// <summary>The days that can be booked (<c>calendar.yaml</c>).</summary>
internal static class CalendarFile
{
    public const string Name = "calendar.yaml";

    private static readonly ImmutableDictionary<string, DayOfWeek> Weekdays =
        "日月火水木金土".Select((name, i) => (Name: name.ToString(), Day: (DayOfWeek)i)).ToImmutableDictionary(d => d.Name, d => d.Day);

    public static SlotCalendar? Read(string text, FileProblems problems)
    {
        if (YamlText.Parse(text, problems) is not { } map) return null;
        var section = new Section(map, problems, []);
        var resource = section.NeedId("resource", "予約の種類の名前を半角で書いてください。例: resource: bulky-waste");
        var cutOff = section.NeedInteger("cut-off-business-days", 0, 60);
        var horizon = section.NeedInteger("horizon-days", 1, 400);
        section.Need("closed-on-holidays", "祝日に受けないなら true、受けるなら false と書いてください。");
        var holidays = section.Flag("closed-on-holidays");
        var closed = Days.Read(section, "closed-days");
        var districts = section.Maps("districts");
        if (districts.Count == 0) problems.At(section.LineOf("districts"), "「districts」（地区）が1つもありません。", "「districts:」の下に「- id: …」を書いてください。");
        var read = districts.Select(District).OfType<District>().ToImmutableList();
        foreach (var twin in read.GroupBy(d => d.Id).Where(g => g.Count() > 1))
            problems.At(section.LineOf("districts"), $"地区の id「{twin.Key}」が2回使われています。", "地区ごとに違う id にしてください。");
        section.End();
        return resource is null || cutOff is null || horizon is null || holidays is null || read.Count == 0 ? null
            : new SlotCalendar(resource, cutOff.Value, horizon.Value, read, closed, holidays.Value);
    }

    private static District? District(Section section)
    {
        var id = section.NeedId("id", "地区の名前を半角で書いてください。例: id: north");
        var name = section.NeedWording("name", "地区の呼び名を書いてください。例: name: 北部地区", 40);
        var weekdays = ImmutableList.CreateBuilder<DayOfWeek>();
        foreach (var (text, line) in section.Texts("weekdays"))
        {
            if (!Weekdays.TryGetValue(text, out var day)) section.Problems.At(line, $"「{text}」は曜日ではありません。", "日、月、火、水、木、金、土 の1文字で書いてください。");
            else if (weekdays.Contains(day)) section.Problems.At(line, $"「{text}」が2回書かれています。", "1つにしてください。");
            else weekdays.Add(day);
        }
        if (weekdays.Count == 0) section.Problems.At(section.LineOf("weekdays"), "「weekdays」（曜日）が1つもありません。", "例: weekdays: [月, 木]");
        var capacity = section.NeedInteger("capacity", 1, 100_000);
        var exceptions = ImmutableDictionary.CreateBuilder<DateOnly, int>();
        foreach (var (key, line, value) in section.Entries("exceptions"))
        {
            if (Days.Day(key) is not { } day)
                section.Problems.At(line, $"「{key}」は日付として読めません。", "2026-12-24: 10 の形で、実際にある日を書いてください。");
            else if (section.AsInteger(value, key, 0, 100_000) is { } places)
                exceptions[day] = places;
        }
        section.End();
        return id is null || name is null || weekdays.Count == 0 || capacity is null ? null
            : new District(id, name, weekdays.ToImmutable(), capacity.Value) { Exceptions = exceptions.ToImmutable() };
    }
}
