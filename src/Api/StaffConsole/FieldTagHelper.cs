using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace OrleansGov.Api.StaffConsole;

/// <summary>
/// A field of a form, in the order of デジタル庁デザインシステム: label, whether it is required, support, input, error. <c>&lt;field name="Name" label="氏名" required /&gt;</c>;
/// for kind="select" the options are its content. What was typed comes back when the form had a mistake.
/// </summary>
[HtmlTargetElement("field")]
public sealed class FieldTagHelper : TagHelper
{
    /// <summary>Name and id of the input, and the key of its error.</summary>
    public required string Name { get; set; }

    public required string Label { get; set; }

    public string? Support { get; set; }

    public bool Required { get; set; }

    /// <summary>An input's type, or select, or textarea.</summary>
    public string Kind { get; set; } = "text";

    public string? Value { get; set; }

    public int? MaxLength { get; set; }

    /// <summary>Without the mark for optional fields: for filters, where all are.</summary>
    public bool Plain { get; set; }

    public string? Autocomplete { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inside = await output.GetChildContentAsync();
        var entry = View.ModelState.TryGetValue(Name, out var found) ? found : null;
        var error = entry?.Errors.FirstOrDefault()?.ErrorMessage;
        var value = entry?.AttemptedValue ?? Value;

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        var label = new TagBuilder("label");
        label.Attributes["for"] = Name;
        label.InnerHtml.Append(Label);
        if (!Plain) label.InnerHtml.AppendHtml(Mark());
        output.Content.SetHtmlContent(label);
        if (Support is not null) output.Content.AppendHtml(Said("support", $"{Name}-support", Support));

        var input = new TagBuilder(Kind is "select" or "textarea" ? Kind : "input") { TagRenderMode = Kind is "select" or "textarea" ? TagRenderMode.Normal : TagRenderMode.StartTag };
        input.Attributes["id"] = Name;
        input.Attributes["name"] = Name;
        if (Required) input.Attributes["aria-required"] = "true"; // the server says what is missing, in our words
        if (MaxLength is { } most) input.Attributes["maxlength"] = most.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Autocomplete is not null) input.Attributes["autocomplete"] = Autocomplete;
        if (error is not null) input.Attributes["aria-invalid"] = "true";
        string?[] describes = [Support is null ? null : $"{Name}-support", error is null ? null : $"{Name}-error"];
        if (describes.Any(d => d is not null)) input.Attributes["aria-describedby"] = string.Join(' ', describes.Where(d => d is not null));
        switch (Kind)
        {
            case "select":
                input.InnerHtml.AppendHtml(inside);
                break;
            case "textarea":
                input.Attributes["rows"] = "4";
                input.InnerHtml.Append(value ?? "");
                break;
            default:
                input.Attributes["type"] = Kind;
                if (value is not null) input.Attributes["value"] = value;
                break;
        }

        output.Content.AppendHtml(input);
        if (error is not null) output.Content.AppendHtml(Said("error", $"{Name}-error", error));
    }

    private TagBuilder Mark()
    {
        var mark = new TagBuilder("span");
        mark.AddCssClass(Required ? "required" : "optional");
        mark.InnerHtml.Append(Required ? "※必須" : "任意");
        return mark;
    }

    private static TagBuilder Said(string kind, string id, string words)
    {
        var said = new TagBuilder("p");
        said.AddCssClass(kind);
        said.Attributes["id"] = id;
        said.InnerHtml.Append(words);
        return said;
    }
}
