namespace OrleansGov.Records;

/// <summary>One caller's facts, line of the audit trail or edit: durable together or not at all.</summary>
/// <param name="Edit">Has a transaction of its own, and may run again when the database asks for it.</param>
internal sealed record RecordsWrite(IReadOnlyList<Fact> Facts, AuditEntry? Audit = null, Action<RecordsEdit>? Edit = null)
{
    /// <summary>A person waits for it.</summary>
    public bool IsUrgent => Audit is not null || Edit is not null;

    public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>How far a batch brings one stream.</summary>
internal sealed class StreamAdvance(string stream, long first)
{
    public string Stream { get; } = stream;

    /// <summary>The first fact of the batch.</summary>
    public long First { get; } = first;

    /// <summary>The last one.</summary>
    public long Last { get; set; } = first;

    /// <summary>Where the database says the stream stood; facts up to there are dropped.</summary>
    public long Applied { get; set; }
}

/// <summary>
/// What goes into one transaction: facts of many residents. The database first advances the streams, which also keeps other nodes away from
/// them, and says where each stood; then it stores the rows of what is new.
/// </summary>
internal sealed class RecordsBatch
{
    private readonly List<(Fact Fact, StreamAdvance Advance)> _facts = [];

    public RecordsBatch(IEnumerable<RecordsWrite> writes)
    {
        var streams = new SortedDictionary<string, StreamAdvance>(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            if (write.Audit is { } audit) Audit.Add(audit);
            Edit ??= write.Edit;
            foreach (var fact in write.Facts)
            {
                if (!streams.TryGetValue(fact.Stream, out var advance)) streams[fact.Stream] = advance = new(fact.Stream, fact.Seq);
                else if (fact.Seq <= advance.Last) continue; // repeated while its first copy was still waiting
                advance.Last = fact.Seq;
                _facts.Add((fact, advance));
            }
        }

        Streams = [.. streams.Values];
    }

    /// <summary>In the order in which every node locks them: two that share streams wait for each other, never both.</summary>
    public IReadOnlyList<StreamAdvance> Streams { get; }

    public List<AuditEntry> Audit { get; } = [];

    /// <summary>The edit, where the batch is one.</summary>
    public Action<RecordsEdit>? Edit { get; }

    /// <summary>The rows of the facts that are new, once the streams say which are.</summary>
    public FactRows Rows()
    {
        var rows = new FactRows();
        foreach (var (fact, advance) in _facts)
            if (fact.Seq > advance.Applied) rows.Add(fact);
        return rows;
    }
}
