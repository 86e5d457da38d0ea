using System.Text.Json.Nodes;

namespace OrleansGov.Api.RichMenus;

/// <summary>A town's menu as LINE wants it: 2500 × 1686 pixels, a grid of up to 3 × 2 areas, each saying its entry's words.</summary>
public static class RichMenuShape
{
    private const int Width = 2500;
    private const int Height = 1686;

    public static JsonObject Of(Town town, string name) => new()
    {
        ["size"] = new JsonObject { ["width"] = Width, ["height"] = Height },
        ["selected"] = true,
        ["name"] = name,
        ["chatBarText"] = "メニュー",
        ["areas"] = new JsonArray([.. town.Menu.Select((entry, i) => Area(entry, i, town.Menu.Count))]),
    };

    // Four entries stand two by two, so that each is as large as a thumb likes.
    private static JsonObject Area(MenuEntry entry, int place, int count)
    {
        var columns = count is 2 or 4 ? 2 : Math.Min(count, 3);
        var rows = (count + columns - 1) / columns;
        var (column, row) = (place % columns, place / columns);
        int Left(int c) => Width * c / columns;
        int Top(int r) => Height * r / rows;
        return new()
        {
            ["bounds"] = new JsonObject { ["x"] = Left(column), ["y"] = Top(row), ["width"] = Left(column + 1) - Left(column), ["height"] = Top(row + 1) - Top(row) },
            ["action"] = new JsonObject { ["type"] = "message", ["label"] = entry.Label.Length <= 20 ? entry.Label : entry.Label[..20], ["text"] = entry.Words },
        };
    }
}
