using System.Globalization;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>
/// A choice as a LINE action. What LINE could not carry (data over 300 units, a link without a public address) becomes a message action that says
/// the label: typed words always work too, so the choice is never dead and never dropped.
/// </summary>
sealed class ChoiceWriter(Uri? publicBaseUrl)
{
    public const int QuickLabel = 20;
    public const int FlexLabel = 40;
    const int MaxData = 300;

    static readonly string[] Schemes = ["http", "https", "line", "tel"];
    static readonly DateOnly First = new(1900, 1, 1);
    static readonly DateOnly Last = new(2100, 12, 31);

    /// <summary>Camera, album and location screens open from quick replies only.</summary>
    public static bool IsQuickOnly(Choice choice) => choice.Action is ChoiceAction.SendLocation or ChoiceAction.TakePhoto or ChoiceAction.ChoosePhoto;

    public static string LabelOf(Choice choice) => choice.Label.Solid();

    public static bool Fits(Choice choice, int label) => LabelOf(choice).Fit(label) == LabelOf(choice);

    public void Write(Utf8JsonWriter w, Choice choice, int maxLabel, bool quick = false)
    {
        var label = LabelOf(choice);
        w.WriteStartObject();
        w.WriteString("label", label.Fit(maxLabel));
        switch (choice.Action)
        {
            case ChoiceAction.Tap { Data: { Length: > 0 and <= MaxData } data } tap:
                w.WriteString("type", "postback");
                w.WriteString("data", data.WellFormed());
                if (!string.IsNullOrWhiteSpace(tap.Shown)) w.WriteString("displayText", tap.Shown.Solid().Fit(300));
                break;
            case ChoiceAction.PickDate { Data: { Length: > 0 and <= MaxData } data } pick:
                w.WriteString("type", "datetimepicker");
                w.WriteString("data", data.WellFormed());
                w.WriteString("mode", "date");
                Dates(w, pick);
                break;
            case ChoiceAction.OpenLink link when Absolute(link.Url) is { } uri:
                w.WriteString("type", "uri");
                w.WriteString("uri", uri);
                break;
            case ChoiceAction.SendLocation when quick: w.WriteString("type", "location"); break;
            case ChoiceAction.TakePhoto when quick: w.WriteString("type", "camera"); break;
            case ChoiceAction.ChoosePhoto when quick: w.WriteString("type", "cameraRoll"); break;
            case var action:
                w.WriteString("type", "message");
                w.WriteString("text", (action as ChoiceAction.Speak)?.Words.Solid(label).Fit(300) ?? label.Fit(300));
                break;
        }
        w.WriteEndObject();
    }

    /// <summary>The address as LINE wants it: absolute, percent-encoded, at most <paramref name="max"/> characters; null when there is none.</summary>
    public string? Absolute(string url, int max = 1000)
    {
        if (url.StartsWith('/')) url = publicBaseUrl is { IsAbsoluteUri: true } ? publicBaseUrl.AbsoluteUri.TrimEnd('/') + url : "";
        if (!Uri.TryCreate(url.WellFormed(), UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme)) return null;
        if (uri.Scheme.StartsWith("http", StringComparison.Ordinal) && uri.Host.Length == 0) return null;
        var absolute = uri.AbsoluteUri;
        return absolute.Length <= max && absolute.All(c => c is > ' ' and <= '~') ? absolute : null;
    }

    static void Dates(Utf8JsonWriter w, ChoiceAction.PickDate pick)
    {
        var min = Clamp(pick.Min);
        var max = Clamp(pick.Max);
        if (min >= max) (min, max) = (null, null); // one possible day or none: LINE's picker cannot say so, the answer is checked anyway
        var initial = Clamp(pick.Initial);
        if (initial < min) initial = min;
        if (initial > max) initial = max;
        Day("initial", initial);
        Day("min", min);
        Day("max", max);

        void Day(string name, DateOnly? day)
        {
            if (day is { } d) w.WriteString(name, d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    static DateOnly? Clamp(DateOnly? day) => day is { } d ? d < First ? First : d > Last ? Last : d : null;
}
