using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OrleansGov.Api.Procedures;

/// <summary>A published version of a procedure.</summary>
[Description("公開した手続きの1つの版です。版は公開後に変わりません。")]
public sealed record ProcedureView(
    [property: Description("手続きの識別子です。"), MaxLength(60)] string Id,
    [property: Description("版です。"), Range(1, 1_000_000)] int Version,
    [property: Description("手続きの名前です。"), MaxLength(200)] string Title,
    [property: Description("パックの内容の SHA-256 です。"), MaxLength(64)] string ContentHash,
    [property: Description("公開した日時です。")] DateTimeOffset PublishedAt,
    [property: Description("公開した人またはキーの名前です。"), MaxLength(100)] string PublishedBy,
    [property: Description("新しい申込みに使われている版なら true です。")] bool IsCurrent)
{
    public static ProcedureView Of(PublishedVersion version, CatalogHead head) =>
        new(version.Id, version.Version, version.Title, version.ContentHash, version.At.ToOffset(Town.Offset), version.By, head.Current.Contains(version));

    internal static readonly ProcedureView Example = new("bulky-waste", 2, "粗大ごみの申込み", new('a', 64), new(2026, 11, 2, 12, 0, 0, Town.Offset), "installation", true);
}

/// <summary>A pack as JSON.</summary>
[Description("手続きのパックです。ファイルの相対パスと、その内容（UTF-8 の文字列）を指定します。")]
public sealed record PackUpload([property: JsonRequired, Description("相対パスから内容への対応です。最大 64 ファイル、合計 2 MiB です。")] IReadOnlyDictionary<string, string> Texts)
{
    internal static readonly PackUpload Example = new(new Dictionary<string, string> { ["procedure.yaml"] = "id: bulky-waste\ntitle: 粗大ごみの申込み\n" });
}

/// <summary>What a check of a pack found.</summary>
[Description("パックの検査結果です。")]
public sealed record ValidationView(
    [property: Description("公開できるなら true です。")] bool IsPublishable,
    [property: Description("誤りの一覧です。"), MaxLength(1000)] IReadOnlyList<PackFaultView> Faults)
{
    internal static readonly ValidationView Example = new(false, [PackFaultView.Example]);
}

/// <summary>One fault of a pack.</summary>
[Description("パックの誤りです。")]
public sealed record PackFaultView(
    [property: Description("ファイルの相対パスです。"), MaxLength(200)] string File,
    [property: Description("行です。ファイル全体の誤りなら 0 です。"), Range(0, 1_000_000)] int Line,
    [property: Description("何が誤っているかです。"), MaxLength(1000)] string Message,
    [property: Description("直し方です。"), MaxLength(1000)] string Fix)
{
    public static PackFaultView Of(PackFault fault) => new(fault.File, fault.Line, fault.Message, fault.Fix);

    internal static readonly PackFaultView Example = new("procedure.yaml", 12, "「distrct」という項目はありません。", "「district」ではありませんか。");
}
