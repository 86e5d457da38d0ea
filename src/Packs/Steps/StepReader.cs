using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs.Steps;

/// <summary>Reads the steps of a procedure: what every kind has here, what only one kind has in <see cref="StepKinds"/>.</summary>
internal static class StepReader
{
    private const int MostSteps = 60;

    /// <summary>Every step, each secret step followed by its fields.</summary>
    public static ImmutableList<PlacedStep> Read(Section procedure)
    {
        var sections = procedure.Maps("steps");
        if (sections.Count == 0) procedure.Problems.At(procedure.LineOf("steps"), "「steps」（質問）が1つもありません。", "「steps:」の下に「- id: …」を1つ以上書いてください。");
        if (sections.Count > MostSteps) procedure.Problems.At(procedure.LineOf("steps"), $"質問が多すぎます（{sections.Count}）。", $"{MostSteps}までにしてください。手続きを分けることもできます。");

        var placed = sections.Take(MostSteps).SelectMany(ReadWithFields).ToImmutableList();
        foreach (var twin in placed.GroupBy(p => p.Id).Where(g => g.Key.Length > 0).SelectMany(g => g.Skip(1)))
            procedure.Problems.At(twin.LineOf("id"), $"id「{twin.Id}」が2回使われています。", "質問ごとに違う id にしてください（secret の中の欄も含みます）。");
        return placed;
    }

    private static IEnumerable<PlacedStep> ReadWithFields(Section section)
    {
        var id = section.NeedId("id", "質問の名前を半角で書いてください。例: id: day");
        if (section.Text("kind") == "secret")
        {
            var fields = section.Maps("fields").Select(f => ReadField(f)).ToImmutableList();
            if (fields.Count == 0) section.Problems.At(section.LineOf("fields"), "secret の「fields」（入力欄）が1つもありません。", "「fields:」の下に「- id: …」を書いてください。");
            var step = ReadCommon(section, id, (i, ask) => fields.TrueForAll(f => f.Step is not null) && fields.Count > 0
                ? new SecretStep(i, ask, [.. fields.Select(f => f.Step!)])
                : null);
            return fields.Insert(0, new PlacedStep(id ?? "", step is null ? null : step with { Personal = true }, section, false));
        }
        return [new PlacedStep(id ?? "", ReadKind(section, id), section, false)];
    }

    private static PlacedStep ReadField(Section field)
    {
        var id = field.NeedId("id", "欄の名前を半角で書いてください。例: id: phone");
        var kind = field.Text("kind");
        if (kind is not null && StepKinds.All.ContainsKey(kind) && !StepKinds.InForms.Contains(kind))
            field.Problems.At(field.LineOf("kind"), $"「{kind}」は secret（入力フォーム）の中では使えません。", "secret の外の質問にしてください。");
        if (field.Has("when"))
            field.Problems.At(field.LineOf("when"), "secret の中の欄には「when」を書けません。", "条件は secret の質問そのものに書いてください。");
        var step = ReadKind(field, id);
        if (step is AddressStep { Precision: AddressPrecision.Town })
            field.Problems.At(field.LineOf("precision"), "secret の中の住所は番地まで聞くものだけです。", "「precision: block」にするか、secret の外の質問にしてください。");
        // What is asked on the form is personal unless the pack says that it is not and the kind allows it.
        return new PlacedStep(id ?? "", step is null ? null : step with { Personal = step.Personal || !field.Has("personal") }, field, true);
    }

    private static Step? ReadKind(Section section, string? id)
    {
        var kind = section.NeedText("kind", $"使えるのは {string.Join("、", StepKinds.Names)} です。");
        if (kind is null || !StepKinds.All.TryGetValue(kind, out var build))
        {
            // Without its kind nobody can say which keys the step may have: only this one problem is reported.
            if (kind is not null) section.Problems.At(section.LineOf("kind"), $"「kind: {kind}」という種類はありません。", Nearest.Fix(kind, StepKinds.Names));
            return null;
        }
        return ReadCommon(section, id, (i, ask) => build(section, i, ask));
    }

    private static Step? ReadCommon(Section section, string? id, Func<string, Wording, Step?> build)
    {
        section.Find("kind");
        var ask = section.NeedWording("ask", "住民への質問の文を書いてください。例: ask: 収集日を選んでください。");
        // The kind's own keys are read even when the common ones failed, so that the officer sees every problem at once.
        var step = build(id ?? "", ask ?? "");
        var label = section.Wording("label", 40);
        if (label is null && !section.Has("label") && step is not HandoffStep)
            section.Problems.At(section.Line, "「label」（確認画面での呼び名）がありません。", "例: label: 収集日");
        var help = section.Wording("help");
        var when = ReadWhen(section);
        var optional = section.Flag("optional") ?? false;
        var personal = section.Flag("personal");
        var profile = section.Text("profile", 40);
        if (profile is not null && !Section.IsId(profile))
            section.Problems.At(section.LineOf("profile"), $"「profile: {profile}」は使えない形です。", "英小文字・数字・「-」だけで書いてください。例: profile: home-town");
        section.End();

        if (step is null || id is null || ask is null) return null;
        if (personal == false && PersonalRules.IsPersonalKind(step))
            section.Problems.At(section.LineOf("personal"), $"「{step.Kind}」は個人情報なので「personal: false」にできません。", "「personal」の行を消してください。");
        return step with
        {
            Label = label,
            Help = help,
            When = when,
            Optional = optional,
            Personal = personal == true || PersonalRules.IsPersonalKind(step),
            ProfileKey = profile,
        };
    }

    private static Condition? ReadWhen(Section section)
    {
        if (section.Text("when", 500) is not { } text) return null;
        if (Condition.TryParse(text, out var condition, out var fault, out var column)) return condition;
        section.Problems.At(section.LineOf("when"), $"「when」の{column}文字目が読めません。{fault}", "例: when: type == \"copy\" and pieces > 1");
        return null;
    }
}
