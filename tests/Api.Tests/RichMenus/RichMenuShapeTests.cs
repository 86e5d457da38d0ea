using System.Text.Json;
using OrleansGov.Api.RichMenus;
using OrleansGov.Line;

namespace OrleansGov.Api.Tests.RichMenus;

public sealed class RichMenuShapeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Of_AnyNumberOfEntries_IsWhatLineTakes(int entries)
    {
        var town = new Town("minatodai", "みなと台市", "000", Phrases.Default) { Menu = [.. Enumerable.Range(1, entries).Select(i => new MenuEntry($"とても長い名前のメニュー項目その{i}です", $"ことば{i}", null))] };
        var menu = RichMenuShape.Of(town, "og-menu-0123456789abcdef");

        Assert.Empty(MessageRules.CheckRichMenu(JsonSerializer.SerializeToElement(menu)));
        Assert.Equal(entries, menu["areas"]!.AsArray().Count);
    }
}
