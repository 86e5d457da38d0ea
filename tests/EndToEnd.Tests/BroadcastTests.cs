using System.Globalization;
using OrleansGov.LocalLine.World;
using OrleansGov.Residents;
using OrleansGov.Residents.Broadcasts;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>A broadcast by the staff API from an office that is its own process.</summary>
public sealed class BroadcastTests
{
    /// <summary>kill -9 in the middle of freezing and of sending, LINE losing answers as well.</summary>
    [Fact]
    public async Task Broadcast_WhileTheOfficeIsKilledAgainAndAgain_ReachesEverybodyOnce()
    {
        const int many = 20_000;
        using var limit = Limit();
        using var town = new SmallTown(placesPerDay: 4);
        await using var line = await CountingLine.OpenAsync(many);
        (line.Takes, line.LosesEvery) = (TimeSpan.FromMilliseconds(100), 5);
        await using var office = Office(town, line.Settings);
        await office.Start();
        await office.Stop();
        Population.Write(town.Data, CountingLine.Channel, CountingLine.Channel, many);
        await office.Start();
        using var desk = new BroadcastDesk(office.Url);

        var id = await desk.Start(CountingLine.Channel, "断水のお知らせです。", limit.Token);
        await Restart(office); // somewhere in freezing
        foreach (var pages in (int[])[3, 14, 27])
        {
            await Until(() => Task.FromResult(line.Accepted >= pages), limit.Token);
            await Restart(office);
        }

        await Until(async () => (await desk.Look(id, limit.Token)).IsOver, limit.Token);
        var look = await desk.Look(id, limit.Token);
        await office.Stop();

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[measured] broadcast to {many} with 4 kills (kill -9): {line.Calls} calls, {line.Repeats} answered 409, {string.Join(", ", line.Received().Select(r => $"{r.Value} residents × {r.Key}"))}"));
        Assert.Equal(new BroadcastLook("done", many, many, 0, 0, 0), look);
        Assert.Equal(new Dictionary<int, int> { [1] = many }, line.Received());
    }

    /// <summary>With phones: who follows reads it once, who has blocked reads nothing, who joins later neither.</summary>
    [Fact]
    public async Task Broadcast_ToPhonesOfTheLocalLine_IsReadOnceByEverybodyWhoFollows()
    {
        using var limit = Limit();
        using var town = new SmallTown(placesPerDay: 4);
        await using var world = await LineWorld.OpenAsync();
        await using var office = Office(town, world.Settings);
        world.CallOffice(office.Url);
        await office.Start();
        using var desk = new BroadcastDesk(office.Url);
        var phones = new List<LocalResident>();
        for (var n = 0; n < 5; n++)
        {
            phones.Add(world.Platform.AddResident(world.Channel));
            await world.Platform.WaitForBotMessage(phones[n], 0, limit.Token);
        }

        await Until(async () => await desk.Count("minatodai", limit.Token) == 5, limit.Token);
        world.Platform.Block(phones[4]);
        await Until(async () => await desk.Count("minatodai", limit.Token) == 4, limit.Token);

        var id = await desk.Start("minatodai", "断水のお知らせです。", limit.Token);
        await Until(async () => (await desk.Look(id, limit.Token)).IsOver, limit.Token);
        var late = world.Platform.AddResident(world.Channel);
        await world.Platform.WaitForBotMessage(late, 0, limit.Token);

        Assert.Equal(new BroadcastLook("done", 4, 4, 0, 0, 0), await desk.Look(id, limit.Token));
        await Until(() => Task.FromResult(phones.Take(4).All(p => Read(world, p) == 1)), limit.Token);
        Assert.Equal((0, 0), (Read(world, phones[4]), Read(world, late)));
    }

    private static int Read(LineWorld world, LocalResident phone) => world.Platform.Screen(phone).Messages.Count(m => m.FromBot && m.Text == "断水のお知らせです。");

    private static OfficeProcess Office(SmallTown town, IReadOnlyDictionary<string, string> line) =>
        new(OfficeProcess.BuiltBesideThis(), town.Data, line.Concat(BroadcastDesk.Settings).Append(new("Packs__Directory", town.Packs)).ToDictionary());

    private static async Task Restart(OfficeProcess office)
    {
        await office.Kill();
        await office.Start();
    }

    // The office is another process: there is nothing to wait on but what it does.
    private static async Task Until(Func<Task<bool>> reached, CancellationToken cancel)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await reached()) await again.WaitForNextTickAsync(cancel);
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        return limit;
    }
}
