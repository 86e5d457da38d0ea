namespace OrleansGov.Api.Settings;

/// <summary>The configuration cannot work. One message names everything that is wrong, in Japanese, then English.</summary>
public sealed class SettingsException(IReadOnlyCollection<SettingFault> faults) : Exception(Say(faults))
{
    public IReadOnlyCollection<SettingFault> Faults { get; } = faults;

    private static string Say(IReadOnlyCollection<SettingFault> faults) => string.Join(Environment.NewLine,
    [
        $"設定に誤りがあるため、起動できません（{faults.Count}件）。 The configuration has {faults.Count} fault(s):",
        .. faults.Select(f => $"  {f.Key}: {f.Japanese} / {f.English}"),
    ]);
}

/// <param name="Key">As an environment variable spells it, such as <c>Line__Channels__0__Secret</c>.</param>
public sealed record SettingFault(string Key, string Japanese, string English);
