using OrleansGov.Packs.Towns;

namespace OrleansGov.Api.Settings;

/// <summary>The towns of an installation, from <c>packs/towns/*.yaml</c>.</summary>
/// <param name="Towns">By id.</param>
/// <param name="Packs">Ids of the packs installed at first start, by town.</param>
public sealed record TownFiles(ImmutableDictionary<string, Town> Towns, ImmutableDictionary<string, ImmutableList<string>> Packs)
{
    /// <exception cref="SettingsException">A file has faults, or a channel belongs to a town that has none.</exception>
    public static TownFiles Load(OfficeSettings settings)
    {
        var faults = new List<SettingFault>();
        var folder = Path.Combine(settings.PacksDirectory, "towns");
        var readings = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(TownReader.Load).ToList() : [];
        faults.AddRange(readings.SelectMany(r => r.Problems).Select(p => new SettingFault($"towns/{p.File}:{p.Line}", $"{p.Message}{p.Fix}", "The town file has a fault.")));
        var towns = readings.Where(r => r.Town is not null).ToImmutableDictionary(r => r.Town!.Id, r => r.Town!);
        faults.AddRange(settings.Line.Channels.Select(settings.TownOf).Append(settings.DefaultTown).Distinct().Where(id => !towns.ContainsKey(id)).Select(id =>
            new SettingFault("Packs__Directory", $"自治体「{id}」のファイル {Path.Combine(folder, id + ".yaml")} がありません。", $"There is no town file for '{id}'.")));
        return faults.Count == 0
            ? new(towns, readings.ToImmutableDictionary(r => r.Town!.Id, r => r.Packs))
            : throw new SettingsException(faults);
    }
}
