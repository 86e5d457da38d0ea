namespace OrleansGov.Procedures;

/// <summary>
/// One version of a procedure (手続き): what a pack says, ready to be conducted. Immutable; a case in progress stays on the version it began with.
/// </summary>
/// <param name="Id">Kebab-case, such as <c>bulky-waste</c>.</param>
/// <param name="Version">1, 2, 3 … given at publishing.</param>
/// <param name="Title">粗大ごみの申込み.</param>
/// <param name="Department">Id of the department that receives the cases.</param>
/// <param name="StartWords">Words that start it, matched after folding (<see cref="JapaneseText.Fold"/>).</param>
/// <param name="Steps">In the order in which they are asked.</param>
public sealed record Procedure(
    string Id,
    int Version,
    Wording Title,
    string Department,
    ImmutableList<string> StartWords,
    ImmutableList<Step> Steps,
    Completion Completion)
{
    /// <summary>SHA-256 of the pack's files, hex.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>Said once before the first question; may be null.</summary>
    public Wording? Opening { get; init; }

    /// <summary>What is said on the review card under the title.</summary>
    public Wording? ReviewLead { get; init; }

    /// <summary>Tables that item steps search.</summary>
    public ImmutableDictionary<string, ItemTable> Items { get; init; } = ImmutableDictionary<string, ItemTable>.Empty;

    /// <summary>The town's places: postal codes and 町丁目 with their districts; null when no step asks for an address.</summary>
    public AddressTable? Addresses { get; init; }

    /// <summary>Collection days and capacities; null when no step books a day.</summary>
    public SlotCalendar? Calendar { get; init; }

    /// <summary>The step with that id. Throws for an unknown id: packs are validated before publishing.</summary>
    public Step StepById(string id) => Steps.Find(s => s.Id == id)
        ?? throw new InvalidOperationException($"Procedure '{Id}' v{Version} has no step '{id}'.");
}

/// <summary>What happens when the resident has confirmed the review, in this order: slot confirmed, case opened, reminders set, receipt said.</summary>
/// <param name="ReceiptPrefix">Letters before the receipt number, 1–3, such as <c>S</c>.</param>
/// <param name="Receipt">Words on the receipt card.</param>
public sealed record Completion(string ReceiptPrefix, Wording Receipt)
{
    /// <summary>Small print on the receipt card, such as where to put the items.</summary>
    public Wording? Note { get; init; }

    /// <summary>Messages before the slot's day; empty = none.</summary>
    public ImmutableList<Reminder> Reminders { get; init; } = [];

    /// <summary>Until when a case can be changed: business days before the slot's day; null = it cannot.</summary>
    public int? ChangeCutOffBusinessDays { get; init; }

    /// <summary>Until when a case can be cancelled: business days before the slot's day; null = it cannot.</summary>
    public int? CancelCutOffBusinessDays { get; init; }

    /// <summary>Asks 便利でしたか? after the receipt.</summary>
    public bool AskSatisfaction { get; init; } = true;
}

/// <summary>A message before the day of the slot.</summary>
/// <param name="DaysBefore">0 = on the day.</param>
/// <param name="At">Town time.</param>
/// <param name="Text">May use the placeholders of <see cref="Template"/>.</param>
public sealed record Reminder(int DaysBefore, TimeOnly At, Wording Text);
