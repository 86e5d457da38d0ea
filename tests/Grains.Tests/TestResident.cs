using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Grains.Tests;

/// <summary>One resident with a phone: what is sent arrives as events at the grain, what LINE accepted is on the screen.</summary>
internal sealed partial class TestResident(TownOffice office, string user)
{
    private int _events;

    public string User => user;
    public string Key { get; } = ResidentKey.For(TownOffice.Channel, user, TownOffice.PseudonymKey);
    public IResidentGrain Grain => office.Grains.GetGrain<IResidentGrain>(Key);
    public ImmutableList<LineOnTheWire.Call> Screen => office.Line.ScreenOf(user);
    public ResidentState Stored => office.Storage.Last<ResidentState>(Key)!;

    /// <summary>The next event of this resident, not yet delivered. Its reply token lives from now.</summary>
    public ResidentEvent Event(InboundMessage message, DateTimeOffset? occurredAt = null)
    {
        var now = office.Time.GetUtcNow();
        var token = $"{user}-token-{++_events}";
        office.Line.Issue(token, user);
        return new ResidentEvent(TownOffice.Channel, user, $"{user}-event-{_events}", occurredAt ?? now, now, token, IsRedelivery: false, message);
    }

    public ResidentEvent Event(string text) => Event(new InboundMessage.Text(text, $"{user}-message-{_events + 1}"));

    /// <summary>LINE delivers an event again: the token's minute begins anew.</summary>
    public ResidentEvent Again(ResidentEvent before)
    {
        office.Line.Issue(before.ReplyToken!, user);
        return before with { ReceivedAt = office.Time.GetUtcNow(), IsRedelivery = true };
    }

    /// <summary>Says something and waits until the office has said and done everything it wants to; what came onto the screen.</summary>
    public Task<string> Says(string text) => Sends(Event(text));

    public Task<string> Sends(InboundMessage message) => Sends(Event(message));

    public async Task<string> Sends(ResidentEvent received)
    {
        var before = Screen.Count;
        await Grain.Receive(received);
        await Quiet();
        return string.Join('\n', Screen.Skip(before).Select(c => c.Words));
    }

    /// <summary>Walks through a booking up to the question named: thing, town, day, contact, review, receipt.</summary>
    public async Task<string> GoesTo(string question, string day = "11月30日")
    {
        var last = await Says("見本");
        if (question == "thing") return last;
        await Says("いす2脚");
        last = await Says("これで全部");
        if (question == "town") return last;
        last = await Says("みなと町");
        if (question == "day") return last;
        last = await Says(day);
        if (question == "contact") return last;
        await Fills(("name", "港 花子"));
        if (question == "review") return Screen[^1].Words;
        return await Says("この内容で申し込む");
    }

    /// <summary>The token of the last form link on the screen.</summary>
    public string FormToken => FormLink.Matches(string.Concat(Screen.Select(c => c.Body)))[^1].Groups["token"].Value;

    public async Task<FormResult> Fills(params (string Field, string Words)[] fields)
    {
        var result = await Grain.FillForm(FormToken, fields.ToImmutableDictionary(f => f.Field, f => f.Words));
        await Quiet();
        return result;
    }

    public Task Wakes() => Grain.Wake();

    /// <summary>The receipt number on the last receipt.</summary>
    public string Receipt => Number.Match(string.Join('\n', Screen.Select(c => c.Words).Reverse())).Value;

    /// <summary>The one waiting point: what was decided has been done, what was to be said has been sent, and Records has every fact.</summary>
    public async Task Quiet()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await IsQuiet()) await Task.Delay(2, patience.Token);
    }

    private async Task<bool> IsQuiet()
    {
        var state = office.Storage.Last<ResidentState>(Key);
        if (state is null) return true;
        if (state.Intents.Exists(i => !Photos.PhotoFetcher.Handles(i.Intent))) return false;
        await using var records = office.Records.Read();
        return await records.Streams.Where(s => s.Stream == Key).Select(s => s.LastSeq).SingleOrDefaultAsync() >= state.Facts.Seq;
    }

    [GeneratedRegex(@"/form/main/[a-z2-7]+/(?<token>[0-9a-f]{64})", RegexOptions.ExplicitCapture)]
    private static partial Regex FormLink { get; }

    [GeneratedRegex(@"[SRA]\d{6}-\d{5}")]
    private static partial Regex Number { get; }
}
