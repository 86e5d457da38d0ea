using System.Text.RegularExpressions;
using OrleansGov.Packs.Steps;
using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs;

/// <summary>What happens after the resident said 申し込む.</summary>
internal static partial class CompletionSection
{
    private static readonly ImmutableList<string> OnlyWithSlot = ["reminders", "change-cut-off", "cancel-cut-off"];

    /// <summary>What the engine fills into receipts and reminders.</summary>
    private static readonly ImmutableHashSet<string> Names = ["number", "title", "day", "fee", "town", "phone"];

    public static Completion? Read(Section procedure, ImmutableList<PlacedStep> placed)
    {
        if (procedure.Need("completion", "「completion:」の下に receipt-prefix と receipt を書いてください。") is not { } node) return null;
        if (procedure.AsSection(node, "completion") is not { } section) return null;

        var prefix = section.NeedText("receipt-prefix", "受付番号の前に付く英大文字1〜3文字を書いてください。例: receipt-prefix: S");
        if (prefix is not null && !Prefix().IsMatch(prefix))
            section.Problems.At(section.LineOf("receipt-prefix"), $"「receipt-prefix: {prefix}」は使えません。", "英大文字1〜3文字にしてください。");
        var receipt = section.NeedWording("receipt", "受付のときに言う文を書いてください。", 1000, Names);
        var note = section.Wording("note", 1000, Names);
        var reminders = section.Maps("reminders").Select(Reminder).OfType<Reminder>().ToImmutableList();
        var change = section.Integer("change-cut-off", 0, 60);
        var cancel = section.Integer("cancel-cut-off", 0, 60);
        section.Need("satisfaction", "終わりに「便利でしたか？」と聞くなら true、聞かないなら false と書いてください。");
        var satisfaction = section.Flag("satisfaction");
        section.End();

        var slots = placed.Where(p => p.Step is SlotStep).ToList();
        foreach (var second in slots.Skip(1))
            section.Problems.At(second.Line, "slot の質問が2つあります。1つの手続きで予約できる日は1つです。", "1つにするか、手続きを分けてください。");
        foreach (var key in OnlyWithSlot.Where(k => slots.Count == 0 && section.Has(k)))
            section.Problems.At(section.LineOf(key), $"予約の日（slot の質問）がないので「{key}」は使えません。", "この項目を消してください。");
        return prefix is null || receipt is null || satisfaction is null ? null : new Completion(prefix, receipt)
        {
            Note = note,
            Reminders = reminders,
            ChangeCutOffBusinessDays = change,
            CancelCutOffBusinessDays = cancel,
            AskSatisfaction = satisfaction.Value,
        };
    }

    private static Reminder? Reminder(Section section)
    {
        var days = section.NeedInteger("days-before", 0, 60);
        var at = section.NeedTime("at");
        var text = section.NeedWording("text", "お知らせの文を書いてください。", 1000, Names);
        section.End();
        return days is null || at is null || text is null ? null : new Reminder(days.Value, at.Value, text);
    }

    [GeneratedRegex(@"^[A-Z]{1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
