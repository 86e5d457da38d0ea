using System.Text.Json.Serialization;

namespace OrleansGov.Procedures;

/// <summary>Who acts, with what may be done: the door has checked who it is, the rules decide what follows.</summary>
/// <param name="Id">Stable id of the staff member, or <c>key:{name}</c> of a machine.</param>
/// <param name="Name">For colleagues and the audit trail.</param>
/// <param name="Town">Municipality; other towns' talks do not exist for this person.</param>
/// <param name="Departments">Those whose talks exist for this person; null = all of the town.</param>
/// <param name="Rights">Words of <see cref="StaffRights"/>, as far as they hold for this talk's department.</param>
[GenerateSerializer, Immutable, Alias("actor")]
public sealed record Actor(string Id, string Name, string Town, ImmutableList<string>? Departments, ImmutableList<string> Rights)
{
    /// <summary>The office itself, such as when an account is disabled: may do everything in its town.</summary>
    /// <param name="why">Stands in the audit trail, such as <c>account-disabled</c>.</param>
    public static Actor Office(string town, string why) => new($"system:{why}", "システム", town, null, StaffRights.All);

    public bool May(string right) => Rights.Contains(right);

    public bool Sees(string? department) => Departments is null || (department is not null && Departments.Contains(department));
}

/// <summary>Rights the control of a talk knows. Roles (takeover.md §7) are the door's; it translates them into these.</summary>
public static class StaffRights
{
    /// <summary>Take what waits, and intervene where the department has an open case.</summary>
    public const string Take = "conversation.take";

    /// <summary>Speak to residents.</summary>
    public const string Reply = "conversation.reply";

    /// <summary>Reassign, force a return or a close.</summary>
    public const string Lead = "conversation.lead";

    /// <summary>Step into a talk with the bot.</summary>
    public const string Intervene = "conversation.intervene";

    public static readonly ImmutableList<string> All = [Take, Reply, Lead, Intervene];
}

/// <summary>A command of staff on who speaks: T3–T8.</summary>
[GenerateSerializer, Immutable, Alias("control-command")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Take), "take")]
[JsonDerivedType(typeof(Intervene), "intervene")]
[JsonDerivedType(typeof(Transfer), "transfer")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(ReturnToBot), "return")]
[JsonDerivedType(typeof(Close), "close")]
public abstract record ControlCommand
{
    private ControlCommand() { }

    [Id(0)] public required Actor By { get; init; }

    /// <summary>The epoch on which the decision rests (If-Match); null is refused with <see cref="ControlVerdict.PreconditionRequired"/>.</summary>
    [Id(1)] public int? IfEpoch { get; init; }

    /// <summary>T3 引き受ける.</summary>
    [GenerateSerializer, Immutable, Alias("control-command.take")]
    public sealed record Take : ControlCommand;

    /// <summary>T4: steps into a talk with the bot.</summary>
    /// <param name="Reason">Required unless the department has an open case here.</param>
    [GenerateSerializer, Immutable, Alias("control-command.intervene")]
    public sealed record Intervene(string? Reason) : ControlCommand;

    /// <summary>T5 引き継ぐ: to a colleague, or to oneself.</summary>
    /// <param name="Owner">Staff id of whoever has the talk afterwards.</param>
    /// <param name="Reason">Required when the talk is taken from its owner.</param>
    [GenerateSerializer, Immutable, Alias("control-command.transfer")]
    public sealed record Transfer(string Owner, string OwnerName, string? Reason) : ControlCommand;

    /// <summary>T6: back to the queue, also of another department.</summary>
    /// <param name="Department">Null = the same.</param>
    [GenerateSerializer, Immutable, Alias("control-command.release")]
    public sealed record Release(string? Department, string? Reason) : ControlCommand;

    /// <summary>T7 ボットに戻す.</summary>
    /// <param name="WorkLeft">The office still has something to do: the case stays open.</param>
    [GenerateSerializer, Immutable, Alias("control-command.return")]
    public sealed record ReturnToBot(bool WorkLeft) : ControlCommand;

    /// <summary>T8 対応終了.</summary>
    /// <param name="Result">Result code of the department; required.</param>
    /// <param name="Tags">At least one.</param>
    [GenerateSerializer, Immutable, Alias("control-command.close")]
    public sealed record Close(string Result, ImmutableList<string> Tags) : ControlCommand;
}

/// <summary>What became of a command of staff.</summary>
public enum ControlVerdict
{
    /// <summary>It happened, durably.</summary>
    Done,

    /// <summary>It was so already (the caller has the talk, the talk is with the bot).</summary>
    Unchanged,

    /// <summary>The talk does not exist for the caller (404).</summary>
    NotVisible,

    /// <summary>The caller may not do this at all (403).</summary>
    Forbidden,

    /// <summary>Somebody else has it (409 control/already-taken).</summary>
    AlreadyTaken,

    /// <summary>Only its owner or a lead may (409 control/not-owner).</summary>
    NotOwner,

    /// <summary>Not in this state (409 control/illegal-transition).</summary>
    IllegalTransition,

    /// <summary>The epoch has moved on (412).</summary>
    Stale,

    /// <summary>No epoch was given (428).</summary>
    PreconditionRequired,

    /// <summary>Something is missing that this command needs: reason, result, tag, an existing department (422).</summary>
    Incomplete,
}
