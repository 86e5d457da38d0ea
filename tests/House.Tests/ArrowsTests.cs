using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OrleansGov.House.Tests;

/// <summary>The arrows of docs/architecture.md: what each project may reference is exactly what its project file says, and the promises that go with it hold.</summary>
public sealed partial class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Procedures"] = [],
        ["Packs"] = ["Procedures"],
        ["Contracts"] = ["Procedures"],
        ["Line"] = ["Procedures"],
        ["LocalLine"] = ["Line"],
        ["Records"] = ["Contracts", "Procedures"],
        ["Gateways"] = ["Procedures"],
        ["Grains"] = ["Contracts", "Gateways", "Line", "Packs", "Procedures", "Records"],
        ["Silo"] = ["Grains"],
        ["Api"] = ["Contracts", "Gateways", "Line", "LocalLine", "Packs", "Records", "Silo"],
    };

    public static TheoryData<string> Projects => [.. Arrows.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void References_OfEachProject_AreExactlyTheDrawnOnes(string project)
    {
        var references = XDocument.Load(Repository.File("src", project, $"{project}.csproj")).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)).Order();
        Assert.Equal(Arrows[project].Order(), references);
    }

    [Fact]
    public void Source_HasNoProjectBesideTheDrawnOnes() =>
        Assert.Equal(Arrows.Keys.Order(), Directory.GetDirectories(Repository.File("src")).Select(d => Path.GetFileName(d)!).Order());

    [Fact]
    public void Procedures_UseOfOrleans_IsItsSerializationAttributesOnly()
    {
        var names = Sources("Procedures").SelectMany(s => OrleansNames().Matches(s.Text).Select(m => $"{s.Name}: {m.Value}"));
        Assert.Empty(names);
    }

    [Fact]
    public void Procedures_SeeNoClockFileOrSocket()
    {
        string[] forbidden = ["DateTimeOffset.UtcNow", "DateTimeOffset.Now", "DateTime.Now", "DateTime.UtcNow", "TimeProvider", "System.IO", "File.", "HttpClient", "Socket", "Random.", "Guid.NewGuid"];
        var found = from s in Sources("Procedures") from f in forbidden where s.Text.Contains(f, StringComparison.Ordinal) select $"{s.Name}: {f}";
        Assert.Empty(found);
    }

    [Fact]
    public void OnlyProgram_OfTheDoor_KnowsSiloAndLocalLine()
    {
        var found = from s in Sources("Api")
                    where !s.Name.EndsWith("Program.cs", StringComparison.Ordinal) && !s.Name.Contains("/Hosting/", StringComparison.Ordinal)
                    where s.Text.Contains("OrleansGov.Silo", StringComparison.Ordinal) || s.Text.Contains("OrleansGov.LocalLine", StringComparison.Ordinal)
                    select s.Name;
        Assert.Empty(found);
    }

    [Fact]
    public void ProductCode_NeverMentionsCompatNorCompilesByCondition()
    {
        var found = from project in Arrows.Keys from s in Sources(project) where s.Text.Contains("#if ", StringComparison.Ordinal) || Compat().IsMatch(s.Text) select s.Name;
        Assert.Empty(found);
    }

    [Fact]
    public void Folders_AreNamedAfterFeatures_NotAfterKindsOfCode()
    {
        string[] refused = ["Common", "Helpers", "Services", "Models", "Utils"];
        var found = Directory.GetDirectories(Repository.File("src"), "*", SearchOption.AllDirectories).Where(d => refused.Contains(Path.GetFileName(d)));
        Assert.Empty(found);
    }

    private static IEnumerable<(string Name, string Text)> Sources(string project) =>
        from file in Directory.EnumerateFiles(Repository.File("src", project), "*.cs", SearchOption.AllDirectories)
        select (Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), File.ReadAllText(file));

    // any Orleans name that is not one of the serialization attributes, which are written without their namespace
    [GeneratedRegex(@"Orleans\.[A-Z]\w+|\b(Grain|IGrain|IGrainWithStringKey|IPersistentState|IGrainFactory)\b")]
    private static partial Regex OrleansNames();

    [GeneratedRegex(@"\bcompat\b", RegexOptions.IgnoreCase)]
    private static partial Regex Compat();
}
