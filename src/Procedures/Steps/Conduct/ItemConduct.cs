using System.Globalization;

namespace OrleansGov.Procedures;

/// <summary>
/// The basket: a name, then how many, then "anything else?". Several words at once (ソファ2つ、机), typing mistakes and everyday names are
/// understood; the fee runs along.
/// </summary>
internal static class ItemConduct
{
    private const string Quantity = "quantity", More = "more", Pick = "pick", Remove = "remove";

    public static Asking Ask(ItemStep step, Scene scene)
    {
        var draft = scene.Draft;
        var table = scene.Procedure.Items[step.Table];
        switch (draft.Stage)
        {
            case Pick:
                return Asking.Question(scene.Say.ItemDidYouMean,
                    [.. draft.Candidates.Select(id => scene.Tap(step, table.ById(id)!.Name, id)), scene.Tap(step, scene.Say.NoneOfThese, scene.Say.NoneOfThese)]);
            case Quantity:
                var item = table.ById(draft["item"]!)!;
                var question = Template.Fill(scene.Say.ItemQuantity, StepConduct.Fill("item", item.Name, "unit", item.Unit, "fee", JapaneseDates.Yen(item.Fee)));
                if (item.Note is { Length: > 0 }) question += $"\n※{item.Note}";
                return Asking.Question(question, [.. Enumerable.Range(1, Math.Min(5, MostOf(item, step, draft))).Select(n => scene.Tap(step, $"{n}{item.Unit}", $"{n}"))]);
            case Remove:
                return Asking.Question(scene.Say.ItemRemoveWhich, [.. draft.Lines.Take(10).Select(l => scene.Tap(step, l.Name, l.ItemId))]);
            case More:
                return Asking.Question(Basket(draft.Lines, scene.Say),
                    [scene.Tap(step, scene.Say.ThatIsAll, scene.Say.ThatIsAll) with { Primary = true }, scene.Tap(step, scene.Say.ItemRemove, scene.Say.ItemRemove)]);
            default:
                return Asking.Question(scene.In(step.Ask), [.. step.Suggested.Select(table.ById).OfType<Item>().Select(i => scene.Tap(step, i.Name, i.Id))]);
        }
    }

    public static Reading Read(ItemStep step, Scene scene, StepInput input)
    {
        var draft = scene.Draft;
        var table = scene.Procedure.Items[step.Table];
        switch (draft.Stage)
        {
            case Quantity when (input.Tapped ?? input.Text) is { } words:
                var item = table.ById(draft["item"]!)!;
                var most = MostOf(item, step, draft);
                if (NumberReading.TryRead(words, out var n))
                {
                    return n >= 1 && n <= most ? new Reading.Moved(Added(draft, item, n))
                        : new Reading.Declined(Template.Fill(scene.Say.ItemQuantityWrong, StepConduct.Fill("max", $"{most}")));
                }

                return Named(words, new Reading.Declined(Template.Fill(scene.Say.ItemQuantityWrong, StepConduct.Fill("max", $"{most}"))));
            case Pick when input.Is(scene.Say.NoneOfThese):
                return new Reading.Moved(Back(draft), Template.Fill(scene.Say.ItemNotFound, StepConduct.Fill("words", draft["words"] ?? "")));
            case Pick when input.Tapped is { } id && table.ById(id) is { } picked:
                return Take(picked, QuantityOf(draft));
            case Pick when input.Text is { } text && NumberReading.TryRead(text, out var nth) && nth >= 1 && nth <= draft.Candidates.Count && JapaneseText.Fold(text).All(char.IsAsciiDigit):
                return Take(table.ById(draft.Candidates[nth - 1])!, QuantityOf(draft));
            case Remove when (input.Tapped ?? input.Text) is { } which:
                var line = draft.Lines.Find(l => l.ItemId == which || JapaneseText.Fold(l.Name) == JapaneseText.Fold(which));
                if (line is null) return new Reading.Declined(scene.Say.ChooseOne);
                return new Reading.Moved(Back(draft with { Lines = draft.Lines.Remove(line) }));
            case More when input.Is(scene.Say.ThatIsAll, "これで全部です", "以上", "以上です", "おわり", "終わり", "ない", "ないです", "なし", "ありません", "はい", "ok", "全部", "だけ", "これだけ"):
                return new Reading.Accepted(new Answer.Basket(draft.Lines));
            case More when input.Is(scene.Say.ItemRemove, "減らす", "消す", "取り消す"):
                return new Reading.Moved(draft with { Stage = Remove });
            default:
                if (input.Tapped is { } tapped && table.ById(tapped) is { } direct) return Take(direct, null);
                return Named(input.Text ?? "", null);
        }

        Reading Take(Item item, int? quantity)
        {
            if (item.Refusal is { } reason)
                return new Reading.Moved(Back(draft), Template.Fill(scene.Say.ItemRefused, StepConduct.Fill("item", item.Name, "reason", reason)));
            var most = MostOf(item, step, draft);
            if (most < 1 || (draft.Lines.Count >= step.MaxLines && !draft.Lines.Exists(l => l.ItemId == item.Id)))
                return new Reading.Moved(Back(draft), Template.Fill(scene.Say.ItemTooMany, StepConduct.Fill("max", $"{step.MaxQuantity}")));
            return quantity is { } n && n >= 1 && n <= most
                ? new Reading.Moved(Added(draft, item, n))
                : new Reading.Moved((Scene.Fresh with { Stage = Quantity, Lines = draft.Lines }).With("item", item.Id));
        }

        Reading Named(string words, Reading? otherwise)
        {
            if (Several(words) is { } all) return new Reading.Moved(all);
            var (name, quantity) = ItemTable.SplitQuantity(words);
            var matches = table.Search(name);
            if (matches.Exact is { } exact) return Take(exact, quantity);
            if (matches.Similar.Count == 0)
                return otherwise ?? new Reading.Declined(Template.Fill(scene.Say.ItemNotFound, StepConduct.Fill("words", JapaneseText.Cut(JapaneseText.Clean(words), 20))));
            var pick = (Scene.Fresh with { Stage = Pick, Lines = draft.Lines, Candidates = [.. matches.Similar.Take(8).Select(i => i.Id)] }).With("words", JapaneseText.Cut(name, 20));
            return new Reading.Moved(quantity is { } q ? pick.With("quantity", q.ToString(CultureInfo.InvariantCulture)) : pick);
        }

        // ソファ2つ、机1台、布団: taken at once when every part is understood and allowed
        StepDraft? Several(string words)
        {
            var parts = words.Split(['、', ',', '，', '\n', '・'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length < 2) return null;
            var result = draft;
            foreach (var part in parts)
            {
                var (name, quantity) = ItemTable.SplitQuantity(part);
                if (table.Search(name).Exact is not { Refusal: null } item) return null;
                var n = quantity ?? 1;
                if (n < 1 || n > MostOf(item, step, result)) return null;
                result = Added(result, item, n);
                if (result.Lines.Count > step.MaxLines) return null;
            }

            return result;
        }
    }

    /// <summary>The basket in words, with its fee.</summary>
    public static string Basket(ImmutableList<BasketLine> lines, Phrases say) => Template.Fill(say.ItemBasket, StepConduct.Fill(
        "lines", string.Join('\n', lines.Select(l => $"・{l.Name} ×{l.Quantity} … {JapaneseDates.Yen(l.Fee * l.Quantity)}")),
        "fee", JapaneseDates.Yen(lines.Sum(l => l.Fee * l.Quantity))));

    private static StepDraft Back(StepDraft draft) => draft.Lines.IsEmpty ? Scene.Fresh : Scene.Fresh with { Stage = More, Lines = draft.Lines };

    private static StepDraft Added(StepDraft draft, Item item, int quantity)
    {
        var at = draft.Lines.FindIndex(l => l.ItemId == item.Id);
        var lines = at < 0
            ? draft.Lines.Add(new BasketLine(item.Id, item.Name, item.Unit, item.Fee, quantity))
            : draft.Lines.SetItem(at, draft.Lines[at] with { Quantity = draft.Lines[at].Quantity + quantity });
        return Scene.Fresh with { Stage = More, Lines = lines };
    }

    private static int MostOf(Item item, ItemStep step, StepDraft draft) => Math.Min(
        item.MaxQuantity - draft.Lines.Where(l => l.ItemId == item.Id).Sum(l => l.Quantity),
        step.MaxQuantity - draft.Lines.Sum(l => l.Quantity));

    private static int? QuantityOf(StepDraft draft) => draft["quantity"] is { } q ? int.Parse(q, CultureInfo.InvariantCulture) : null;
}
