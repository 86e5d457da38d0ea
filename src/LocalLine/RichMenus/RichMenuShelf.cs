using System.Text.Json;

namespace OrleansGov.LocalLine.RichMenus;

/// <summary>A rich menu and its picture.</summary>
internal sealed class RichMenu(string id, JsonElement json)
{
    public string Id { get; } = id;

    public JsonElement Json { get; } = json;

    public byte[]? Image { get; set; }

    public string MediaType { get; set; } = "image/png";
}

/// <summary>Menus, aliases and the default of one channel. Used under the world's gate.</summary>
internal sealed class RichMenuShelf
{
    public const int Most = 1000;
    private readonly Dictionary<string, RichMenu> menus = [];

    public string? Default { get; set; }

    public IReadOnlyCollection<RichMenu> Menus => menus.Values;

    public SortedDictionary<string, string> Aliases { get; } = new(StringComparer.Ordinal);

    public bool Has(string id) => menus.ContainsKey(id);

    public RichMenu? Find(string id) => menus.GetValueOrDefault(id);

    public string? Alias(string alias) => Aliases.GetValueOrDefault(alias);

    public void Add(RichMenu menu) => menus.Add(menu.Id, menu);

    public bool Remove(string id)
    {
        if (Default == id) Default = null;
        return menus.Remove(id);
    }
}
