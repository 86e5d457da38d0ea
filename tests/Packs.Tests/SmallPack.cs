namespace OrleansGov.Packs.Tests;

/// <summary>A small sound pack that tests break in one place at a time.</summary>
internal static class SmallPack
{
    public const string Procedure = """
        id: sample
        title: 見本の手続き
        department: general
        start-words: [見本]
        addresses: {municipality: みなと台市, radius-km: 3}
        steps:
          - id: kind
            kind: choice
            label: 種類
            ask: どちらですか？
            options:
              - value: a
                label: あ
              - value: b
                label: い
          - id: thing
            kind: item
            label: 品目
            ask: 何ですか？
            table: fees
            max-lines: 3
            max-quantity: 5
          - id: town
            kind: address
            precision: town
            label: 町名
            ask: どこですか？
          - id: day
            kind: slot
            label: 日にち
            ask: いつですか？
            district: town
          - id: contact
            kind: secret
            label: 連絡先
            ask: 入力してください。
            fields:
              - id: name
                kind: name
                label: お名前
                ask: お名前
        completion:
          receipt-prefix: S
          receipt: 受け付けました。
          satisfaction: true
        """;

    public const string Fees = """
        id,品目,読み,別名,単位,手数料,上限,注意,受付不可の理由
        chair,いす,いす,椅子;イス,脚,400,5,,
        tv,テレビ,てれび,,台,,,,店に頼んでください。
        """;

    public const string Addresses = """
        郵便番号,町丁目,読み,地区,緯度,経度
        000-0101,みなと町,みなとちょう,north,35.1,139.2
        """;

    public const string Calendar = """
        resource: sample
        cut-off-business-days: 3
        horizon-days: 30
        closed-on-holidays: true
        districts:
          - id: north
            name: 北部
            weekdays: [月, 木]
            capacity: 4
        """;

    public const string Talk = """
        > 見本
        < どちらですか
        """;

    public static ImmutableSortedDictionary<string, string> Texts { get; } = ImmutableSortedDictionary<string, string>.Empty
        .Add("procedure.yaml", Procedure).Add("fees.csv", Fees).Add("addresses.csv", Addresses).Add("calendar.yaml", Calendar).Add("talks/a.talk", Talk);

    public static PackReading Read(IReadOnlyDictionary<string, string>? texts = null, PackRules? rules = null) => PackReader.Read("sample", texts ?? Texts, rules);

    /// <summary>The pack with one piece of text replaced, and the line on which that piece begins.</summary>
    public static (ImmutableSortedDictionary<string, string> Texts, int Line) With(string file, string old, string now)
    {
        var text = Texts[file];
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{old}' is not in {file}");
        return (Texts.SetItem(file, text.Remove(at, old.Length).Insert(at, now)), 1 + text.AsSpan(0, at).Count('\n'));
    }
}
