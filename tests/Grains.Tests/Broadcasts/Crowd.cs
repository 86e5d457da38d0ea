using OrleansGov.Line;
using OrleansGov.Records;
using Orleans.Runtime;

namespace OrleansGov.Grains.Tests.Broadcasts;

/// <summary>Many residents who follow the channel and have said nothing yet, written where a follow would have left them; and the broadcasts to them.</summary>
internal sealed class Crowd(TownOffice office)
{
    private int _seq = 1;

    public ImmutableList<string> Users { get; private set; } = [];

    public static async Task<Crowd> Gather(TownOffice office, int many)
    {
        var crowd = new Crowd(office);
        await crowd.Join([.. Enumerable.Range(1, many).Select(i => $"U{i}")]);
        return crowd;
    }

    public async Task Join(params string[] users)
    {
        Users = Users.AddRange(users);
        await Task.WhenAll(users.Select(user => office.Storage.WriteStateAsync("resident", GrainId.Create("resident", KeyOf(user)), new GrainState<ResidentState>(new ResidentState { LineUserId = user }))));
        await office.Records.AppendAsync([.. users.Select(user => Said(user, "followed"))]);
    }

    public Task Blocks(string user) => office.Records.AppendAsync([Said(user, "unfollowed")]);

    public Broadcast Broadcast(string id) => new(office, this, id);

    public static string KeyOf(string user) => ResidentKey.For(TownOffice.Channel, user, TownOffice.PseudonymKey);

    private Fact Said(string user, string what) => new(KeyOf(user), ++_seq, office.Time.GetUtcNow(), new FactBody.Heard(TownOffice.TownId, TownOffice.Channel, what, null, null));
}

/// <summary>One broadcast, its words naming it.</summary>
internal sealed class Broadcast(TownOffice office, Crowd crowd, string id)
{
    public string Words { get; } = $"お知らせ {id} です。";
    public string Key { get; } = BroadcastKey.For(TownOffice.TownId, id);
    public IBroadcastGrain Grain => office.Grains.GetGrain<IBroadcastGrain>(Key);

    /// <summary>As it lies on disk.</summary>
    public async Task<BroadcastState> Stored()
    {
        var state = new GrainState<BroadcastState>(new BroadcastState());
        await office.Storage.ReadStateAsync("broadcast", GrainId.Create("broadcast", Key), state);
        return state.State!;
    }

    public async Task<Broadcast> Started()
    {
        await Grain.Draft(new BroadcastDraft(TownOffice.Channel, null, Words, "test", office.Time.GetUtcNow()));
        Assert.Equal(BroadcastVerdict.Done, (await Grain.Start(1, "test")).Verdict);
        return this;
    }

    /// <summary>Plays the sweeper until the broadcast is over, or as far as is asked for. What fails on the way fails as in a silo: it is woken again.</summary>
    /// <param name="passing">Time that passes between two looks: calls that keep below LINE's limits wait for it.</param>
    public async Task<BroadcastState> Ends(Func<BroadcastState, bool>? until = null, TimeSpan passing = default)
    {
        until ??= s => BroadcastLifecycle.IsOver(s.Stage) && s.TornUp;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        BroadcastState stored;
        while (!until(stored = await Stored()))
        {
            try
            {
                await Grain.Wake();
            }
            catch (Exception e) when (e is GrainStorageException or InvalidOperationException or OrleansException)
            {
                // the next activation reads what is stored
            }

            if (stored.WaitsUntil is { } at && at > office.Time.GetUtcNow()) office.Time.Advance(at - office.Time.GetUtcNow());
            if (passing > TimeSpan.Zero) office.Time.Advance(passing);
            await Task.Delay(2, patience.Token);
        }

        return stored;
    }

    /// <summary>Nobody has it twice; who has it not.</summary>
    public ImmutableList<string> Missing()
    {
        var read = crowd.Users.Select(user => (User: user, Times: office.Line.ScreenOf(user).Count(c => c.Words == Words))).ToList();
        Assert.All(read, r => Assert.True(r.Times <= 1, $"{r.User} has '{Words}' {r.Times} times"));
        return [.. read.Where(r => r.Times == 0).Select(r => r.User)];
    }
}
