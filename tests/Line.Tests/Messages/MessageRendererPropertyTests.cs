using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrleansGov.Procedures;

namespace OrleansGov.Line.Tests.Messages;

public sealed class MessageRendererPropertyTests
{
    static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20261201UL, 7UL);

    [Fact]
    public void Render_OfAnything_IsLegal() => Prop.ForAll(Nasty.Turn, turn =>
    {
        foreach (var call in Calls(turn.Says, turn.Context))
        {
            using var json = JsonDocument.Parse(call.Json);
            var faults = MessageRules.Check(json.RootElement, SendKind.Reply);
            Assert.True(faults.IsEmpty, string.Join('\n', faults) + "\n" + call.Json[..Math.Min(4000, call.Json.Length)]);
            Assert.True(Encoding.UTF8.GetByteCount(call.Json) < MessageRules.MaxRequestBytes);
            Assert.All(json.RootElement.EnumerateArray().SkipLast(1), m => Assert.False(m.TryGetProperty("quickReply", out _)));
        }
    }).Check(Many);

    [Fact]
    public void Render_OfAnything_DropsNoChoice() => Prop.ForAll(Nasty.Turn, turn =>
    {
        var calls = Calls(turn.Says, turn.Context);
        var actions = calls.SelectMany(c => Strings(c.Json)).ToHashSet(StringComparer.Ordinal);
        foreach (var tap in turn.Says.SelectMany(ChoicesOf).Select(c => c.Action).OfType<ChoiceAction.Tap>().Where(t => t.Data.Length is > 0 and <= 300))
            Assert.Contains(tap.Data.WellFormed(), actions);
    }).Check(Many);

    [Fact]
    public void Render_OfAnything_LosesNoWord() => Prop.ForAll(Nasty.Turn, turn =>
    {
        var said = string.Concat(Calls(turn.Says, turn.Context).SelectMany(c => Strings(c.Json, "altText", "quickReply", "type"))).Bare();
        foreach (var words in turn.Says.SelectMany(TextsOf).Select(t => t.Replace('\0', ' ').WellFormed().Bare()).Where(t => t.Length > 0))
            Assert.True(Pieces(words).All(p => said.Contains(p, StringComparison.Ordinal)), words[..Math.Min(200, words.Length)]);
    }).Check(Many);

    // A text may be split anywhere between 2,500 and 5,000 units, so a long one is looked for in short pieces.
    static IEnumerable<string> Pieces(string words) => words.Length <= 2000 ? [words] : words.Chunk(20).Select(c => new string(c)).Take(3);

    static List<RenderedMessages> Calls(IReadOnlyList<Say> says, RenderContext context)
    {
        var calls = new List<RenderedMessages>();
        for (RenderedMessages? call = MessageRenderer.Render(says, context); call is { Messages.IsEmpty: false }; call = call.Rest) calls.Add(call);
        return calls;
    }

    static IEnumerable<Choice> ChoicesOf(Say say) => say switch
    {
        Say.Question q => q.Choices,
        Say.Card c => OfCard(c),
        Say.Cards c => c.Items.SelectMany(OfCard),
        _ => [],
    };

    static IEnumerable<Choice> OfCard(Say.Card card) => card.Buttons.Concat(card.Rows.Append(card.Total).Where(r => r?.Edit is not null).Select(r => r!.Edit!));

    static IEnumerable<string> TextsOf(Say say) => say switch
    {
        Say.Words w => [w.Text],
        Say.Question q => [q.Text],
        Say.Card c => c.Rows.Append(c.Total).Where(r => r is not null).Select(r => r!.Value).Concat([c.Title, c.Note ?? "", c.Lead ?? ""]),
        Say.Cards c => c.Items.SelectMany(TextsOf),
        Say.Location l => [l.Address],
        _ => [],
    };

    static IEnumerable<string> Strings(string json, params string[] without)
    {
        using var document = JsonDocument.Parse(json);
        return Walk(document.RootElement).ToList();

        IEnumerable<string> Walk(JsonElement e) => e.ValueKind switch
        {
            JsonValueKind.Array => e.EnumerateArray().SelectMany(Walk),
            JsonValueKind.Object => e.EnumerateObject().Where(p => !without.Contains(p.Name)).SelectMany(p => Walk(p.Value)),
            JsonValueKind.String => [e.GetString()!],
            _ => [],
        };
    }
}

file static class Blanks
{
    public static string Bare(this string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
