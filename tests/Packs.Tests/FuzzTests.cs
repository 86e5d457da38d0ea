using FsCheck;
using FsCheck.Fluent;
using OrleansGov.Packs.Towns;

namespace OrleansGov.Packs.Tests;

/// <summary>A pack may come from anybody: whatever its files hold, reading ends with problems, never with an exception.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Pieces =
    [
        "", ":", "- ", "{", "}", "[", "]", "\"", "'", "&a ", "*a", "!!binary ", "|-\n", ">", "\t", "　", "：", "#", "---\n", "...\n", "%YAML 1.2\n", "? ", "<<: ", ",", ";", "\n", "\r", "\0", "\uFEFF", "\uD800",
        "null", "~", "true", "99999999999", "-1", "1e9", ".nan", "2026-02-30", "あ", "😀", "when: kind == \"a\"", "kind: secret", "fields:", "  - id: x", "options: {}", "steps: x", "@now x", "> (フォーム =)", "<[", "×",
    ];

    private static Gen<string> Mutated(string text) =>
        from edits in Gen.ListOf(
            from at in Gen.Choose(0, Math.Max(0, text.Length - 1))
            from cut in Gen.Choose(0, 12)
            from piece in Gen.Elements(Pieces)
            select (At: at, Cut: cut, Piece: piece), 4)
        select edits.Aggregate(text, (t, e) =>
        {
            var at = Math.Min(e.At, t.Length);
            return t.Remove(at, Math.Min(e.Cut, t.Length - at)).Insert(at, e.Piece);
        });

    [Theory]
    [InlineData("procedure.yaml")]
    [InlineData("fees.csv")]
    [InlineData("addresses.csv")]
    [InlineData("calendar.yaml")]
    [InlineData("talks/a.talk")]
    public void Read_AMutatedFile_NeverThrows(string file) =>
        Prop.ForAll(Mutated(SmallPack.Texts[file]).ToArbitrary(), text =>
        {
            var reading = SmallPack.Read(SmallPack.Texts.SetItem(file, text));
            return (reading.Procedure is null) == (reading.Problems.Count > 0)
                && reading.Problems.TrueForAll(p => p.Message.Length > 0 && p.Fix.Length > 0 && p.Line >= 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Read_AMutatedTown_NeverThrows()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "packs", "towns", "minatodai.yaml"));
        Prop.ForAll(Mutated(text).ToArbitrary(), t =>
        {
            var reading = TownReader.Read("minatodai.yaml", t);
            return (reading.Town is null) == (reading.Problems.Count > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public void Read_AnyText_NeverThrows() =>
        Prop.ForAll<string, string, string>((yaml, csv, talk) =>
        {
            var texts = SmallPack.Texts.SetItem("procedure.yaml", yaml ?? "").SetItem("fees.csv", csv ?? "").SetItem("talks/a.talk", talk ?? "");
            return SmallPack.Read(texts).Procedure is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('-')]
    [InlineData('"')]
    [InlineData('?')]
    public void Read_AMegabyteOfOneLetter_EndsSoon(char letter)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        SmallPack.Read(SmallPack.Texts.SetItem("procedure.yaml", new string(letter, 1_000_000)).SetItem("fees.csv", new string(letter, 500_000)));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }
}
