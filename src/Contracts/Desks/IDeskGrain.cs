namespace OrleansGov.Contracts;

/// <summary>A department's desk: who waits, since when, who serves them. It informs; residents' grains decide. Key: <see cref="DeskKey"/>.</summary>
[Alias("desk")]
public interface IDeskGrain : IGrainWithStringKey
{
    /// <summary>A resident's control moved. Idempotent by (conversation, epoch); an epoch older than the one known changes nothing.</summary>
    [Alias("learn")]
    Task Learn(DeskNews news);

    /// <summary>The queue as it stands.</summary>
    [Alias("look")]
    Task<DeskView> Look();
}

/// <summary>Where a resident stands with a desk.</summary>
/// <param name="Conversation">The resident's grain key.</param>
/// <param name="Place">Waiting; Served by <paramref name="Owner"/>; Gone.</param>
[GenerateSerializer, Immutable, Alias("desk-news")]
public sealed record DeskNews(string Conversation, int Epoch, DeskPlace Place, DateTimeOffset At, DateTimeOffset? WaitingSince, string? CaseNumber, string? Owner);

/// <summary>A desk's queue.</summary>
/// <param name="Waiting">Oldest first; at most 200, see <paramref name="WaitingCount"/>.</param>
/// <param name="Serving">Talks that a person has.</param>
/// <param name="Estimate">How long the next one to come will probably wait; null when nobody can say.</param>
[GenerateSerializer, Immutable, Alias("desk-view")]
public sealed record DeskView(ImmutableList<DeskPerson> Waiting, int WaitingCount, int Serving, TimeSpan? Estimate);

[GenerateSerializer, Immutable, Alias("desk-person")]
public sealed record DeskPerson(string Conversation, DateTimeOffset Since, string? CaseNumber);

public static class DeskKey
{
    public static string For(string town, string department) => $"d:{town}/{department}";

    /// <summary>Town and department of a key.</summary>
    public static (string Town, string Department) Split(string key)
    {
        var slash = key.LastIndexOf('/');
        return slash > 2 && key.StartsWith("d:", StringComparison.Ordinal) ? (key[2..slash], key[(slash + 1)..]) : throw new FormatException($"'{key}' is no desk key.");
    }
}
