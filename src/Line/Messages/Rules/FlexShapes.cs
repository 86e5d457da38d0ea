using System.Text.RegularExpressions;

namespace OrleansGov.Line;

/// <summary>The small languages of Flex properties: lengths, sizes, ratios, colours.</summary>
static partial class FlexShapes
{
    const string Px = @"[0-9]+(\.[0-9]+)?px";
    const string Percent = @"[0-9]+(\.[0-9]+)?%";
    const string Steps = "none|xs|sm|md|lg|xl|xxl";
    const string Fonts = "xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl";

    [GeneratedRegex(@"^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})\z")]
    public static partial Regex Colour();

    /// <summary>Margin and spacing.</summary>
    [GeneratedRegex($@"^({Px}|{Steps})\z")]
    public static partial Regex Gap();

    [GeneratedRegex($@"^({Px}|{Percent}|{Steps})\z")]
    public static partial Regex Padding();

    /// <summary>Offsets move in both directions.</summary>
    [GeneratedRegex($@"^(-?{Px}|-?{Percent}|{Steps})\z")]
    public static partial Regex Offset();

    [GeneratedRegex($@"^({Px}|{Percent})\z")]
    public static partial Regex Extent();

    [GeneratedRegex($@"^({Px}|none|light|normal|medium|semi-bold|bold)\z")]
    public static partial Regex Border();

    [GeneratedRegex($@"^({Px}|{Fonts})\z")]
    public static partial Regex Font();

    [GeneratedRegex($@"^({Px}|{Percent}|{Fonts}|full)\z")]
    public static partial Regex ImageSize();

    [GeneratedRegex($@"^({Px}|{Percent}|{Fonts})\z")]
    public static partial Regex IconSize();

    [GeneratedRegex($@"^{Px}\z")]
    public static partial Regex Pixels();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?deg\z")]
    public static partial Regex Angle();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?%\z")]
    public static partial Regex Share();

    [GeneratedRegex(@"^(?<w>[0-9]+(\.[0-9]+)?):(?<h>[0-9]+(\.[0-9]+)?)\z")]
    public static partial Regex Ratio();
}
