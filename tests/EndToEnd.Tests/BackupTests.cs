using System.Diagnostics;
using OrleansGov.Residents;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>A copy made while the office runs is an office: whoever was asked something is asked the same, and nobody else is lost.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Restore_OfACopyMadeInTheMiddleOfBookings_GoesOnAtTheSameQuestion()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        await using var drill = await Drill.OpenAsync(placesPerDay: 4);
        var asked = drill.Resident(100);
        await asked.Book(limit.Token, until: "いつ取りに行きますか");
        var copy = Path.Combine(Path.GetDirectoryName(drill.Town.Data)!, "copy");

        var others = drill.Book(new DrillSize(Kills: 0, Dialogues: 6, Residents: 3, Seed: 7, Limit: TimeSpan.FromSeconds(60)), limit.Token);
        await Task.WhenAny(drill.AfterTurns(12), others);
        Assert.Equal(0, await Backup(drill.Town.Data, copy, limit.Token));
        await others;
        await drill.Kill();

        await using var restored = new OfficeProcess(OfficeProcess.BuiltBesideThis(), copy, drill.World.Settings.Append(new("Packs__Directory", drill.Town.Packs)).ToDictionary());
        drill.World.CallOffice(restored.Url);
        await restored.Start();
        var booking = await asked.GoOn(limit.Token);

        Assert.Matches("^[A-Z0-9]+-[0-9]{5}$", booking.ReceiptNumber);
        var questions = drill.World.Platform.Screen(asked.Phone!).Messages.Where(m => m.FromBot && m.Text.Contains("何を捨てますか", StringComparison.Ordinal));
        Assert.Single(questions); // asked once, before the copy
        Assert.Equal(0, (await restored.Stop()).ExitCode);
    }

    [Fact]
    public async Task Backup_IntoAFolderThatHoldsSomething_ChangesNothing()
    {
        using var town = new SmallTown(placesPerDay: 1);
        Directory.CreateDirectory(town.Data);
        File.WriteAllText(Path.Combine(town.Data, "grains.db"), "");
        var target = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(town.Data)!, "copy"));
        File.WriteAllText(Path.Combine(target.FullName, "yesterday"), "x");

        Assert.Equal(1, await Backup(town.Data, target.FullName, TestContext.Current.CancellationToken));
        Assert.Equal(["yesterday"], target.GetFileSystemInfos().Select(f => f.Name));
    }

    private static async Task<int> Backup(string data, string target, CancellationToken cancel)
    {
        using var backup = Process.Start(new ProcessStartInfo("dotnet", [OfficeProcess.BuiltBesideThis(), "backup", target]) { Environment = { ["Data__Directory"] = data } })!;
        await backup.WaitForExitAsync(cancel);
        return backup.ExitCode;
    }
}
