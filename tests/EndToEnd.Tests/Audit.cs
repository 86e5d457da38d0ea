using System.Text.Json.Nodes;
using OrleansGov.Residents;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>What must hold after a drill, whatever was done to the process: nothing lost, nothing twice, every book says the same.</summary>
internal static class Audit
{
    // LINE would accept these and a sound office causes them only here: a reply of unknown fate tried again, the same question for the same word said twice.
    private static readonly string[] Expected = ["reply-token-reused", "same-text-twice"];

    /// <param name="drill">Its office has stopped cleanly.</param>
    /// <returns>Messages that a resident read twice, all of them within the documented window.</returns>
    public static async Task<List<SaidTwice>> Check(Drill drill, IReadOnlyList<Booking> bookings)
    {
        var states = drill.Books.States();
        EveryDialogueHasOneCase(bookings, states);
        PlacesAreExactlyTheBookings(drill.Town.PlacesPerDay, states);
        RecordsSayTheSame(drill.Books, states);
        await EveryAcceptedEventWasHeardOnce(drill, states);
        var twice = SaidTwice.In(drill.World.Platform, drill.Kills);
        Assert.True(twice.TrueForAll(t => t.BeforeKill is not null), string.Join("\n\n", twice.Where(t => t.BeforeKill is null).Select(t => t.Story)));
        Assert.DoesNotContain(drill.World.Platform.Findings, f => !Expected.Contains(f.Code) && !(f.Code == "push-while-reply-token-fresh" && SoonAfterKill(drill, f.At)));
        Assert.Empty(states.Where(s => s.Body["outbox"] is JsonArray { Count: > 0 } || s.Body["intents"] is JsonArray { Count: > 0 }).Select(s => s.Body.ToJsonString()));
        return twice;
    }

    // What waited while the office was dead is pushed just when the resident says something again: LINE knows that word's token, the office does not yet.
    private static bool SoonAfterKill(Drill drill, DateTimeOffset at) => drill.Kills.Any(k => k < at && at - k < TimeSpan.FromSeconds(30));

    private static void EveryDialogueHasOneCase(IReadOnlyList<Booking> bookings, List<StoredState> states)
    {
        var cases = states.Where(s => s.Name == "case").ToDictionary(s => s.LastOfKey);
        Assert.Equal(bookings.Count, bookings.Select(b => b.ReceiptNumber).Distinct().Count());
        Assert.Equal(bookings.Select(b => b.ReceiptNumber).Order(), cases.Keys.Order());
        var residents = states.Where(s => s.Name == "resident").ToDictionary(s => Text(s.Body, "lineUserId"));
        foreach (var booking in bookings)
        {
            var resident = residents[booking.Resident.Id];
            Assert.Equal(booking.ReceiptNumber, Text(Assert.Single(resident.Body["talk"]!["cases"]!.AsArray())!, "number"));
            Assert.Equal(resident.Key, Text(cases[booking.ReceiptNumber].Body["opening"]!, "resident"));
        }
    }

    private static void PlacesAreExactlyTheBookings(int placesPerDay, List<StoredState> states)
    {
        var booked = states.Where(s => s.Name == "case").Select(s => s.Body["slot"]!).Select(s => $"{Text(s, "resource")}/{Text(s, "date")} {Text(s, "hold")}");
        var days = states.Where(s => s.Name == "slot-day").ToList();
        var confirmed = days.SelectMany(d => d.Body["confirmed"]!.AsArray().Select(hold => $"{d.Key[(d.Key.IndexOf('/', StringComparison.Ordinal) + 1)..]} {hold}"));
        Assert.Equal(booked.Order(StringComparer.Ordinal), confirmed.Order(StringComparer.Ordinal));
        Assert.All(days, d => Assert.InRange(d.Body["confirmed"]!.AsArray().Count + d.Body["held"]!.AsObject().Count, 0, placesPerDay));
    }

    private static void RecordsSayTheSame(Books books, List<StoredState> states)
    {
        Assert.Empty(books.Behind());
        var grains = states.Where(s => s.Name == "case").Select(s => (s.LastOfKey, Text(s.Body["opening"]!, "resident").Split('/')[^1], Text(s.Body, "status"),
            (string?)s.Body["slot"]!["resource"], (string?)s.Body["slot"]!["date"], (int?)s.Body["fee"]));
        Assert.Equal(grains.OrderBy(c => c.LastOfKey, StringComparer.Ordinal), books.Cases().OrderBy(c => c.Number, StringComparer.Ordinal));
    }

    private static async Task EveryAcceptedEventWasHeardOnce(Drill drill, List<StoredState> states)
    {
        var pseudonyms = states.Where(s => s.Name == "resident").ToDictionary(s => Text(s.Body, "lineUserId"), s => s.LastOfKey);
        var heard = drill.Books.Heard();
        foreach (var resident in drill.Residents)
        {
            var fates = await Task.WhenAll(resident.Sent.Select(s => s.Settled));
            Assert.All(fates, f => Assert.True(f.Delivered, f.ToString()));
            var said = resident.Sent.Select(s => s.MessageId ?? "tapped").Append("followed");
            Assert.Equal(said.Order(StringComparer.Ordinal), heard[pseudonyms[resident.Phone!.Id]].Order(StringComparer.Ordinal));
        }
    }

    private static string Text(JsonNode node, string name) => (string)node[name]!;
}
