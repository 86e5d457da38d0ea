using System.Text.Json.Serialization;

namespace OrleansGov.Grains;

/// <summary>Facts on their way to Records, kept in the state that knows them until they are durable there.</summary>
/// <param name="Seq">Number of the last fact ever added.</param>
[GenerateSerializer, Alias("pending-facts")]
public sealed record PendingFacts(long Seq, ImmutableList<Fact> Waiting)
{
    public static readonly PendingFacts None = new(0, []);

    /// <summary>Left alone so long, the sweeper looks after them. Longer than a resident thinks about a question, so that the mark "handed over" usually rides with the next turn's write.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>More of one stream waiting means that Records refuses them, not that it is slow: nobody is let in while it is away.</summary>
    public const int Most = 500;

    [JsonIgnore]
    public DateTimeOffset? NextDue => Waiting.IsEmpty ? null : Waiting[0].At + Grace;

    public PendingFacts Add(string stream, DateTimeOffset at, params IEnumerable<FactBody> bodies)
    {
        var (seq, waiting) = (Seq, Waiting.ToBuilder());
        foreach (var body in bodies) waiting.Add(new Fact(stream, ++seq, at, body));
        // Lines of the transcript and figures go first; a message taken back and a case never do.
        for (var spare = 0; waiting.Count > Most && (spare = waiting.FindIndex(IsSpare)) >= 0;) waiting.RemoveAt(spare);
        return new(seq, waiting.ToImmutable());
    }

    private static bool IsSpare(Fact fact) => fact.Body is FactBody.Heard or FactBody.Said or FactBody.Happened;

    /// <summary>Without those Records has.</summary>
    public PendingFacts HandedOver(long upTo) => this with { Waiting = Waiting.RemoveAll(f => f.Seq <= upTo) };
}
