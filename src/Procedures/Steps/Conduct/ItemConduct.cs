using System.Globalization;

namespace OrleansGov.Procedures;

/// <summary>
/// The basket: a name, then how many, then "anything else?". Several words at once (ソファ2つ、机と椅子), typing mistakes and everyday names are
/// understood, one after another; a thing named again has its number set, not added up; the fee runs along.
/// </summary>
internal static class ItemConduct
{
    private const string Quantity = "quantity", More = "more", Pick = "pick", Mend = "mend", Queue = "queue";
    private static readonly string[] Enough = ["これで全部です", "これでぜんぶ", "全部", "以上", "以上です", "おわり", "終わり", "おしまい", "ない", "ないです", "なし", "ありません", "もうない", "いいえ", "はい", "ok", "オーケー", "次へ", "次", "だけ", "これだけ", "それだけ", "大丈夫", "だいじょうぶ"];
    private static readonly string[] TakeAway = ["を取り消す", "を取り消して", "取り消し", "を減らす", "減らす", "をやめる", "やめます", "はやめる", "いらない", "はいらない", "を消す", "に変更", "にして", "に減らして", "に変えて"];

    public static Asking Ask(ItemStep step, Scene scene)
    {
        var draft = scene.Draft;
        var table = scene.Procedure.Items[step.Table];
        var enough = scene.Tap(step, scene.Say.ThatIsAll, scene.Say.ThatIsAll) with { Primary = true };
        switch (draft.Stage)
        {
            case Pick:
                ImmutableList<Choice> choices = [.. draft.Candidates.Select(id => scene.Tap(step, table.ById(id)!.Name, id)), scene.Tap(step, scene.Say.NoneOfThese, scene.Say.NoneOfThese)];
                return Asking.Question(Template.Fill(scene.Say.ItemDidYouMean, StepConduct.Fill("words", draft["words"] ?? "")), draft.Lines.IsEmpty ? choices : choices.Add(enough));
            case Quantity:
                var item = table.ById(draft["item"]!)!;
                var had = Of(draft, item);
                var question = Template.Fill(had > 0 ? scene.Say.ItemQuantityAgain : scene.Say.ItemQuantity,
                    StepConduct.Fill("item", item.Name, "unit", item.Unit, "fee", JapaneseDates.Yen(item.Fee), "now", $"{had}{item.Unit}"));
                if (item.Note is { Length: > 0 }) question += $"\n※{item.Note}";
                var numbers = Enumerable.Range(1, Math.Min(5, MostOf(item, step, draft))).Select(n => scene.Tap(step, $"{n}{item.Unit}", $"{item.Id}={n}"));
                return Asking.Question(question, had > 0 ? [.. numbers, scene.Tap(step, scene.Say.ItemTakeAway, $"{item.Id}=0")] : [.. numbers]);
            case Mend:
                return Asking.Question(scene.Say.ItemMendWhich, [.. draft.Lines.Take(10).Select(l => scene.Tap(step, l.Name, l.ItemId))]);
            case More:
                return Asking.Question(Basket(draft.Lines, scene.Say), [enough, scene.Tap(step, scene.Say.ItemMend, scene.Say.ItemMend)]);
            default:
                return Asking.Question(scene.In(step.Ask), [.. step.Suggested.Select(table.ById).OfType<Item>().Select(i => scene.Tap(step, i.Name, i.Id))]);
        }
    }

    public static Reading Read(ItemStep step, Scene scene, StepInput input)
    {
        var draft = scene.Draft;
        var table = scene.Procedure.Items[step.Table];
        var words = input.Tapped ?? input.Text ?? "";
        if (!draft.Lines.IsEmpty && input.Is(scene.Say.ThatIsAll)) return new Reading.Accepted(new Answer.Basket(draft.Lines));
        switch (draft.Stage)
        {
            case Quantity:
                var item = table.ById(draft["item"]!)!;
                if (input.Tapped is { } tapped && tapped.Split('=') is [var of, var number])
                    return of == item.Id ? Count(item, int.Parse(number, CultureInfo.InvariantCulture)) : new Reading.Declined(scene.Say.OldButton) { NoFault = true };
                if (Of(draft, item) > 0 && input.Is(scene.Say.ItemTakeAway, "いらない", "なし", "やめる", "ゼロ")) return Count(item, 0);
                return NumberReading.TryRead(words, item.Unit, out var n) ? Count(item, n) : Named(words, TooMany(item));
            case Pick when input.Is(scene.Say.NoneOfThese):
                return Go(Next(Back(draft)), Template.Fill(scene.Say.ItemOtherWords, StepConduct.Fill("words", draft["words"] ?? "")));
            case Pick when input.Tapped is { } id && table.ById(id) is { } picked:
                return Take(picked, QuantityOf(draft));
            case Pick when input.Text is { } text && draft.Candidates.Count == 1 && SmallTalk.IsYes(text):
                return Take(table.ById(draft.Candidates[0])!, QuantityOf(draft));
            case Pick when input.Text is { } text && NumberReading.TryRead(text, out var nth) && nth >= 1 && nth <= draft.Candidates.Count && JapaneseText.Fold(text).All(char.IsAsciiDigit):
                return Take(table.ById(draft.Candidates[nth - 1])!, QuantityOf(draft));
            case Mend:
                var line = draft.Lines.Find(l => l.ItemId == words || JapaneseText.Fold(l.Name) == JapaneseText.Fold(words));
                return line is null ? new Reading.Declined(scene.Say.ChooseOne) : new Reading.Moved(Counting(draft, line.ItemId));
            case Pick or More when !draft.Lines.IsEmpty && input.Is(Enough):
                return new Reading.Accepted(new Answer.Basket(draft.Lines));
            case More when input.Is(scene.Say.ItemMend, "減らす", "消す", "取り消す", "数を直す", "品目を減らす"):
                return new Reading.Moved(draft with { Stage = Mend });
            default:
                if (input.Tapped is not null) return table.ById(words) is { } direct ? Take(direct, null) : new Reading.Declined(scene.Say.OldButton) { NoFault = true };
                return Named(words, null);
        }

        Reading Count(Item item, int n)
        {
            var most = MostOf(item, step, draft);
            if (n == 0 && Of(draft, item) > 0) return Go(Next(Without(draft, item)), Template.Fill(scene.Say.ItemTakenAway, StepConduct.Fill("item", item.Name)));
            return n >= 1 && n <= most ? Go(Next(Set(draft, item, n))) : TooMany(item);
        }

        Reading TooMany(Item item) => new Reading.Declined(Template.Fill(scene.Say.ItemQuantityWrong, StepConduct.Fill("max", $"{MostOf(item, step, draft)}", "item", item.Name)));

        Reading Take(Item item, int? quantity)
        {
            if (item.Refusal is { } reason) return Go(Next(Back(draft)), Template.Fill(scene.Say.ItemRefused, StepConduct.Fill("item", item.Name, "reason", reason)));
            var most = MostOf(item, step, draft);
            if (most < 1 || (draft.Lines.Count >= step.MaxLines && Of(draft, item) == 0))
                return Go(Next(Back(draft)), Template.Fill(scene.Say.ItemTooMany, StepConduct.Fill("max", $"{step.MaxQuantity}")));
            if (quantity is { } n && n >= 1 && n <= most) return Go(Next(Set(draft, item, n)));
            return Go(Counting(draft, item.Id), quantity > most ? Template.Fill(scene.Say.ItemQuantityWrong, StepConduct.Fill("max", $"{most}", "item", item.Name)) : null);
        }

        Reading Named(string said, Reading? otherwise)
        {
            if (Parts(said) is [var head, .. { Length: > 0 } rest])
            {
                if (AllAtOnce([head, .. rest]) is { } all) return new Reading.Moved(all);
                draft = draft.With(Queue, string.Join('\n', rest));
                said = head;
            }

            foreach (var verb in TakeAway)
            {
                if (!said.EndsWith(verb, StringComparison.Ordinal)) continue;
                var (changed, to) = ItemTable.SplitQuantity(said[..^verb.Length].TrimEnd('を', 'は'));
                if (table.Search(changed).Exact is { } known && Of(draft, known) > 0)
                    return to is { } set ? Count(known, set) : new Reading.Moved(Counting(draft, known.Id));
            }

            if (SmallTalk.IsAnswer(said)) return otherwise ?? new Reading.Declined(NotFound(said));
            var whole = table.Search(said);
            var (name, quantity) = whole.Exact is null ? ItemTable.SplitQuantity(said) : (said, null);
            var matches = whole.Exact is null ? table.Search(name) : whole;
            if (matches.Exact is { } exact) return Take(exact, quantity);
            if (matches.Similar.Count == 0)
                return draft[Queue] is null ? otherwise ?? new Reading.Declined(NotFound(said)) : Go(Next(Back(draft)), NotFound(said));
            var pick = (Scene.Fresh with { Stage = Pick, Lines = draft.Lines, Candidates = [.. matches.Similar.Take(8).Select(i => i.Id)] }).With("words", Echo(name));
            if (draft[Queue] is { } queue) pick = pick.With(Queue, queue);
            return new Reading.Moved(quantity is { } q ? pick.With("quantity", q.ToString(CultureInfo.InvariantCulture)) : pick);
        }

        // ふとん2枚、椅子、たんす — or with と, where every part is a thing of its own
        string[] Parts(string said)
        {
            var parts = said.Split(['、', ',', '，', '\n', '・', '＆', '&'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length > 1) return parts.Take(10).ToArray();
            var and = said.Split('と', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return and.Length > 1 && table.Search(said).Exact is null && and.All(p => table.Search(ItemTable.SplitQuantity(p).Words) is { Exact: not null } or { Similar.Count: > 0 and < 8 }) ? and : parts;
        }

        // every part understood and allowed: one of each where no number was said
        StepDraft? AllAtOnce(string[] parts)
        {
            var all = draft;
            foreach (var part in parts)
            {
                var (name, quantity) = ItemTable.SplitQuantity(part);
                if (table.Search(name).Exact is not { Refusal: null } item || Of(all, item) > 0 || (quantity ?? 1) < 1 || (quantity ?? 1) > MostOf(item, step, all)) return null;
                all = Set(all, item, quantity ?? 1);
                if (all.Lines.Count > step.MaxLines) return null;
            }

            return all;
        }

        // the next thing of the same message, now that this one is settled
        Reading Next(StepDraft settled)
        {
            if (draft[Queue] is not { Length: > 0 } queue) return new Reading.Moved(settled);
            var (head, rest) = queue.Split('\n', 2) is [var h, var r] ? (h, r) : (queue, null);
            draft = rest is null ? settled : settled.With(Queue, rest);
            return Named(head, new Reading.Moved(Back(settled), NotFound(head)));
        }

        string NotFound(string said) => Template.Fill(scene.Say.ItemNotFound, StepConduct.Fill("words", Echo(said)));
    }

    /// <summary>The basket in words, with its fee.</summary>
    public static string Basket(ImmutableList<BasketLine> lines, Phrases say) => Template.Fill(say.ItemBasket, StepConduct.Fill(
        "lines", string.Join('\n', lines.Select(l => $"・{l.Name} ×{l.Quantity} … {JapaneseDates.Yen(l.Fee * l.Quantity)}")),
        "fee", JapaneseDates.Yen(lines.Sum(l => l.Fee * l.Quantity))));

    // what was said, short, and without numbers that could be somebody's
    private static string Echo(string said)
    {
        var clean = JapaneseText.Clean(said);
        return clean.Count(char.IsDigit) >= 7 || clean.Length == 0 ? "その言葉" : JapaneseText.Cut(clean, 20);
    }

    private static Reading Go(Reading reading, string? remark = null) =>
        remark is null || reading is not Reading.Moved moved ? reading : moved with { Remark = moved.Remark is null ? remark : $"{remark}\n{moved.Remark}" };

    private static Reading Go(StepDraft draft, string? remark) => new Reading.Moved(draft, remark);

    private static StepDraft Back(StepDraft draft) => draft.Lines.IsEmpty ? Scene.Fresh : Scene.Fresh with { Stage = More, Lines = draft.Lines };

    private static StepDraft Counting(StepDraft draft, string item)
    {
        var next = (Scene.Fresh with { Stage = Quantity, Lines = draft.Lines }).With("item", item);
        return draft[Queue] is { } queue ? next.With(Queue, queue) : next;
    }

    private static StepDraft Set(StepDraft draft, Item item, int quantity)
    {
        var at = draft.Lines.FindIndex(l => l.ItemId == item.Id);
        var line = new BasketLine(item.Id, item.Name, item.Unit, item.Fee, quantity);
        return Scene.Fresh with { Stage = More, Lines = at < 0 ? draft.Lines.Add(line) : draft.Lines.SetItem(at, line) };
    }

    private static StepDraft Without(StepDraft draft, Item item) => Back(draft with { Lines = draft.Lines.RemoveAll(l => l.ItemId == item.Id) });

    private static int Of(StepDraft draft, Item item) => draft.Lines.Where(l => l.ItemId == item.Id).Sum(l => l.Quantity);

    // named again, a thing's number is set anew: what it has does not count against it
    private static int MostOf(Item item, ItemStep step, StepDraft draft) =>
        Math.Min(item.MaxQuantity, step.MaxQuantity - draft.Lines.Where(l => l.ItemId != item.Id).Sum(l => l.Quantity));

    private static int? QuantityOf(StepDraft draft) => draft["quantity"] is { } q ? int.Parse(q, CultureInfo.InvariantCulture) : null;
}
