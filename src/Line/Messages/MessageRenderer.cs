using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>
/// Turns what the office says into LINE's messages. Whatever it is given (nasty strings, too many choices, half a book) the result is legal by
/// <see cref="MessageRules"/>, and no choice, amount or sentence is lost: what one form cannot hold, a plainer form says in full.
/// </summary>
public static class MessageRenderer
{
    const int MaxMessages = 5;
    const int MaxQuick = 13;
    const int MaxAltText = 1500;

    /// <summary>Renders one turn.</summary>
    /// <param name="says">In speaking order.</param>
    /// <returns>1–5 messages, none if there was nothing to say; see <see cref="RenderedMessages.Rest"/> for the rare overflow.</returns>
    public static RenderedMessages Render(IReadOnlyList<Say> says, RenderContext context) => new Turn(context).Render(says);

    /// <summary>The bubbles that a text becomes.</summary>
    public static IEnumerable<string> Bubbles(string text) => TextSplitter.Split(text);

    /// <summary>One message in the making: writes its properties into an object that is still open, so that the last can be given its quick replies.</summary>
    sealed record Draft(Action<Utf8JsonWriter> Write, string? Text = null);

    sealed class Turn(RenderContext context)
    {
        readonly ChoiceWriter choices = new(context.PublicBaseUrl);
        readonly CardWriter cards = new(new ChoiceWriter(context.PublicBaseUrl));
        readonly List<Draft> drafts = [];
        readonly List<Choice> quick = []; // choices that have no other place than under the last message

        public RenderedMessages Render(IReadOnlyList<Say> says)
        {
            foreach (var say in says) Add(say);
            if (says.Count > 0) quick.AddRange(says[^1].Quick);

            var reachable = quick.DistinctBy(c => (c.Label, c.Action)).OrderBy(c => ChoiceWriter.IsQuickOnly(c) ? 0 : 1).ToList();
            if (reachable.Count > MaxQuick) List(reachable[MaxQuick..]);
            else reachable = [.. quick.DistinctBy(c => (c.Label, c.Action))];
            if (drafts.Count == 0) return new([]);

            ImmutableList<Choice> shown = [.. reachable.Concat(context.StandingQuick).DistinctBy(c => (c.Label, c.Action)).Take(MaxQuick)];
            Merge();
            return Calls(shown);
        }

        void Add(Say say)
        {
            switch (say)
            {
                case Say.Words words: Words(words.Text); break;
                case Say.Question question: Ask(question); break;
                case Say.Card card: Card(card); break;
                case Say.Cards several: Cards(several); break;
                case Say.Location location: Location(location); break;
                case Say.Picture picture: Picture(picture); break;
                default: throw new InvalidOperationException($"No LINE form for {say.GetType().Name}.");
            }
        }

        void Words(string? text)
        {
            foreach (var part in TextSplitter.Split(text.Solid(""))) drafts.Add(OfText(part));
        }

        void Ask(Say.Question question)
        {
            var text = question.Text.Solid("選んでください。");
            var tappable = !question.Choices.Any(ChoiceWriter.IsQuickOnly);
            var short20 = question.Choices.All(c => ChoiceWriter.Fits(c, ChoiceWriter.QuickLabel));
            var explained = text + string.Concat(question.Choices.Select(Explanation));
            switch (question.Look)
            {
                case ChoiceLook.Confirm when tappable && short20 && question.Choices.Count == 2 && explained.Graphemes() <= 240:
                    Template("confirm", explained, question.Choices);
                    break;
                case ChoiceLook.Buttons when tappable && short20 && question.Choices.Count is >= 1 and <= 4 && explained.Graphemes() <= 160:
                    Template("buttons", explained, question.Choices);
                    break;
                case ChoiceLook.Carousel when tappable && question.Choices.Any(c => CardWriter.Has(c.Hint))
                    && question.Choices.Select(cards.ChoiceBubble).ToList() is { Count: >= 1 and <= CardWriter.MaxBubbles } bubbles && FitTogether(bubbles):
                    Words(text);
                    Carousel(text, bubbles!);
                    break;
                default:
                    Words(explained);
                    quick.AddRange(question.Choices);
                    break;
            }
        }

        // A label that is shortened on its button is said in full in the text; so is a hint, which has no other place.
        static string Explanation(Choice choice)
        {
            var full = !ChoiceWriter.Fits(choice, ChoiceWriter.QuickLabel);
            return (full, CardWriter.Has(choice.Hint)) switch
            {
                (_, true) => $"\n・{ChoiceWriter.LabelOf(choice)}：{choice.Hint.Solid()}",
                (true, false) => $"\n・{ChoiceWriter.LabelOf(choice)}",
                _ => "",
            };
        }

        void Template(string form, string text, ImmutableList<Choice> actions) => drafts.Add(new(w =>
        {
            w.WriteString("type", "template");
            w.WriteString("altText", text.CutUnits(MaxAltText));
            w.WriteStartObject("template");
            w.WriteString("type", form);
            w.WriteString("text", text);
            w.WriteStartArray("actions");
            foreach (var action in actions) choices.Write(w, action, ChoiceWriter.QuickLabel);
            w.WriteEndArray();
            w.WriteEndObject();
        }));

        void Card(Say.Card card)
        {
            quick.AddRange(card.Buttons.Where(ChoiceWriter.IsQuickOnly));
            if (cards.Bubble(card) is { } bubble) Flex(card.Plain, bubble);
            else Spell(card);
        }

        // Too big for LINE: the same in plain text, its buttons under the last message.
        void Spell(Say.Card card)
        {
            Words(card.Plain);
            quick.AddRange(card.Rows.Concat(card.Total is null ? [] : [card.Total]).Where(r => r.Edit is not null).Select(r => r.Edit! with { Label = $"{r.Edit!.Label}：{r.Label}" }));
            quick.AddRange(card.Buttons.Where(b => !ChoiceWriter.IsQuickOnly(b)));
        }

        void Cards(Say.Cards several)
        {
            Words(several.Summary);
            var waiting = new List<byte[]>();
            foreach (var card in several.Items)
            {
                quick.AddRange(card.Buttons.Where(ChoiceWriter.IsQuickOnly));
                if (cards.Bubble(card) is not { } bubble)
                {
                    Flush();
                    Spell(card);
                    continue;
                }
                if (!FitTogether([.. waiting, bubble])) Flush();
                waiting.Add(bubble);
            }
            Flush();

            void Flush()
            {
                if (waiting.Count > 0) Carousel(several.Plain, waiting);
                waiting = [];
            }
        }

        static bool FitTogether(IReadOnlyCollection<byte[]?> bubbles) =>
            bubbles.Count <= CardWriter.MaxBubbles && bubbles.All(b => b is not null) && bubbles.Sum(b => b!.Length + 1) + 64 <= CardWriter.MaxCarousel;

        void Carousel(string plain, IReadOnlyList<byte[]> bubbles) => Flex(plain, bubbles.Count == 1 ? bubbles[0] : LineJson.Bytes(w =>
        {
            w.WriteStartObject();
            w.WriteString("type", "carousel");
            w.WriteStartArray("contents");
            foreach (var bubble in bubbles) w.WriteRawValue(bubble, skipInputValidation: true);
            w.WriteEndArray();
            w.WriteEndObject();
        }));

        void Flex(string plain, byte[] container) => drafts.Add(new(w =>
        {
            w.WriteString("type", "flex");
            w.WriteString("altText", plain.Solid().CutUnits(MaxAltText));
            w.WritePropertyName("contents");
            w.WriteRawValue(container, skipInputValidation: true);
        }));

        // More choices than quick replies can hold: the rest as buttons.
        void List(IReadOnlyList<Choice> rest)
        {
            var waiting = new List<byte[]>();
            foreach (var page in cards.ListBubbles("ほかの選択肢", rest))
            {
                if (!FitTogether([.. waiting, page]))
                {
                    Carousel("ほかの選択肢", waiting);
                    waiting = [];
                }
                waiting.Add(page);
            }
            Carousel("ほかの選択肢", waiting);
        }

        void Location(Say.Location location)
        {
            var title = location.Title.Solid("地図");
            var address = location.Address.Solid(title);
            var onEarth = location.Latitude is >= -90 and <= 90 && location.Longitude is >= -180 and <= 180;
            if (!onEarth || title.Length > 100 || address.Length > 100) Words(title == address ? title : $"{title}\n{address}"); // an address is never said in part only
            if (!onEarth) return;
            drafts.Add(new(w =>
            {
                w.WriteString("type", "location");
                w.WriteString("title", title.CutUnits(100));
                w.WriteString("address", address.CutUnits(100));
                w.WriteNumber("latitude", location.Latitude);
                w.WriteNumber("longitude", location.Longitude);
            }));
        }

        void Picture(Say.Picture picture)
        {
            if (choices.Absolute(picture.Path, 2000) is not { } url || !url.StartsWith("https://", StringComparison.Ordinal)) return;
            drafts.Add(new(w =>
            {
                w.WriteString("type", "image");
                w.WriteString("originalContentUrl", url);
                w.WriteString("previewImageUrl", url);
            }));
        }

        static Draft OfText(string text) => new(w =>
        {
            w.WriteString("type", "text");
            w.WriteString("text", text);
        }, text);

        // Over five messages: neighbouring texts become one, the shortest pair first.
        void Merge()
        {
            while (drafts.Count > MaxMessages)
            {
                var pairs = Enumerable.Range(0, drafts.Count - 1).Where(i => LengthAt(i) <= TextSplitter.MaxUnits).ToList();
                if (pairs.Count == 0) return;
                var at = pairs.MinBy(LengthAt);
                drafts[at] = OfText($"{drafts[at].Text}\n\n{drafts[at + 1].Text}");
                drafts.RemoveAt(at + 1);
            }

            int LengthAt(int i) => drafts[i].Text is { } a && drafts[i + 1].Text is { } b ? a.Length + 2 + b.Length : int.MaxValue;
        }

        RenderedMessages Calls(ImmutableList<Choice> shown)
        {
            RenderedMessages? rest = null;
            foreach (var call in drafts.Chunk(MaxMessages).Reverse())
                rest = new([.. call.Select((d, i) => LineJson.Text(w => Message(w, d, i == call.Length - 1 ? shown : [])))]) { Rest = rest };
            return rest!;
        }

        void Message(Utf8JsonWriter w, Draft draft, ImmutableList<Choice> shown)
        {
            w.WriteStartObject();
            draft.Write(w);
            if (context.Sender is { Length: > 0 } sender)
            {
                w.WriteStartObject("sender");
                w.WriteString("name", sender);
                w.WriteEndObject();
            }
            if (!shown.IsEmpty)
            {
                w.WriteStartObject("quickReply");
                w.WriteStartArray("items");
                foreach (var choice in shown)
                {
                    w.WriteStartObject();
                    w.WriteString("type", "action");
                    w.WritePropertyName("action");
                    choices.Write(w, choice, ChoiceWriter.QuickLabel, quick: true);
                    w.WriteEndObject();
                }
                w.WriteEndArray();
                w.WriteEndObject();
            }
            w.WriteEndObject();
        }
    }
}
