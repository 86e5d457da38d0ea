using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace OrleansGov.Api.Pages;

/// <summary>Markup. What is written into a template is encoded, unless it is markup already: a value can never become a tag or leave its attribute.</summary>
public readonly record struct Html(string Markup)
{
    // Japanese stays readable in the source; what could matter to a parser is still escaped.
    internal static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static readonly Html None = new("");

    /// <summary>Markup with holes: <c>Html.Of($"&lt;p&gt;{words}&lt;/p&gt;")</c>. Attribute values must stand in double quotes.</summary>
    public static Html Of(HtmlTemplate template) => new(template.ToString());

    public override string ToString() => Markup ?? "";
}

/// <summary>Fills the holes of <see cref="Html.Of"/>.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlTemplate(int literalLength, int holes)
{
    private readonly StringBuilder _markup = new(literalLength + holes * 16);

    public void AppendLiteral(string markup) => _markup.Append(markup);

    public void AppendFormatted(string? words) => _markup.Append(Html.Encoder.Encode(words ?? ""));

    public void AppendFormatted(int number) => _markup.Append(CultureInfo.InvariantCulture, $"{number}");

    public void AppendFormatted(Html markup) => _markup.Append(markup.Markup);

    public void AppendFormatted(IEnumerable<Html> several)
    {
        foreach (var markup in several) _markup.Append(markup.Markup);
    }

    public override string ToString() => _markup.ToString();
}
