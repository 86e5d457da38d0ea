using System.Globalization;
using System.Reflection;

namespace OrleansGov.Records;

/// <summary>The numbered scripts of a folder, embedded in an assembly: <c>0001-records.sql</c> is number 1.</summary>
internal static class SchemaScripts
{
    public static ImmutableArray<(int Number, string Sql)> Read(Assembly assembly, string folder) =>
    [
        .. assembly.GetManifestResourceNames()
            .Select(name => (name, file: name.Replace('\\', '/')))
            .Where(r => r.file.StartsWith(folder, StringComparison.Ordinal))
            .Select(r => (int.Parse(r.file.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture), Text(assembly, r.name)))
            .OrderBy(s => s.Item1),
    ];

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
