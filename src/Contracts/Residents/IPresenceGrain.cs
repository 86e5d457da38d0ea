namespace OrleansGov.Contracts;

/// <summary>Which colleagues look at a talk or write in it at this moment. Never a lock, never stored: whoever is not heard of for a while is gone. Key: the resident's.</summary>
[Alias("presence")]
public interface IPresenceGrain : IGrainWithStringKey
{
    /// <summary>Somebody is there, or goes.</summary>
    /// <returns>All who are there now, without the caller.</returns>
    [Alias("show")]
    Task<ImmutableList<Present>> Show(string staff, string name, PresenceKind kind);
}

/// <param name="Since">Since when without a break.</param>
[GenerateSerializer, Immutable, Alias("present")]
public sealed record Present(string Staff, string Name, PresenceKind Kind, DateTimeOffset Since);

public enum PresenceKind { Viewing, Typing, Gone }
