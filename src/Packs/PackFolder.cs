using System.Text;

namespace OrleansGov.Packs;

/// <summary>The files of a pack as they lie in a folder.</summary>
/// <param name="Id">The folder's name.</param>
/// <param name="Texts">Relative path with '/' → text.</param>
public sealed record PackSource(string Id, ImmutableSortedDictionary<string, string> Texts);

/// <summary>Reads packs from disk.</summary>
public static class PackFolder
{
    /// <summary>
    /// Reads every file below <paramref name="path"/>; hidden files and links are left out. Bytes that are not UTF-8 become U+FFFD, which
    /// <see cref="PackReader"/> reports with its line. Reading stops just beyond the reader's limits, so that it can say what is too much.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static PackSource Load(string path)
    {
        var root = new DirectoryInfo(path);
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var size = 0L;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };
        foreach (var file in root.EnumerateFiles("*", options).OrderBy(f => f.FullName, StringComparer.Ordinal))
        {
            if (texts.Count > PackReader.MostFiles || size > PackReader.MostBytes) break;
            size += file.Length;
            var name = Path.GetRelativePath(root.FullName, file.FullName).Replace('\\', '/');
            texts[name] = Beginning(file);
        }
        return new PackSource(root.Name, texts.ToImmutable());
    }

    private static string Beginning(FileInfo file)
    {
        using var reader = new StreamReader(file.FullName, Encoding.UTF8);
        var buffer = new char[Math.Min(file.Length, PackReader.MostBytes + 1)];
        return new string(buffer, 0, reader.ReadBlock(buffer));
    }
}
