using System.Collections.Concurrent;
using OrleansGov.Packs;

namespace OrleansGov.Grains;

/// <summary>
/// A node's copy of every town's procedures. Published versions never change, so they are read once and kept; what is current is asked of
/// the catalog every few seconds, by one caller at a time, while the others go on with what they have.
/// </summary>
public sealed class OfficeShelf(IGrainFactory grains, TownRegister towns, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, Shelf> _shelves = new();

    private sealed record Shelf(Office Office, int Change, DateTimeOffset At)
    {
        public int Refreshing;
    }

    /// <summary>The office of a town, with the versions that a talk's runs and cases are pinned to.</summary>
    public async ValueTask<Office> For(string town, Conversation talk)
    {
        var office = await Current(town);
        var missing = Missing(office, talk);
        return missing.Count == 0 ? office : await Pin(town, office, missing);
    }

    /// <summary>Forgets what is current, so that the next turn asks the catalog (used after publishing on this node).</summary>
    public void Refresh(string town)
    {
        if (_shelves.TryGetValue(town, out var shelf)) _shelves[town] = shelf with { At = DateTimeOffset.MinValue };
    }

    private async ValueTask<Office> Current(string town)
    {
        if (_shelves.TryGetValue(town, out var shelf))
        {
            if (clock.GetUtcNow() - shelf.At < Fresh || Interlocked.Exchange(ref shelf.Refreshing, 1) == 1) return shelf.Office;
        }

        try
        {
            return (await Load(town, shelf)).Office;
        }
        finally
        {
            if (shelf is not null) shelf.Refreshing = 0;
        }
    }

    private async Task<Shelf> Load(string town, Shelf? before)
    {
        var head = await grains.GetGrain<IProcedureCatalogGrain>(CatalogKey.For(town)).Head();
        if (before is not null && before.Change == head.Change) return _shelves[town] = before with { At = clock.GetUtcNow(), Refreshing = 0 };
        var published = ImmutableDictionary.CreateBuilder<string, Procedure>();
        foreach (var version in head.Current)
        {
            published[version.Id] = before?.Office.Version(version.Id, version.Version)
                ?? await Read(town, version.Id, version.Version)
                ?? throw new InvalidOperationException($"Catalog of '{town}' lists '{version.Id}' v{version.Version} but has no files of it.");
        }

        var pinned = before?.Office.Pinned ?? ImmutableDictionary<(string, int), Procedure>.Empty;
        if (before is not null)
            foreach (var old in before.Office.Published.Values) pinned = pinned.SetItem((old.Id, old.Version), old);
        var office = new Office(towns.Towns[town], published.ToImmutable()) { Pinned = pinned, PersonalDetailsInTalk = towns.PersonalDetailsInTalk };
        return _shelves[town] = new Shelf(office, head.Change, clock.GetUtcNow());
    }

    private async Task<Office> Pin(string town, Office office, List<(string Id, int Version)> missing)
    {
        foreach (var (id, version) in missing)
            if (await Read(town, id, version) is { } procedure) office = office with { Pinned = office.Pinned.SetItem((id, version), procedure) };
        if (_shelves.TryGetValue(town, out var shelf))
            _shelves[town] = shelf with { Office = shelf.Office with { Pinned = shelf.Office.Pinned.SetItems(office.Pinned) } };
        return office;
    }

    private async Task<Procedure?> Read(string town, string id, int version)
    {
        if (await grains.GetGrain<IPackVersionGrain>(PackVersionKey.For(town, id, version)).Read() is not { } files) return null;
        // What was published once was valid once: a reader that has become stricter must not strand cases in progress.
        return PackReader.Read(files.Id, files.Texts, new PackRules { PersonalDetailsInTalk = true }).Procedure is { } procedure ? procedure with { Version = version } : null;
    }

    private static List<(string, int)> Missing(Office office, Conversation talk)
    {
        var missing = new List<(string, int)>();
        if (talk.Active is { } active) Need(active.ProcedureId, active.Version);
        foreach (var run in talk.Suspended) Need(run.ProcedureId, run.Version);
        foreach (var open in talk.Cases) // those that may still be changed
            if (open.Status is "accepted" or "changed") Need(open.ProcedureId, open.Version);
        return missing;

        void Need(string id, int version)
        {
            if (office.Version(id, version) is null && !missing.Contains((id, version))) missing.Add((id, version));
        }
    }
}
