namespace OrleansGov.Load.Seeding;

/// <summary>A stopped office's store, where residents can be multiplied. In SQLite files or in PostgreSQL.</summary>
public interface IResidentStore
{
    /// <summary>Residents that the store knows.</summary>
    Task<long> Count(CancellationToken cancel);

    /// <summary>One that nothing is still to be done for: its rows are what a resident leaves behind.</summary>
    /// <returns>Pseudonym and LINE user id.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    Task<(string Pseudonym, string LineUserId)> Model(CancellationToken cancel);

    /// <summary>Writes every row of the model once more for each of the others, in all tables that know residents: the same words, other keys.</summary>
    Task Clone((string Pseudonym, string LineUserId) model, IReadOnlyList<(string Pseudonym, string LineUserId)> others, CancellationToken cancel);

    /// <summary>Bytes on disk.</summary>
    Task<long> Bytes(CancellationToken cancel);
}
