using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace OrleansGov.Api.StaffConsole;

/// <summary>Parts of pictures that Razor cannot write: it takes the text of an SVG for its own.</summary>
public static class Svg
{
    /// <param name="anchor">start, middle or end.</param>
    public static IHtmlContent Text(double x, double y, string words, string anchor = "start")
    {
        var text = new TagBuilder("text");
        text.Attributes["x"] = Number(x);
        text.Attributes["y"] = Number(y);
        text.Attributes["text-anchor"] = anchor;
        text.InnerHtml.Append(words);
        return text;
    }

    public static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
