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

    [Fact]
    public void Read_AMenuOfSeven_IsTooMuch()
    {
        var entries = string.Concat(Enumerable.Repeat("  - {label: はじめる, words: 見本}\n", 7));
        var reading = TownReader.Read("sample.yaml", Town.Replace("  - {label: はじめる, words: 見本, icon: 🏠}\n", entries, StringComparison.Ordinal));
        Assert.Equal(6, Assert.Single(reading.Problems).Line);
    }
}
