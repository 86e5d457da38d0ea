using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>A band of a conversation's strip: who could speak, from then until then. Instants are UTC milliseconds.</summary>
/// <param name="To">Null = it lasts.</param>
/// <param name="Who">bot, queue, outOfHours or person.</param>
/// <param name="OwnerName">Of a person.</param>
public sealed record ControlBand(long From, long? To, string Who, string? OwnerName, string? Department);

/// <summary>Who had a conversation over time.</summary>
public static class ControlStrips
{
    /// <summary>From the first word to now, without gaps; neighbours differ.</summary>
    public static async Task<ImmutableList<ControlBand>> ControlStripAsync(this RecordsContext records, string conversation, CancellationToken cancel = default)
    {
        if (await records.Conversations.Where(c => c.Id == conversation).Select(c => (long?)c.OpenedAt).SingleOrDefaultAsync(cancel) is not { } opened) return [];
        var changes = await records.ControlChanges.Where(c => c.Conversation == conversation).OrderBy(c => c.Seq).ToListAsync(cancel);
        List<ControlBand> bands = [new(opened, null, "bot", null, null)];
        foreach (var change in changes)
        {
            var band = new ControlBand(change.At, null, WhoOf(change.State), change.State == "human" ? change.OwnerName : null, change.Department);
            if (bands[^1].From >= band.From && bands.Count > 1) bands.RemoveAt(bands.Count - 1); // it lasted no time
            bands[^1] = bands[^1] with { To = band.From };
            if (band with { From = 0 } == bands[^1] with { From = 0, To = null }) bands[^1] = bands[^1] with { To = null };
            else bands.Add(band);
        }

        return [.. bands];
    }

    internal static string WhoOf(string state) => state switch
    {
        "queued" => "queue",
        "queuedOutOfHours" => "outOfHours",
        "human" => "person",
        _ => "bot",
    };
}
