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
        using var town = new SmallTown(placesPerDay: 4);
        await using var world = await LineWorld.OpenAsync();
        Dictionary<string, string> settings = new(world.Settings) { ["Packs__Directory"] = town.Packs };
        await using var office = new OfficeProcess(OfficeProcess.BuiltBesideThis(), town.Data, settings);
        world.CallOffice(office.Url);
        await office.Start();
        var copy = Path.Combine(Path.GetDirectoryName(town.Data)!, "copy");
        var asked = new VirtualResident(world, Errand.Number(0), TimeSpan.FromSeconds(5), seed: 0);
        await asked.Book(limit.Token, until: "いつ取りに行きますか");

        var (turns, busy) = (0, new TaskCompletionSource());
        var others = Enumerable.Range(1, 6).Select(n => new VirtualResident(world, Errand.Number(n), TimeSpan.FromSeconds(5), n) { Acting = Count }.Book(limit.Token)).ToList();
        await busy.Task.WaitAsync(limit.Token);
        Assert.Equal(0, await Backup(town.Data, copy, limit.Token));
        await Task.WhenAll(others);
        await office.Kill();

        await using var restored = new OfficeProcess(OfficeProcess.BuiltBesideThis(), copy, settings);
        world.CallOffice(restored.Url);
        await restored.Start();
        var booking = await asked.GoOn(limit.Token);

        Assert.Matches("^[A-Z0-9]+-[0-9]{5}$", booking.ReceiptNumber);
        var questions = world.Platform.Screen(asked.Phone!).Messages.Where(m => m.FromBot && m.Text.Contains("何を捨てますか", StringComparison.Ordinal));
        Assert.Single(questions); // asked once, before the copy
        Assert.Equal(0, (await restored.Stop()).ExitCode);

        void Count()
        {
            if (Interlocked.Increment(ref turns) == 12) busy.TrySetResult();
        }
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
