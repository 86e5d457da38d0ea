namespace OrleansGov.Contracts;

/// <summary>
/// A stored state whose owner can be written to. Storage keeps the address as a column of the same row, written in the same transaction, so that many are
/// found at once without waking anybody (<see cref="IAddressBook"/>). A raw LINE user id: never logged, never in a name, never in Records.
/// </summary>
public interface IAddressed
{
    /// <summary>Where the owner of this state is reached; null = nowhere yet.</summary>
    string? Address { get; }
}
