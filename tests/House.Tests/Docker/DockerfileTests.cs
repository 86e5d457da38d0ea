using System.Text.RegularExpressions;

namespace OrleansGov.House.Tests.Docker;

/// <summary>What a reviewer would look for in an image's recipe (after hadolint and Docker's own advice); there is no engine here that could build it.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.File("docker"), "*Dockerfile").Select(f => Path.GetFileName(f))];

    [Theory, MemberData(nameof(Files))]
    public void BaseImages_ArePinnedToAPatchVersion(string file)
    {
        var stages = new List<string>();
        foreach (var from in Instructions(file).Where(i => i.Name == "FROM"))
        {
            var parts = from.Words.Split(' ');
            Assert.True(stages.Contains(parts[0]) || Pinned().IsMatch(parts[0]), from.Words);
            if (parts is [_, "AS", var stage]) stages.Add(stage);
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void WhatRuns_IsNotRootAndCannotChangeItself(string file)
    {
        var office = Instructions(file).SkipWhile(i => !i.Words.EndsWith("AS office", StringComparison.Ordinal)).ToList();
        var user = office.FindLastIndex(i => i.Name == "USER");
        Assert.Matches(@"^(\$APP_UID|\d{3,})$", office[user].Words);
        Assert.All(office.Where(i => i.Name == "COPY"), copy => Assert.Contains("--chown=root:root", copy.Words, StringComparison.Ordinal));
        Assert.DoesNotContain(office.Skip(user), i => i.Name is "RUN" or "COPY");
    }

    [Theory, MemberData(nameof(Files))]
    public void Processes_StartWithoutAShellAndTellTheirHealth(string file)
    {
        var all = Instructions(file);
        Assert.All(all.Where(i => i.Name is "ENTRYPOINT" or "CMD"), i => Assert.Matches(@"^\["".*""\]$", i.Words));
        Assert.Matches(@"CMD \["".*""\]$", Assert.Single(all, i => i.Name == "HEALTHCHECK").Words);
        Assert.Single(all, i => i.Name == "ENTRYPOINT");
        Assert.Equal("SIGTERM", Assert.Single(all, i => i.Name == "STOPSIGNAL").Words);
    }

    [Theory, MemberData(nameof(Files))]
    public void Layers_HoldNoSecretNothingFetchedAndNoPackageLists(string file)
    {
        foreach (var (name, words) in Instructions(file))
        {
            Assert.False(name == "ADD", words); // COPY says what it does
            Assert.False(name is "ENV" or "ARG" && SecretName().IsMatch(words), words);
            Assert.DoesNotMatch(@"curl|wget|https?://(?!\+)", name == "ENV" ? "" : words);
            if (words.Contains("apt-get install", StringComparison.Ordinal)) Assert.Matches(@"--no-install-recommends.*rm -rf /var/lib/apt/lists", words);
            if (name == "WORKDIR") Assert.StartsWith("/", words, StringComparison.Ordinal);
        }

        var ignored = File.ReadAllLines(Repository.File(".dockerignore"));
        Assert.All([".git", "artifacts", "data", "docker"], folder => Assert.Contains(folder, ignored)); // docker/secrets is in there
    }

    /// <summary>Instructions with continued lines joined, comments left out.</summary>
    internal static List<(string Name, string Words)> Instructions(string file) => [.. File.ReadAllText(Repository.File("docker", file)).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        .Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ', 2)).Select(parts => (parts[0], Spaces().Replace(parts[1].Trim(), " ")))];

    [GeneratedRegex(@"^[a-z0-9./-]+:\d+\.\d+\.\d+(-[a-z0-9.]+)?$")]
    private static partial Regex Pinned();

    [GeneratedRegex("(?i)(secret|token|password|passwd|api_?key|pseudonymkey|connectionstring)")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
