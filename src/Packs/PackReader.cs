using System.Security.Cryptography;
using System.Text;
using OrleansGov.Packs.Steps;
using OrleansGov.Packs.Tables;
using OrleansGov.Packs.Talks;

namespace OrleansGov.Packs;

/// <summary>
/// Reads a pack: texts in, a procedure or all its problems out. Total: no input makes it throw, and the work is bounded whoever wrote the pack.
/// The schema is docs/packs.md.
/// </summary>
public static class PackReader
{
    public const int MostFiles = 64;

    /// <summary>Of all files together, in UTF-8.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <param name="id">The pack's id: the name of its folder.</param>
    /// <param name="texts">Relative path with '/' → text.</param>
    public static PackReading Read(string id, IReadOnlyDictionary<string, string> texts, PackRules? rules = null)
    {
        var problems = new Problems();
        if (!IsBounded(texts, problems)) return new PackReading(null, problems.Sorted());

        CheckFiles(texts, problems);
        var procedure = ProcedureFile.Read(id, texts, rules ?? PackRules.Default, problems);
        foreach (var (file, text) in texts.Where(t => IsTalk(t.Key))) TalkScript.Parse(file, text, problems.In(file));

        return problems.Any || procedure is null
            ? new PackReading(null, problems.Sorted())
            : new PackReading(procedure with { ContentHash = ContentHash(texts) }, []);
    }

    /// <summary>SHA-256 over the sorted paths and texts, lower-case hex: the same content is the same version.</summary>
    public static string ContentHash(IReadOnlyDictionary<string, string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in texts.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + '\0'));
            hash.AppendData(Encoding.UTF8.GetBytes(text + '\0'));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static bool IsTalk(string path) => path.StartsWith("talks/", StringComparison.Ordinal) && path.EndsWith(".talk", StringComparison.Ordinal);

    /// <summary>Item tables: every CSV file at the top besides the addresses.</summary>
    internal static bool IsTable(string path) => path.EndsWith(".csv", StringComparison.Ordinal) && path != AddressFile.Name && !path.Contains('/', StringComparison.Ordinal);

    private static bool IsBounded(IReadOnlyDictionary<string, string> texts, Problems problems)
    {
        if (texts.Count > MostFiles)
            problems.Add("", 0, $"ファイルが多すぎます（{MostFiles}個まで）。", "使わないファイルを消してください。");
        else if (texts.Sum(t => (long)t.Value.Length) > MostBytes || texts.Sum(t => (long)Encoding.UTF8.GetByteCount(t.Value)) > MostBytes)
            problems.Add("", 0, "ファイルの合計が大きすぎます（2 MiB まで）。", "表を小さくするか、使わないファイルを消してください。");
        return !problems.Any;
    }

    private static void CheckFiles(IReadOnlyDictionary<string, string> texts, Problems problems)
    {
        foreach (var (path, text) in texts)
        {
            var known = path is ProcedureFile.Name or CalendarFile.Name or AddressFile.Name or "README.md" || IsTable(path) || IsTalk(path);
            if (!known || path.Contains("..", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal))
                problems.Add(path, 0, "パックに入れられないファイルです。", Nearest.Fix(path, [ProcedureFile.Name, CalendarFile.Name, AddressFile.Name, "fees.csv", "README.md", "talks/….talk"]));
            var broken = text.IndexOf('\uFFFD', StringComparison.Ordinal);
            if (broken >= 0)
                problems.Add(path, 1 + text.AsSpan(0, broken).Count('\n'), "読めない文字があります。文字コードが UTF-8 ではないようです。", "Excel なら「CSV UTF-8」で保存し直してください。");
        }
    }
}
