using System.Text.Json.Serialization;

namespace OrleansGov.Contracts;

/// <summary>What staff do to a case beside the talk. Who speaks is changed at the resident's grain, and the case follows.</summary>
[GenerateSerializer, Immutable, Alias("case-command")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AwaitResident), "await-resident")]
[JsonDerivedType(typeof(AwaitOffice), "await-office")]
[JsonDerivedType(typeof(Resolve), "resolve")]
[JsonDerivedType(typeof(Assign), "assign")]
[JsonDerivedType(typeof(Move), "move")]
[JsonDerivedType(typeof(PromiseCallback), "promise-callback")]
[JsonDerivedType(typeof(Label), "label")]
[JsonDerivedType(typeof(Note), "note")]
[JsonDerivedType(typeof(Hold), "hold")]
public abstract record CaseCommand
{
    private CaseCommand() { }

    [Id(0)] public required Actor By { get; init; }

    /// <summary>The revision on which the decision rests (If-Match); null is refused with <see cref="CaseVerdict.PreconditionRequired"/>, except for a note.</summary>
    [Id(1)] public int? IfRevision { get; init; }

    /// <summary>The resident has to answer.</summary>
    [GenerateSerializer, Immutable, Alias("case-command.await-resident")]
    public sealed record AwaitResident : CaseCommand;

    /// <summary>The office has to do something inside.</summary>
    [GenerateSerializer, Immutable, Alias("case-command.await-office")]
    public sealed record AwaitOffice : CaseCommand;

    /// <summary>Done. While a person has the talk, it is closed or returned there.</summary>
    /// <param name="Result">Result code of the department; required.</param>
    [GenerateSerializer, Immutable, Alias("case-command.resolve")]
    public sealed record Resolve(string Result, ImmutableList<string> Tags) : CaseCommand;

    /// <summary>Somebody works on it, without having the talk.</summary>
    [GenerateSerializer, Immutable, Alias("case-command.assign")]
    public sealed record Assign(string Owner, string OwnerName) : CaseCommand;

    /// <summary>To another department: the old one loses sight of it. While the talk waits or a person has it, it is moved there.</summary>
    [GenerateSerializer, Immutable, Alias("case-command.move")]
    public sealed record Move(string Department, string? Reason) : CaseCommand;

    /// <summary>The resident hears from us until then. Null takes the promise back.</summary>
    [GenerateSerializer, Immutable, Alias("case-command.promise-callback")]
    public sealed record PromiseCallback(DateOnly? Until) : CaseCommand;

    /// <summary>The labels it has afterwards: at most 20 of at most 40 characters.</summary>
    [GenerateSerializer, Immutable, Alias("case-command.label")]
    public sealed record Label(ImmutableList<string> Labels) : CaseCommand;

    /// <summary>内部メモ: for staff only.</summary>
    /// <param name="Key">Made once for the note: a repeat changes nothing.</param>
    [GenerateSerializer, Immutable, Alias("case-command.note")]
    public sealed record Note(Guid Key, string Text) : CaseCommand;

    /// <summary>Nothing of it is deleted while it stands. For leads.</summary>
    /// <param name="Reason">Null lifts it.</param>
    [GenerateSerializer, Immutable, Alias("case-command.hold")]
    public sealed record Hold(string? Reason) : CaseCommand;
}

/// <summary>What became of a command, with the case as it stands now.</summary>
/// <param name="Case">Null when it does not exist for the caller.</param>
[GenerateSerializer, Immutable, Alias("case-answer")]
public sealed record CaseAnswer(CaseVerdict Verdict, StaffCase? Case)
{
    /// <summary>What is missing or wrong, for <see cref="CaseVerdict.Incomplete"/>: result, tags, owner, department, labels, text, reason.</summary>
    [Id(0)] public string? Missing { get; init; }
}

public enum CaseVerdict
{
    /// <summary>It happened, durably.</summary>
    Done,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>It does not exist for the caller (404).</summary>
    NotVisible,

    /// <summary>The caller may not do this at all (403).</summary>
    Forbidden,

    /// <summary>The status does not allow it (409).</summary>
    Illegal,

    /// <summary>The talk waits or a person has it: it is done there (409).</summary>
    AtWork,

    /// <summary>The revision has moved on (412).</summary>
    Stale,

    /// <summary>No revision was given (428).</summary>
    PreconditionRequired,

    /// <summary>Something is missing or too long (422).</summary>
    Incomplete,
}
