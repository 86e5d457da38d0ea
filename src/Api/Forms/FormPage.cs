using OrleansGov.Api.Pages;

namespace OrleansGov.Api.Forms;

/// <summary>
/// The one-time form, after the Digital Agency's design system: label, 必須/任意, support text, input, error text; an error summary that
/// receives the focus. Phone first. The values are personal: they stand in this page and nowhere else.
/// </summary>
internal static class FormPage
{
    private const int MostRadioButtons = 6;

    // Where no form is known, no town is either.
    private const string Owner = "手続きの入力ページ";

    /// <param name="values">What the resident typed before; empty on the first view.</param>
    /// <param name="errors">Japanese sentences by field id.</param>
    public static IResult Show(FormView form, string antiforgeryField, string antiforgeryToken, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> errors)
    {
        var wrong = form.Fields.Where(f => errors.ContainsKey(f.Id)).ToList();
        return Page.Show(wrong.Count == 0 ? form.Title : $"エラー: {form.Title}", Html.Of($"""
            {(wrong.Count == 0 ? Html.None : Summary(wrong, errors))}
            <h1>{form.Title}</h1>
            <p class="lead">{form.Lead}</p>
            <p class="note">{Until(form.Until)}まで、1回だけ送信できます。入力した内容は LINE のトークには残りません。</p>
            <form method="post" novalidate data-once>
            <input type="hidden" name="{antiforgeryField}" value="{antiforgeryToken}">
            {form.Fields.Select(f => Field(f, values.GetValueOrDefault(f.Id) ?? f.Prefill ?? "", errors.GetValueOrDefault(f.Id)))}
            <div class="field remember">
            <label class="choice"><input type="checkbox" name="remember" value="on"{(values.ContainsKey("remember") ? Checked : Html.None)}> 次回のために保存する</label>
            <p class="support">次の申込みで同じ内容が入ります。トークで「保存を取り消す」と送れば、いつでも消せます。</p>
            </div>
            <button type="submit">入力内容を送信する</button>
            </form>
            """), wrong.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, form.TownName);
    }

    public static IResult Saved() => Page.Show("送信しました", Html.Of($"""
        <h1>送信しました</h1>
        <p class="lead">入力内容を受け取りました。LINE のトークに、次のご案内が届きます。</p>
        <p><a class="button" href="https://line.me/R/">トークへ戻る</a></p>
        <p class="support">戻らないときは、このページを閉じて LINE を開いてください。</p>
        """), owner: Owner);

    public static IResult Gone() => Page.Show("このページは使えません", Html.Of($"""
        <h1>このページは使えません</h1>
        <p class="lead">すでに送信が済んでいるか、時間が過ぎています。</p>
        <p>送信した覚えがないときは、LINE のトークで「続きから」と送ってください。新しい入力ページをご案内します。これまでの入力は消えていません。</p>
        <p><a class="button" href="https://line.me/R/">トークへ戻る</a></p>
        """), StatusCodes.Status410Gone, Owner);

    public static IResult Unconfirmed() => Page.Show("もう一度お試しください", Html.Of($"""
        <h1>送信を確認できませんでした</h1>
        <p class="lead">何も保存していません。LINE のトークから、入力ページをもう一度開いてください。</p>
        <p class="support">ブラウザの Cookie が使えない設定のときにも、この画面になります。</p>
        <p><a class="button" href="https://line.me/R/">トークへ戻る</a></p>
        """), StatusCodes.Status400BadRequest, Owner);

    private static readonly Html Checked = new(" checked");
    private static readonly Html Selected = new(" selected");

    private static Html Summary(List<FormField> wrong, IReadOnlyDictionary<string, string> errors) => Html.Of($"""
        <div class="error-summary" role="alert" tabindex="-1" autofocus>
        <h2>入力内容を確認してください</h2>
        <ul>{wrong.Select(f => Html.Of($"<li><a href=\"#{FirstInput(f)}\">{(errors[f.Id].Contains(f.Label, StringComparison.Ordinal) ? "" : $"{f.Label}：")}{errors[f.Id]}</a></li>"))}</ul>
        </div>
        """);

    private static Html Field(FormField field, string value, string? error)
    {
        var input = Input(field, value, error);
        var state = Html.Of($"""<span class="{(field.Required ? "required" : "optional")}">{(field.Required ? "必須" : "任意")}</span>""");
        var words = Html.Of($"""
            {(field.Support is null ? Html.None : Html.Of($"<p class=\"support\" id=\"{field.Id}-support\">{field.Support}</p>"))}
            """);
        var wrong = error is null ? Html.None : Html.Of($"<p class=\"error\" id=\"{field.Id}-error\">{error}</p>");
        return IsRadio(field)
            ? Html.Of($"<fieldset class=\"field\"{Described(field, error)}><legend>{field.Label} {state}</legend>{words}{input}{wrong}</fieldset>")
            : Html.Of($"<div class=\"field\"><label for=\"f-{field.Id}\">{field.Label} {state}</label>{words}{input}{wrong}</div>");
    }

    private static Html Input(FormField field, string value, string? error)
    {
        var common = Html.Of($" id=\"f-{field.Id}\" name=\"{field.Id}\"{(field.Required ? new(" aria-required=\"true\"") : Html.None)}{Described(field, error)}");
        if (IsRadio(field))
            return Html.Of($"{field.Options.Select((o, i) => Html.Of($"<label class=\"choice\"><input type=\"radio\" id=\"f-{field.Id}-{i}\" name=\"{field.Id}\" value=\"{o.Value}\"{(o.Value == value ? Checked : Html.None)}> {o.Label}</label>"))}");
        return field.Kind switch
        {
            "choice" => Html.Of($"<select{common}><option value=\"\">選んでください</option>{field.Options.Select(o => Html.Of($"<option value=\"{o.Value}\"{(o.Value == value ? Selected : Html.None)}>{o.Label}</option>"))}</select>"),
            "paragraph" => Html.Of($"<textarea rows=\"4\"{common}>\n{value}</textarea>"),
            _ => Html.Of($"<input{Keyboard(field.Kind)}{common} value=\"{value}\">"),
        };
    }

    // What the phone shows and fills in by itself.
    private static Html Keyboard(string kind) => new(kind switch
    {
        "name" => " type=\"text\" autocomplete=\"name\"",
        "phone" => " type=\"tel\" inputmode=\"tel\" autocomplete=\"tel\"",
        "email" => " type=\"email\" inputmode=\"email\" autocomplete=\"email\"",
        "postal-code" => " type=\"text\" inputmode=\"numeric\" autocomplete=\"postal-code\"",
        "address" => " type=\"text\" autocomplete=\"street-address\"",
        "number" => " type=\"text\" inputmode=\"numeric\" autocomplete=\"off\"",
        "date" => " type=\"date\"",
        _ => " type=\"text\" autocomplete=\"off\"",
    });

    private static Html Described(FormField field, string? error)
    {
        string[] by = [.. field.Support is null ? [] : new[] { $"{field.Id}-support" }, .. error is null ? [] : new[] { $"{field.Id}-error" }];
        return by.Length == 0 ? Html.None : Html.Of($" aria-describedby=\"{string.Join(' ', by)}\"{(error is null ? Html.None : new(" aria-invalid=\"true\""))}");
    }

    private static bool IsRadio(FormField field) => field.Kind == "choice" && field.Options.Count <= MostRadioButtons;

    private static string FirstInput(FormField field) => IsRadio(field) ? $"f-{field.Id}-0" : $"f-{field.Id}";

    private static string Until(DateTimeOffset until)
    {
        var local = until.ToOffset(Town.Offset);
        return FormattableString.Invariant($"{JapaneseDates.Day(DateOnly.FromDateTime(local.DateTime))}{local.Hour}時{local.Minute:00}分");
    }
}
