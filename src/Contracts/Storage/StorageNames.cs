namespace OrleansGov.Contracts;

/// <summary>
/// Storages that a grain's state names. An embedded office keeps both in one file; a cluster chooses a provider for each.
/// </summary>
public static class StorageNames
{
    /// <summary>Written in every turn of somebody's talk, or waking by itself (<see cref="IDue"/>): residents, days of a calendar, cases, broadcasts.</summary>
    public const string Hot = "hot";

    /// <summary>Written when an officer changes something: the catalog and its versions.</summary>
    public const string Other = "other";
}
