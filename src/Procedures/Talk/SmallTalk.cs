namespace OrleansGov.Procedures;

/// <summary>Words that answer or fill a pause but name nothing: never taken for a thing, a place or a wish.</summary>
public static class SmallTalk
{
    private static readonly HashSet<string> Yes = Folded("はい", "ええ", "うん", "そう", "そうです", "お願いします", "おねがいします", "ok", "オーケー", "いいです", "いいよ", "はーい");
    private static readonly HashSet<string> No = Folded("いいえ", "いや", "いやです", "ちがう", "ちがいます", "違う", "違います", "しない", "やっぱりいいえ", "やっぱりやめる", "やっぱりやめます", "やめとく", "やめておく", "no");
    private static readonly HashSet<string> Thanks = Folded("ありがとう", "ありがとうございます", "ありがとうございました", "どうも", "助かりました", "サンキュー", "👍", "🙏", "😊", "よかった", "わかりました", "了解", "了解です", "便利でした", "とても便利でした");
    private static readonly HashSet<string> Pauses = Folded("えっと", "ええと", "うーん", "あの", "あれ", "これ", "それ", "どれ", "なに", "何", "ふたつ", "ひとつ", "ダース", "全部", "以上", "次", "もう", "まだ", "ちょっと", "待って", "ない");

    public static bool IsYes(string words) => Yes.Contains(JapaneseText.Fold(words));

    public static bool IsNo(string words) => No.Contains(JapaneseText.Fold(words));

    public static bool IsThanks(string words) => Thanks.Contains(JapaneseText.Fold(words)) || words is "👍" or "🙏" or "😊";

    /// <summary>Any of them.</summary>
    public static bool IsAnswer(string words)
    {
        var said = JapaneseText.Fold(words);
        return Yes.Contains(said) || No.Contains(said) || Pauses.Contains(said) || Thanks.Contains(said);
    }

    private static HashSet<string> Folded(params ReadOnlySpan<string> words)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
            if (JapaneseText.Fold(word) is { Length: > 0 } folded) set.Add(folded);
        return set;
    }
}
