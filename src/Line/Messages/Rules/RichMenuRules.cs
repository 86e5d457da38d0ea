namespace OrleansGov.Line;

/// <summary>Rich menu objects (LINE reference, Rich menu structure).</summary>
static class RichMenuRules
{
    public static void Check(RuleNode menu)
    {
        if (!menu.IsObject("size", "selected", "name", "chatBarText", "areas")) return;
        if (menu.Required("size") is { } size && size.IsObject("width", "height"))
        {
            var width = size.Whole("width", true, 800, 2500);
            var height = size.Whole("height", true, 250);
            if (width is { } w && height is > 0 and var h && w < 1.45 * h) size.Fail("The aspect ratio (width / height) must be 1.45 or more");
        }
        if (menu.Required("selected") is not null) menu.Flag("selected");
        menu.Text("name", 300, Counting.Graphemes);
        menu.Text("chatBarText", 14, Counting.Graphemes);
        foreach (var area in menu.Items("areas", 0, 20))
        {
            if (!area.IsObject("bounds", "action")) continue;
            if (area.Required("bounds") is { } bounds && bounds.IsObject("x", "y", "width", "height"))
            {
                bounds.Whole("x", true, 0);
                bounds.Whole("y", true, 0);
                bounds.Whole("width", true, 1);
                bounds.Whole("height", true, 1);
            }
            if (area.Required("action") is { } action) ActionRules.Check(action, ActionPlace.RichMenu);
        }
    }
}
