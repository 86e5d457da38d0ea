namespace OrleansGov.Records;

/// <summary>What goes from the records when a resident is erased (T16). Dates, counts, the skeletons of cases and the audit trail stay.</summary>
internal static class Erasing
{
    /// <summary>For ?1 = the conversation, ?2 = the number of the fact that says so: what came later belongs to a fresh talk.</summary>
    public static readonly ImmutableArray<string> OfTalk =
    [
        "DELETE FROM messages WHERE conversation = ?1 AND seq < ?2",
        "DELETE FROM unsent_messages WHERE conversation = ?1 AND ?2 > 0",
        "DELETE FROM feed WHERE subject = ?1 AND ?2 > 0",
        "UPDATE control_changes SET reason = NULL WHERE conversation = ?1 AND seq <= ?2",
        "UPDATE conversations SET state = 'erased', reason = NULL, reachable_since = NULL, waiting_since = NULL, owner = NULL, owner_name = NULL, callback_by = NULL WHERE id = ?1 AND ?2 > 0",
        "DELETE FROM notes WHERE conversation = ?1 AND ?2 > 0",
        "UPDATE cases SET summary = '', resident = '', reason = NULL WHERE resident = ?1 AND ?2 > 0",
    ];

    /// <summary>For ?1 = the town, ?2 = the number: its skeleton stays.</summary>
    public static readonly ImmutableArray<string> OfCase =
    [
        "DELETE FROM notes WHERE town = ?1 AND number = ?2",
        "DELETE FROM case_labels WHERE town = ?1 AND number = ?2",
        "UPDATE case_events SET detail = NULL WHERE town = ?1 AND number = ?2",
        "UPDATE cases SET summary = '', resident = '', reason = NULL, owner = NULL, owner_name = NULL, labels = NULL, tags = NULL, callback_by = NULL, hold = NULL WHERE town = ?1 AND number = ?2",
    ];
}
