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

    public static Fact Heard(long seq, string text, string resident = Resident) =>
        new($"r:{OfficeDoor.Channel}/{resident}", seq, Noon.AddSeconds(seq), new FactBody.Heard("minatodai", OfficeDoor.Channel, "text", text, $"m{seq}"));
}
