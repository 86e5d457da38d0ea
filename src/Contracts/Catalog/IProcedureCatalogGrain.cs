namespace OrleansGov.Contracts;

/// <summary>A town's procedures: published versions (immutable) and what is current. Key: <c>p:{town}</c>.</summary>
[Alias("procedure-catalog")]
public interface IProcedureCatalogGrain : IGrainWithStringKey
{
    /// <summary>What is published now, and a number that rises with every change.</summary>
    [Alias("head")]
    Task<CatalogHead> Head();

    /// <summary>The files of one version; null when there is none.</summary>
    [Alias("files")]
    Task<PackFiles?> Files(string id, int version);

    /// <summary>Checks a pack as publishing would; publishes nothing.</summary>
    [Alias("validate")]
    Task<ImmutableList<PackFault>> Validate(PackFiles pack);

    /// <summary>Checks and publishes. The same content again is the version it already is.</summary>
    [Alias("publish")]
    Task<PublishResult> Publish(PackFiles pack, string by);

    /// <summary>Makes an older version current again (rollback).</summary>
    /// <returns>False when there is no such version.</returns>
    [Alias("make-current")]
    Task<bool> MakeCurrent(string id, int version, string by);
}

[GenerateSerializer, Immutable, Alias("catalog-head")]
public sealed record CatalogHead(int Change, ImmutableList<PublishedVersion> Current, ImmutableList<PublishedVersion> All);

[GenerateSerializer, Immutable, Alias("published-version")]
public sealed record PublishedVersion(string Id, int Version, string Title, string ContentHash, DateTimeOffset At, string By);

/// <summary>The files of a pack: relative path → UTF-8 text.</summary>
[GenerateSerializer, Immutable, Alias("pack-files")]
public sealed record PackFiles(string Id, ImmutableSortedDictionary<string, string> Texts);

/// <summary>What is wrong with a pack, in Japanese.</summary>
/// <param name="Line">1-based; 0 when the whole file is meant.</param>
/// <param name="Fix">What to do.</param>
[GenerateSerializer, Immutable, Alias("pack-fault")]
public sealed record PackFault(string File, int Line, string Message, string Fix);

/// <param name="Version">Null when there were faults.</param>
[GenerateSerializer, Immutable, Alias("publish-result")]
public sealed record PublishResult(int? Version, ImmutableList<PackFault> Faults);

public static class CatalogKey
{
    public static string For(string town) => $"p:{town}";
}

/// <summary>The files of one published version, written once. Key: <c>v:{town}/{id}/{version}</c>.</summary>
[Alias("pack-version")]
public interface IPackVersionGrain : IGrainWithStringKey
{
    /// <summary>Stores the files; the same content again is no change.</summary>
    [Alias("store")]
    Task Store(PackFiles files);

    [Alias("read")]
    Task<PackFiles?> Read();
}

public static class PackVersionKey
{
    public static string For(string town, string id, int version) => $"v:{town}/{id}/{version}";
}
