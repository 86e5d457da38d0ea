using OrleansGov.Packs.Towns;

namespace OrleansGov.Packs.Tests;

public sealed class TownTests
{
    private const string Town = """
        id: sample
        name: 見本町
        phone: 000-000-0000
        departments:
          - {id: general, name: 総務課}
        menu:
          - {label: はじめる, words: 見本, icon: 🏠}
        closed-days: [2026-08-13..2026-08-14]
        packs: [sample]
        phrases:
          back: もどる
          item-refused: "{item}は出せません。{reason}"
        """;

    [Fact]
    public void Read_ATown_KeepsWhatTheFileSays()
    {
        var reading = TownReader.Read("sample.yaml", Town);
        Assert.Empty(reading.Problems);
        var town = reading.Town!;
        Assert.Equal(("見本町", "000-000-0000", "総務課", "見本"), (town.Name, town.Phone, town.Departments[0].Name, town.Menu[0].Words));
        Assert.Equal([new DateOnly(2026, 8, 13), new DateOnly(2026, 8, 14)], town.ClosedDays.Order());
        Assert.Equal(("もどる", "{item}は出せません。{reason}"), (town.Phrases.Back, town.Phrases.ItemRefused));
        Assert.Equal(Phrases.Default.Quit, town.Phrases.Quit);
        Assert.Equal("戻る", Phrases.Default.Back);
    }

    [Theory]
    [InlineData("name: 見本町", "nmae: 見本町", "もしかして「name」")]
    [InlineData("id: sample", "id: other", "ファイルの名前")]
    [InlineData("  back: もどる", "  bcak: もどる", "もしかして「back」")]
    [InlineData("  back: もどる", "  back: \"{name}へもどる\"", "{name}")]
    [InlineData("  back: もどる", "  back: {ja: もどる}", "1つの文")]
    [InlineData("  item-refused: \"{item}は出せません。{reason}\"", "  item-refused: 出せません。", "{item}")]
    [InlineData("  - {id: general, name: 総務課}", "  - {id: general}", "「name」がありません")]
    [InlineData("  - {label: はじめる, words: 見本, icon: 🏠}", "  - {label: はじめる}", "「words」がありません")]
    [InlineData("closed-days: [2026-08-13..2026-08-14]", "closed-days: [お盆]", "日付")]
    [InlineData("packs: [sample]", "packs: [../sample]", "使えない形")]
    public void Read_WhenSomethingIsWrong_NamesTheLine(string old, string now, string words)
    {
        var at = Town.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0);
        var reading = TownReader.Read("sample.yaml", Town.Remove(at, old.Length).Insert(at, now));
        Assert.Null(reading.Town);
        var line = 1 + Town.AsSpan(0, at).Count('\n');
        Assert.Contains(reading.Problems, p => p.Line == line && (p.Message + p.Fix).Contains(words, StringComparison.Ordinal));
    }

    private const string Desks = """
        id: sample
        name: 見本町
        phone: 000-000-0000
        hours:
          weekdays: "9:00-12:00, 13:00-17:00"
          days: {2026-11-22: "9:00-12:00", 2026-11-24: closed}
        desk: {max-wait-minutes: 45, callback-days: 5}
        departments:
          - {id: general, name: 総務課}
          - id: library
            name: 図書館
            hours: {tuesday: "10:00-20:00", saturday: "9:00-17:00"}
            desk: {officers-may-steal: true}
          - {id: water, name: 水道課, takeover: false}
        closed-days: [2026-11-25]
        """;

    [Fact]
    public void Read_DesksOfATown_HoldForEveryDepartmentUntilItSaysOtherwise()
    {
        var reading = TownReader.Read("sample.yaml", Desks);
        Assert.Empty(reading.Problems);
        var (general, library, water) = (reading.Town!.Departments[0], reading.Town.Departments[1], reading.Town.Departments[2]);
        Assert.True(general.TakesOver);
        Assert.False(water.TakesOver);
        Assert.Equal((TimeSpan.FromMinutes(45), 5, false), (general.Desk.MaxWait, general.Desk.CallbackDays, general.Desk.OfficersMaySteal));
        Assert.Equal((TimeSpan.FromMinutes(45), 5, true), (library.Desk.MaxWait, library.Desk.CallbackDays, library.Desk.OfficersMaySteal));
        Assert.Equal((false, true, true, false, false), (Open(general, 26, 12), Open(general, 26, 13), Open(general, 22, 9), Open(general, 24, 10), Open(general, 25, 10)));
        Assert.Equal((true, false), (Open(library, 28, 9), Open(library, 26, 10))); // its own week

        static bool Open(Department department, int day, int hour) => department.Hours.IsOpen(new DateTimeOffset(2026, 11, day, hour, 0, 0, OrleansGov.Procedures.Town.Offset));
    }

    [Theory]
    [InlineData("weekdays: \"9:00-12:00, 13:00-17:00\"", "weekdays: \"13:00-17:00, 9:00-12:00\"", "受付時間として読めません")]
    [InlineData("weekdays: \"9:00-12:00, 13:00-17:00\"", "weekdays: \"9時から\"", "受付時間として読めません")]
    [InlineData("2026-11-24: closed", "11月24日: closed", "日付として読めません")]
    [InlineData("max-wait-minutes: 45", "max-wait-minutes: 0", "1から1440")]
    [InlineData("takeover: false", "takeover: いいえ", "true")]
    [InlineData("callback-days: 5", "calback-days: 5", "もしかして「callback-days」")]
    public void Read_WhenADeskIsWrong_SaysWhat(string old, string now, string words)
    {
        Assert.Contains(old, Desks, StringComparison.Ordinal);
        var reading = TownReader.Read("sample.yaml", Desks.Replace(old, now, StringComparison.Ordinal));
        Assert.Null(reading.Town);
        Assert.Contains(reading.Problems, p => p.Line > 0 && (p.Message + p.Fix).Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_AMenuOfSeven_IsTooMuch()
    {
        var entries = string.Concat(Enumerable.Repeat("  - {label: はじめる, words: 見本}\n", 7));
        var reading = TownReader.Read("sample.yaml", Town.Replace("  - {label: はじめる, words: 見本, icon: 🏠}\n", entries, StringComparison.Ordinal));
        Assert.Equal(6, Assert.Single(reading.Problems).Line);
    }
}
