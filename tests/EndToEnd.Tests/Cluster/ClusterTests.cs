using System.Globalization;
using OrleansGov.Residents;
using OrleansGov.Residents.Broadcasts;

namespace OrleansGov.EndToEnd.Tests.Cluster;

/// <summary>The product as a cluster: real processes, a real PostgreSQL. What takes more than one node needs the real engine.</summary>
public sealed class ClusterTests
{
    [Theory]
    [InlineData("GroupCommit")]
    [InlineData("AdoNet")]
    public async Task Bookings_OnOneNode_StandInTheDatabase(string hotStorage)
    {
        using var limit = Limit();
        await using var office = await ClusterOffice.OpenAsync(hotStorage);
        office.World.CallOffice((await office.StartNodeAsync()).Url);

        var bookings = await office.BookAsync(12, cancel: limit.Token);

        await office.AuditAsync(bookings);
        Assert.Equal(0, (await office.Nodes[0].Stop()).ExitCode);
    }

    [Fact]
    public async Task Bookings_WhileANodeIsKilled_GoOnWithTheOthers()
    {
        Assert.SkipWhen(ClusterOffice.OneProcessOnly is not null, ClusterOffice.OneProcessOnly ?? "");
        using var limit = Limit();
        await using var office = await ClusterOffice.OpenAsync();
        var stays = await office.StartNodeAsync();
        var goes = await office.StartNodeAsync(front: stays.Url); // the forms of both lie behind one address
        office.World.CallOffices([stays.Url, goes.Url]);
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var booking = office.BookAsync(32, turns => { if (turns == 120) half.TrySetResult(); }, limit.Token);
        await half.Task.WaitAsync(limit.Token);
        await office.KillAsync(goes);
        office.World.CallOffice(stays.Url); // as a load balancer does that sees the node is not ready
        var bookings = await booking;

        await office.AuditAsync(bookings);
        var slowest = bookings.SelectMany(b => b.Turns).Max(t => t.Answered);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[measured] kill -9 of one of two nodes in {bookings.Sum(b => b.Turns.Count)} turns: 0 lost, 0 booked twice, the longest wait {slowest?.TotalSeconds:0.0} s"));
    }

    [Fact]
    public async Task Bookings_WhileANodeStops_AreAllAnswered()
    {
        Assert.SkipWhen(ClusterOffice.OneProcessOnly is not null, ClusterOffice.OneProcessOnly ?? "");
        using var limit = Limit();
        await using var office = await ClusterOffice.OpenAsync();
        var stays = await office.StartNodeAsync();
        var goes = await office.StartNodeAsync(front: stays.Url); // the forms of both lie behind one address
        office.World.CallOffices([stays.Url, goes.Url]);
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var booking = office.BookAsync(32, turns => { if (turns == 120) half.TrySetResult(); }, limit.Token);
        await half.Task.WaitAsync(limit.Token);
        office.World.CallOffice(stays.Url);
        Assert.Equal(0, (await goes.Stop()).ExitCode);

        await office.AuditAsync(await booking);
    }

    [Fact]
    public async Task Bookings_ThroughAFrontEndWithoutGrains_AreMadeByTheSilo()
    {
        Assert.SkipWhen(ClusterOffice.OneProcessOnly is not null, ClusterOffice.OneProcessOnly ?? "");
        using var limit = Limit();
        await using var office = await ClusterOffice.OpenAsync();
        var starting = office.StartNodeAsync("Web"); // waits for a silo
        var web = office.Nodes[0];
        var silo = await office.StartNodeAsync("Silo", web.Url);
        await starting;
        office.World.CallOffice(web.Url);

        var bookings = await office.BookAsync(8, cancel: limit.Token);

        await office.AuditAsync(bookings);
        using var http = new HttpClient();
        Assert.True((await http.GetAsync(new Uri(silo.Url, "/health/ready"), limit.Token)).IsSuccessStatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(new Uri(silo.Url, "/swagger"), limit.Token)).StatusCode);
    }

    [Fact]
    public async Task Broadcast_WhileItsNodeIsKilled_IsReadOnceByEverybodyWhoFollows()
    {
        Assert.SkipWhen(ClusterOffice.OneProcessOnly is not null, ClusterOffice.OneProcessOnly ?? "");
        using var limit = Limit();
        await using var office = await ClusterOffice.OpenAsync(settings: BroadcastDesk.Settings);
        var (stays, goes) = (await office.StartNodeAsync(), await office.StartNodeAsync());
        office.World.CallOffice(stays.Url);
        var platform = office.World.Platform;
        var phones = Enumerable.Range(0, 12).Select(_ => platform.AddResident(office.World.Channel)).ToList();
        foreach (var phone in phones) await platform.WaitForBotMessage(phone, 0, limit.Token);
        using var desk = new BroadcastDesk(stays.Url);
        using var other = new BroadcastDesk(goes.Url);
        await Until(async () => await desk.Count(office.World.Channel.Settings.Name, limit.Token) == phones.Count, limit.Token);

        var id = await other.Start(office.World.Channel.Settings.Name, "断水のお知らせです。", limit.Token);
        await office.KillAsync(goes);
        await Until(async () => (await desk.Look(id, limit.Token)).IsOver, limit.Token);

        Assert.Equal(new BroadcastLook("done", phones.Count, phones.Count, 0, 0, 0), await desk.Look(id, limit.Token));
        Assert.All(phones, phone => Assert.Single(platform.Screen(phone).Messages, m => m.FromBot && m.Text == "断水のお知らせです。"));
    }

    // The office is other processes: there is nothing to wait on but what it does. While grains move from a dead node it says 503.
    private static async Task Until(Func<Task<bool>> reached, CancellationToken cancel)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await Reached()) await again.WaitForNextTickAsync(cancel);

        async Task<bool> Reached()
        {
            try
            {
                return await reached();
            }
            catch (InvalidOperationException e) when (e.Message.Contains(": 503 ", StringComparison.Ordinal))
            {
                return false;
            }
        }
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(150));
        return limit;
    }
}
