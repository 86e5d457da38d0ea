using OrleansGov.Records;

namespace OrleansGov.Api.Tests;

/// <summary>Facts of a small town.</summary>
public static class TownFacts
{
    public const string Resident = "abcdefghijklmnopqrstuvwxyz234567";
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, Town.Offset);

    public static Fact Opened(string number, string department = "environment", DateOnly? day = null, string resident = Resident, int minutes = 0, string town = "minatodai") => new(
        $"c:{town}/{number}", 1, Noon.AddMinutes(minutes),
        new FactBody.CaseOpened(number, town, OfficeDoor.Channel, resident, "bulky-waste", 1, "粗大ごみの申込み", department, "application", "accepted", day is null ? null : "bulky-waste/north", day, 1200, "ソファ ×1"));

    public static Fact Cancelled(string number) => new($"c:minatodai/{number}", 2, Noon.AddHours(1), new FactBody.CaseChanged(number, "cancelled", "bulky-waste/north", new(2026, 11, 10), 1200, "ソファ ×1", "cancelled", "resident"));

    public static Fact Heard(long seq, string text, string resident = Resident, bool attended = false) =>
        new($"r:{OfficeDoor.Channel}/{resident}", seq, Noon.AddSeconds(seq), new FactBody.Heard("minatodai", OfficeDoor.Channel, "text", text, $"m{seq}") { Attended = attended });

    /// <summary>A talk that waits at the desk of a department.</summary>
    public static TalkView Talk(ControlState state = ControlState.Queued, int epoch = 17, string? owner = null, string department = "environment") => new(
        "minatodai", OfficeDoor.Channel, Resident,
        new(state, epoch, Noon, owner, owner is null ? null : "港 花子", false, "A-1", true, null, state == ControlState.Queued ? Noon : null, null, false, null), department, null, 5, 5, Noon, true)
    {
        Departments = [department],
    };

    public static Fact Control(int seq, string resident, string trigger = "RequestStaff", string from = "Bot", string to = "Queued", string department = "environment", string? owner = null) => new(
        $"r:{OfficeDoor.Channel}/{resident}", seq, Noon.AddSeconds(seq),
        new FactBody.ControlChanged("minatodai", OfficeDoor.Channel, seq, trigger, from, to, owner, owner, department, "A-1", null, to == "Queued" ? Noon : null, "resident"));
}
