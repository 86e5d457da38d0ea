using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime;
using OrleansGov.Line;
using OrleansGov.Packs;

namespace OrleansGov.Grains;

/// <summary>Which versions a town has published and which is current.</summary>
[GenerateSerializer, Alias("catalog-state")]
public sealed record CatalogState
{
    /// <summary>Rises with every change of what is current.</summary>
    [Id(0)] public int Change { get; init; }
    [Id(1)] public ImmutableList<PublishedVersion> All { get; init; } = [];

    /// <summary>Current version by procedure id.</summary>
    [Id(2)] public ImmutableSortedDictionary<string, int> Current { get; init; } = ImmutableSortedDictionary<string, int>.Empty;
}

/// <summary>A town's procedures. Publishing checks the whole pack and publishes nothing unless everything is right.</summary>
public sealed class ProcedureCatalogGrain(
    [PersistentState("procedure-catalog", StorageNames.Other)] IPersistentState<CatalogState> state,
    TownRegister towns,
    TimeProvider clock) : Grain, IProcedureCatalogGrain
{
    private string Town => this.GetPrimaryKeyString()["p:".Length..];

    public Task<CatalogHead> Head() => Task.FromResult(new CatalogHead(state.State.Change,
        [.. state.State.All.Where(v => state.State.Current.GetValueOrDefault(v.Id) == v.Version)], state.State.All));

    public Task<PackFiles?> Files(string id, int version) => VersionGrain(id, version).Read();

    public Task<ImmutableList<PackFault>> Validate(PackFiles pack) => Task.FromResult(PackCheck.Faults(pack, Rules, towns.Towns[Town]));

    public async Task<PublishResult> Publish(PackFiles pack, string by)
    {
        var faults = PackCheck.Faults(pack, Rules, towns.Towns[Town]);
        if (!faults.IsEmpty) return new(null, faults);
        var procedure = PackReader.Read(pack.Id, pack.Texts, Rules).Procedure!;
        var known = state.State.All.FindLast(v => v.Id == pack.Id && v.ContentHash == procedure.ContentHash);
        var version = known?.Version ?? state.State.All.Where(v => v.Id == pack.Id).Select(v => v.Version).DefaultIfEmpty(0).Max() + 1;
        if (known is null) await VersionGrain(pack.Id, version).Store(pack); // the files first: a version that is listed can be read
        if (known is not null && state.State.Current.GetValueOrDefault(pack.Id) == version) return new(version, []);
        await state.Write(state.State with
        {
            Change = state.State.Change + 1,
            All = known is null ? state.State.All.Add(new PublishedVersion(pack.Id, version, procedure.Title.Japanese, procedure.ContentHash, clock.GetUtcNow(), by)) : state.State.All,
            Current = state.State.Current.SetItem(pack.Id, version),
        }, this);
        return new(version, []);
    }

    public async Task<bool> MakeCurrent(string id, int version, string by)
    {
        if (!state.State.All.Exists(v => v.Id == id && v.Version == version)) return false;
        if (state.State.Current.GetValueOrDefault(id) == version) return true;
        await state.Write(state.State with { Change = state.State.Change + 1, Current = state.State.Current.SetItem(id, version) }, this);
        return true;
    }

    private PackRules Rules => new() { PersonalDetailsInTalk = towns.PersonalDetailsInTalk };

    private IPackVersionGrain VersionGrain(string id, int version) => GrainFactory.GetGrain<IPackVersionGrain>(PackVersionKey.For(Town, id, version));
}

/// <summary>The files of one version.</summary>
[GenerateSerializer, Alias("pack-version-state")]
public sealed record PackVersionState
{
    [Id(0)] public PackFiles? Files { get; init; }
}

public sealed class PackVersionGrain([PersistentState("pack-version", StorageNames.Other)] IPersistentState<PackVersionState> state) : Grain, IPackVersionGrain
{
    // A version number is listed only after this, so nothing listed is ever overwritten.
    public Task Store(PackFiles files) => state.Write(new PackVersionState { Files = files }, this);

    public Task<PackFiles?> Read() => Task.FromResult(state.State.Files);
}
