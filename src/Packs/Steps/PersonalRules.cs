using System.Text.RegularExpressions;

namespace OrleansGov.Packs.Steps;

/// <summary>
/// Where personal data may be asked (security.md §2): P1 on the form of a secret step, or in the talk where the installation decided so;
/// P3 (マイナンバー, card numbers, passwords, identity photos) nowhere. The kind decides first; words betray a field that hides behind <c>text</c>.
/// </summary>
internal static partial class PersonalRules
{
    public static bool IsPersonalKind(Step step) => step is
        NamedTextStep { Name: not NamedText.PostalCode } or AddressStep { Precision: AddressPrecision.Block } or SecretStep;

    public static void Check(ImmutableList<PlacedStep> placed, PackRules rules, FileProblems problems)
    {
        foreach (var at in placed)
        {
            if (at.Step is not { } step || step is SecretStep or ConsentStep or HandoffStep) continue;
            CheckForbidden(at, step, problems);
            if (at.Secret || rules.PersonalDetailsInTalk) continue;

            if (IsPersonalKind(step))
                problems.At(at.LineOf("kind"), $"「{at.Id}」（{step.Kind}）は個人情報です。トークの中では聞けません。", "「kind: secret」の質問の fields に移してください。");
            else if (step.Personal)
                problems.At(at.LineOf("personal"), $"「{at.Id}」は「personal: true」です。トークの中では聞けません。", "「kind: secret」の質問の fields に移してください。");
            else if (step is TextStep or NumberStep && Betrays(step, Personal()) is { } word)
                problems.At(at.LineOf("ask"), $"「{at.Id}」は個人情報（{word}）を聞いているようです。トークの中では聞けません。", "「kind: secret」の質問の fields に移すか、聞かない文にしてください。");
        }
    }

    private static void CheckForbidden(PlacedStep at, Step step, FileProblems problems)
    {
        var word = step switch
        {
            TextStep or NumberStep or NamedTextStep => Betrays(step, Forbidden()),
            PhotoStep => Betrays(step, ForbiddenPhoto()),
            _ => null,
        };
        if (word is null && step is TextStep or NumberStep or NamedTextStep && at.Id.Replace("-", "", StringComparison.Ordinal) is "mynumber" or "individualnumber" or "cardnumber" or "password")
            word = at.Id;
        if (word is not null)
            problems.At(at.LineOf("ask"), $"「{at.Id}」は「{word}」を集めようとしています。このしくみでは集められません。", "この質問を消してください。必要な手続きは窓口かマイナポータルを案内してください。");
    }

    /// <summary>The telling word in the label or the question; sentences that tell residents not to write it do not count.</summary>
    private static string? Betrays(Step step, Regex words) =>
        new[] { step.Label, step.Ask }.OfType<Wording>()
            .SelectMany(w => w.ByLanguage.Values)
            .SelectMany(t => t.Split(['。', '\n', '！', '？']))
            .Where(sentence => !Declining().IsMatch(sentence))
            .Select(sentence => words.Match(sentence))
            .FirstOrDefault(m => m.Success)?.Value;

    [GeneratedRegex("氏名|お?名前|フルネーム|番地|部屋番号|ご?住所|電話番号|メールアドレス|生年月日|誕生日", RegexOptions.CultureInvariant)]
    private static partial Regex Personal();

    [GeneratedRegex("マイナンバー(?!カード)|個人番号|暗証番号|パスワード|カード番号|カードの番号|セキュリティコード", RegexOptions.CultureInvariant)]
    private static partial Regex Forbidden();

    [GeneratedRegex("マイナンバー|本人確認|免許証|保険証|在留カード|パスポート|旅券|自撮り|顔写真|クレジットカード", RegexOptions.CultureInvariant)]
    private static partial Regex ForbiddenPhoto();

    [GeneratedRegex("ないで|しません|いりません|不要|必要ありません|避けて|以外|のぞいて|除いて", RegexOptions.CultureInvariant)]
    private static partial Regex Declining();
}
