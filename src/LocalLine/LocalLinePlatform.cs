using System.Collections.Concurrent;
using OrleansGov.LocalLine.Content;
using OrleansGov.LocalLine.Faults;
using OrleansGov.LocalLine.Http;
using OrleansGov.LocalLine.Journal;
using OrleansGov.LocalLine.Tokens;
using OrleansGov.LocalLine.Webhooks;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine;

/// <summary>
/// A LINE of our own, in memory: channels, residents with phones, and the ledgers LINE keeps. It is faithful where LINE is documented and says
/// "(own)" where LINE is silent. What residents do stands in <c>Doings/</c>; what the office calls, in <c>Messaging/</c>, <c>RichMenus/</c>, <c>Content/</c>,
/// <c>Tokens/</c>. One gate guards the whole world; nothing slow happens inside it.
/// </summary>
public sealed partial class LocalLinePlatform : IDisposable
{
    private readonly ConcurrentDictionary<string, LocalChannel> channels = new();
    private readonly ConcurrentDictionary<string, LocalResident> residents = new();
    private readonly Ring<JournalEntry> journal;
    private readonly Ring<Finding> findings;
    private readonly Watchers watchers = new();
    private readonly WebhookSender webhooks;
    private int invented;

    /// <summary>An empty world.</summary>
    /// <param name="options">Null = defaults.</param>
    /// <param name="clock">Null = the real time.</param>
    public LocalLinePlatform(LocalLineOptions? options = null, TimeProvider? clock = null)
    {
        Options = options ?? new LocalLineOptions();
        Clock = clock ?? TimeProvider.System;
        Mint = new IdMint(Options.Seed, Clock);
        Faults = new FaultList(Mint.Chance);
        Contents = new ContentShelf(Options.ContentLength);
        Tokens = new TokenOffice(Mint);
        journal = new Ring<JournalEntry>(Options.JournalLength);
        findings = new Ring<Finding>(Options.FindingsLength);
        webhooks = new WebhookSender(this, Options, Clock);
    }

    /// <summary>Channels, in the order of their names.</summary>
    public IReadOnlyList<LocalChannel> Channels => [.. channels.Values.OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Everybody with a phone, in no order.</summary>
    public IReadOnlyCollection<LocalResident> Residents => (IReadOnlyCollection<LocalResident>)residents.Values;

    /// <summary>Newest journal entries, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Journal => journal.Items;

    /// <summary>What LINE would accept but is wrong; a faithful office leaves this empty.</summary>
    public IReadOnlyList<Finding> Findings => findings.Items;

    /// <summary>Counts since the beginning.</summary>
    public Counters Counters { get; } = new();

    internal LocalLineOptions Options { get; }

    internal TimeProvider Clock { get; }

    internal Lock Gate { get; } = new();

    internal IdMint Mint { get; }

    internal FaultList Faults { get; }

    internal IdTokens IdTokens { get; } = new();

    internal RateLimiter Rates { get; } = new();

    internal ContentShelf Contents { get; }

    internal TokenOffice Tokens { get; }

    internal DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Opens a channel.</summary>
    /// <exception cref="InvalidOperationException">The name or the id is taken.</exception>
    public LocalChannel AddChannel(ChannelSettings settings)
    {
        var channel = new LocalChannel(settings);
        if (channels.Values.Any(c => c.Settings.ChannelId == settings.ChannelId) || !channels.TryAdd(settings.Name, channel))
            throw new InvalidOperationException($"There is already a channel named '{settings.Name}' or with id '{settings.ChannelId}'.");
        Tokens.Adopt(channel);
        return channel;
    }

    /// <summary>The channel of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public LocalChannel Channel(string name) => channels[name];

    /// <summary>The resident with this LINE user id, or null.</summary>
    public LocalResident? FindResident(string id) => residents.GetValueOrDefault(id);

    /// <summary>Orders a misbehaviour.</summary>
    public void Order(Fault fault) => Faults.Add(fault);

    /// <summary>Takes every order back.</summary>
    public void ClearFaults() => Faults.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        webhooks.Dispose();
        IdTokens.Dispose();
    }

    /// <summary>What <c>liff.getIDToken()</c> would give this resident's page.</summary>
    /// <param name="resident">Who opened the page.</param>
    /// <param name="nonce">As asked for at login, or null.</param>
    /// <param name="life">Null = one hour, as LINE's.</param>
    /// <param name="issuer">Null = LINE; anything else is a forgery that verifies otherwise.</param>
    /// <exception cref="InvalidOperationException">The channel has no <see cref="ChannelSettings.LoginChannelId"/>.</exception>
    public string IssueIdToken(LocalResident resident, string? nonce = null, TimeSpan? life = null, string? issuer = null) =>
        IdTokens.Issue(resident, nonce, life ?? TimeSpan.FromHours(1), issuer, Now);

    internal LocalChannel? ChannelById(string channelId) => channels.Values.FirstOrDefault(c => c.Settings.ChannelId == channelId);

    internal (System.Threading.Channels.ChannelReader<Change> Changes, IDisposable Leave) Watch() => watchers.Watch();

    internal void Note(
        string? channel, string direction, string method, string path, int status, string requestId, string? resident, string request, string response,
        string verdict, string note)
    {
        var at = Now;
        JournalEntry? entry = null;
        var seq = journal.Add(n => entry = new JournalEntry(n, at, channel, direction, method, path, status, requestId, resident, request, response, verdict, note));
        Options.Noted?.Invoke(entry!);
        watchers.Tell(new Change("journal", null, seq, 0, false));
    }

    internal void Find(string code, string? resident, string detail)
    {
        var at = Now;
        findings.Add(_ => new Finding(at, code, resident, detail));
        Counters.Add("finding." + code);
    }

    internal void ScreenChanged(LocalResident resident) =>
        watchers.Tell(new Change("screen", resident.Id, resident.Screen.LastSeq, resident.Unread, resident.LoadingUntil > Now));

    /// <summary>Runs world work later, under the gate; never after the world closed.</summary>
    internal void Later(TimeSpan delay, Action work) => _ = Task.Run(async () =>
    {
        await Task.Delay(delay, Clock);
        lock (Gate) work();
    });
}
