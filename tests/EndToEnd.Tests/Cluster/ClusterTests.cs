using System.Globalization;
using OrleansGov.Residents;

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

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(150));
        return limit;
    }
}
