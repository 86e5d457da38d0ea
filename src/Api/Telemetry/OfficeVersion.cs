using System.Reflection;

namespace OrleansGov.Api.Telemetry;

/// <summary>Which build this is.</summary>
public static class OfficeVersion
{
    /// <summary>Such as <c>1.0.0</c>, with the commit behind a plus where the build knew it.</summary>
    public static string Text { get; } = typeof(OfficeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
