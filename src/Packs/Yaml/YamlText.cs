using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OrleansGov.Packs.Yaml;

/// <summary>
/// Parses one YAML document into <see cref="YamlNode"/>s. A pack may come from a stranger, so whatever can expand or execute is refused
/// rather than bounded: anchors, aliases, tags and further documents have no use in a pack.
/// </summary>
internal static class YamlText
{
    private const int Deepest = 12;
    private const int MostNodes = 50_000;

    /// <returns>Null when the text is not one map; the reason has been reported.</returns>
    public static YamlMap? Parse(string text, FileProblems problems)
    {
        try
        {
            var reader = new Reader(new Parser(new StringReader(text)));
            switch (reader.Document())
            {
                case YamlMap map:
                    return map;
                case null:
                    problems.At(0, "ファイルが空です。", "docs/packs.md の例を写して書き始めてください。");
                    return null;
                case var other:
                    problems.At(other.Line, "いちばん外側は「項目名: 値」の形でなければなりません。", "「id: …」のような行で始めてください。");
                    return null;
            }
        }
        catch (Refused refused)
        {
            problems.At(refused.Line, refused.Message, refused.Fix);
        }
        catch (YamlException fault)
        {
            var (line, fix) = Cause(text, Math.Max(1, (int)fault.Start.Line));
            problems.At(line, "YAML の書き方として読めません。", fix);
        }
        return null;
    }

    // The parser may notice a mistake a line late or name the line where the broken value began.
    private static (int Line, string Fix) Cause(string text, int line)
    {
        foreach (var (near, number) in text.Split('\n').Select((l, i) => (l, i + 1)).Skip(Math.Max(0, line - 2)).Take(3))
        {
            var indent = near[..^near.TrimStart().Length];
            if (indent.Contains('\t', StringComparison.Ordinal)) return (number, "タブを半角スペースに直してください。");
            if (indent.Contains('\u3000', StringComparison.Ordinal)) return (number, "行の先頭の全角スペースを半角スペースに直してください。");
            if (near.Contains('：', StringComparison.Ordinal) && !near.Contains(':', StringComparison.Ordinal)) return (number, "全角の「：」を半角の「: 」に直してください。");
        }
        return (line, "この行と前の行の字下げ（半角スペース2つずつ）、「:」の後の半角スペース、引用符や括弧の閉じ忘れを確かめてください。");
    }

    private sealed class Refused(int line, string message, string fix) : Exception(message)
    {
        public int Line => line;
        public string Fix => fix;
    }

    private sealed class Reader(Parser parser)
    {
        private int nodes;

        public YamlNode? Document()
        {
            Move();
            if (Move() is StreamEnd) return null;
            Move();
            var root = Node(0);
            Move();
            if (Move() is not StreamEnd) throw new Refused(Line(parser.Current!), "1つのファイルに複数の文書（---）があります。", "「---」より後を別のファイルに分けてください。");
            return root;
        }

        // Called with the current event at the node's first one; leaves it at the node's last one.
        private YamlNode Node(int depth)
        {
            var start = parser.Current!;
            var line = Line(start);
            if (depth > Deepest) throw new Refused(line, $"入れ子が深すぎます（{Deepest}段まで）。", "字下げを確かめ、浅い形に書き直してください。");
            if (++nodes > MostNodes) throw new Refused(line, "項目が多すぎます。", "表になるものは CSV に移してください。");
            if (start is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
                throw new Refused(line, "「&」や「*」で始まる値（アンカーと別名）は使えません。", "文字として書きたいときは \"…\" で囲んでください。");
            if (start is NodeEvent { Tag.IsEmpty: false })
                throw new Refused(line, "「!」で始まる値（タグ）は使えません。", "文字として書きたいときは \"…\" で囲んでください。");

            switch (start)
            {
                case Scalar scalar:
                    return new YamlScalar(line, scalar is { Style: ScalarStyle.Plain, Value: "null" or "~" } ? "" : scalar.Value);
                case SequenceStart:
                    var items = ImmutableList.CreateBuilder<YamlNode>();
                    while (Move() is not SequenceEnd) items.Add(Node(depth + 1));
                    return new YamlList(line, items.ToImmutable());
                case MappingStart:
                    return Map(line, depth);
                default:
                    throw new Refused(line, "YAML の書き方として読めません。", "この行の書き方を確かめてください。");
            }
        }

        private YamlMap Map(int line, int depth)
        {
            var entries = ImmutableList.CreateBuilder<YamlEntry>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (Move() is not MappingEnd)
            {
                if (Node(depth + 1) is not YamlScalar key)
                    throw new Refused(Line(parser.Current!), "項目名が文字ではありません。", "「項目名: 値」の形にしてください。値に「{」や「[」を使うときは \"…\" で囲みます。");
                if (!seen.Add(key.Text))
                    throw new Refused(key.Line, $"「{key.Text}」が同じところに2回書かれています。", "どちらか1つにしてください。");
                Move();
                entries.Add(new YamlEntry(key.Text, key.Line, Node(depth + 1)));
            }
            return new YamlMap(line, entries.ToImmutable());
        }

        private ParsingEvent Move()
        {
            do
            {
                if (!Moved()) throw new Refused(0, "ファイルが途中で終わっています。", "引用符や括弧の閉じ忘れを確かめてください。");
            }
            while (parser.Current is Comment);
            return parser.Current!;
        }

        private bool Moved()
        {
            try
            {
                return parser.MoveNext();
            }
            catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
            {
                // The scanner of YamlDotNet 16.3 does not turn every broken text into a YamlException; a fuzz test found these.
                var line = parser.Current is { } last ? Math.Max(1, (int)last.End.Line) : 1;
                throw new Refused(line, "YAML の書き方として読めません。", "この行から数行の、引用符や括弧の閉じ忘れと特殊な文字を確かめてください。");
            }
        }

        private static int Line(ParsingEvent at) => Math.Max(1, (int)at.Start.Line);
    }
}
