using System.Globalization;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>Where an action stands; decides which actions are allowed and how long their label may be.</summary>
enum ActionPlace { Template, TemplateDefault, ImageCarousel, QuickReply, FlexButton, Flex, FlexVideo, RichMenu }

/// <summary>Action objects (LINE reference, Action objects).</summary>
static class ActionRules
{
    static readonly string[] UriSchemes = ["http", "https", "line", "tel"];
    static readonly string[] Everywhere = ["postback", "message", "uri", "datetimepicker", "clipboard"];

    public static void Check(RuleNode a, ActionPlace place)
    {
        if (a.Json.ValueKind != JsonValueKind.Object)
        {
            a.Fail("must be an object");
            return;
        }
        var type = a.OneOf("type", true, place switch
        {
            ActionPlace.QuickReply => [.. Everywhere, "camera", "cameraRoll", "location"],
            ActionPlace.RichMenu => [.. Everywhere, "richmenuswitch"],
            ActionPlace.FlexVideo => ["uri"],
            _ => Everywhere,
        });
        if (type is null) return;

        Label(a, place);
        switch (type)
        {
            case "postback": Postback(a); break;
            case "message":
                a.IsObject("type", "label", "text");
                a.Text("text", 300, Counting.Graphemes);
                break;
            case "uri":
                a.IsObject("type", "label", "uri", "altUri");
                a.Url("uri", true, 1000, UriSchemes);
                if (a["altUri"] is { } alternative && alternative.IsObject("desktop")) alternative.Url("desktop", false, 1000, UriSchemes);
                break;
            case "datetimepicker": Picker(a); break;
            case "clipboard":
                a.IsObject("type", "label", "clipboardText");
                a.Text("clipboardText", 1000);
                break;
            case "richmenuswitch":
                a.IsObject("type", "label", "richMenuAliasId", "data");
                a.Text("richMenuAliasId", 32);
                a.Text("data", 300, mayBeEmpty: true);
                break;
            default: a.IsObject("type", "label"); break;
        }
    }

    static void Label(RuleNode a, ActionPlace place)
    {
        var (max, required) = place switch
        {
            ActionPlace.Template or ActionPlace.QuickReply => (20, true),
            ActionPlace.FlexButton => (40, true),
            ActionPlace.ImageCarousel => (12, false),
            ActionPlace.TemplateDefault or ActionPlace.RichMenu => (20, false),
            _ => (40, false),
        };
        a.Text("label", max, Counting.Graphemes, required, mayBeEmpty: !required);
    }

    static void Postback(RuleNode a)
    {
        a.IsObject("type", "label", "data", "displayText", "text", "inputOption", "fillInText");
        a.Text("data", 300);
        a.Text("displayText", 300, Counting.Graphemes, required: false);
        a.Text("text", 300, Counting.Graphemes, required: false);
        if (a["displayText"] is not null && a["text"] is not null) a.FailAt("text", "must not be specified together with displayText");
        var input = a.OneOf("inputOption", false, "closeRichMenu", "openRichMenu", "openKeyboard", "openVoice");
        a.Text("fillInText", 300, Counting.Graphemes, required: false);
        if (a["fillInText"] is not null && input != "openKeyboard") a.FailAt("fillInText", "must be specified with inputOption openKeyboard only");
    }

    static void Picker(RuleNode a)
    {
        a.IsObject("type", "label", "data", "mode", "initial", "min", "max");
        a.Text("data", 300);
        if (a.OneOf("mode", true, "date", "time", "datetime") is not { } mode) return;
        var initial = Moment(a, "initial", mode);
        var min = Moment(a, "min", mode);
        var max = Moment(a, "max", mode);
        if (min >= max) a.FailAt("max", "must be later than min");
        if (initial < min || initial > max) a.FailAt("initial", "must be between min and max");
    }

    static DateTime? Moment(RuleNode a, string name, string mode)
    {
        if (a[name]?.AsText() is not { } text) return null;
        var format = mode switch { "date" => "yyyy-MM-dd", "time" => "HH:mm", _ => "yyyy-MM-dd'T'HH:mm" };
        if (DateTime.TryParseExact(mode == "datetime" ? text.Replace('t', 'T') : text, format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var moment)
            && (mode == "time" || moment.Year is >= 1900 and <= 2100)) return moment;
        a.FailAt(name, "invalid property");
        return null;
    }
}
