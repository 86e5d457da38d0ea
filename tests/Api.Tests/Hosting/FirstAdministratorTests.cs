using System.Diagnostics;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.Hosting;

/// <summary>The command that makes the first administrator, as an operator runs it.</summary>
public sealed class FirstAdministratorTests
{
    [Fact]
    public async Task Add_IsDoneOnce_ThoughRunTwice_AndWhileTheOfficeIsOpen()
    {
        var data = Directory.CreateTempSubdirectory("admin-").FullName;
        using var office = RecordsStore.Open(data);
        foreach (var expected in (string[])["is an administrator now", "was an administrator already"])
        {
            var (code, words) = await Run(data, "--subject", "sub-1", "--name", "佐藤 みなと", "--issuer", "https://login.example.jp/");
            Assert.True(code == 0, words);
            Assert.Contains(expected, words, StringComparison.Ordinal);
        }

        await using var read = office.Read();
        var person = (await read.FindSubjectAsync("https://login.example.jp", "sub-1", OfficeDoor.Cancel))!;
        Assert.Equal(("minatodai", "佐藤 みなと"), (person.Town, person.Name));
        Assert.Equal("admin", Assert.Single(await read.RolesAsync("minatodai", person.Id, OfficeDoor.Cancel)).Role);
        Assert.Equal(["role-given", "staff-added"], read.Audit.Select(a => a.Action).ToList().Order());
    }

    [Fact]
    public async Task Add_WithoutWhatItNeeds_SaysSoInOneLineEach()
    {
        var (code, words) = await Run(Path.GetTempPath());
        Assert.Equal(1, code);
        Assert.Contains("--subject:", words, StringComparison.Ordinal);
        Assert.Contains("SignIn__Authority:", words, StringComparison.Ordinal);
    }

    private static async Task<(int, string)> Run(string data, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "admin", "add", .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Data__Directory"] = data;
        using var process = Process.Start(start)!;
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(OfficeDoor.Cancel), process.StandardError.ReadToEndAsync(OfficeDoor.Cancel));
        await process.WaitForExitAsync(OfficeDoor.Cancel);
        return (process.ExitCode, await said + await failed);
    }
}
