namespace OrleansGov.Grains.Tests;

/// <summary>Two short procedures: a booking with a day and personal details, and a report with pictures.</summary>
internal static class SamplePacks
{
    private const string Booking = """
        id: pickup
        title: 見本の収集
        department: general
        start-words: [見本]
        addresses: {municipality: みなと市, radius-km: 3}
        steps:
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
            label: 収集日
            ask: いつですか？
            district: town
            hold-minutes: 60
          - id: contact
            kind: secret
            label: 連絡先
            ask: 入力してください。
            fields:
              - id: name
                kind: name
                label: お名前
                ask: お名前
                profile: name
        completion:
          receipt-prefix: S
          receipt: 受け付けました。
          reminders:
            - days-before: 1
              at: "18:00"
              text: あしたは収集日です。受付番号：{number}
          change-cut-off: 3
          cancel-cut-off: 1
          satisfaction: false
        """;

    private const string Report = """
        id: report
        title: 見本の通報
        department: general
        start-words: [通報]
        steps:
          - id: pictures
            kind: photo
            label: 写真
            ask: 写真を送ってください。
            min: 1
            max: 2
          - id: note
            kind: text
            label: 説明
            ask: どうなっていますか？
            max-length: 50
        completion:
          receipt-prefix: R
          receipt: 受け付けました。
          satisfaction: false
        """;

    private const string Fees = """
        id,品目,読み,別名,単位,手数料,上限,注意,受付不可の理由
        chair,いす,いす,椅子;イス,脚,400,5,,
        desk,机,つくえ,,台,800,5,,
        """;

    private const string Addresses = """
        郵便番号,町丁目,読み,地区,緯度,経度
        000-0101,みなと町,みなとちょう,north,35.1,139.2
        000-0102,やま町,やまちょう,south,35.11,139.21
        """;

    private const string Calendar = """
        resource: pickup
        cut-off-business-days: 3
        horizon-days: 30
        closed-on-holidays: true
        districts:
          - id: north
            name: 北部
            weekdays: [月, 木]
            capacity: {capacity}
          - id: south
            name: 南部
            weekdays: [火]
            capacity: {capacity}
        """;

    /// <summary>The booking pack.</summary>
    /// <param name="capacity">Places a day and district.</param>
    /// <param name="ask">First question: another text is another version.</param>
    public static PackFiles Pickup(int capacity = 3, string ask = "何ですか？") => new("pickup", ImmutableSortedDictionary<string, string>.Empty
        .Add("procedure.yaml", Booking.Replace("何ですか？", ask, StringComparison.Ordinal))
        .Add("fees.csv", Fees)
        .Add("addresses.csv", Addresses)
        .Add("calendar.yaml", Calendar.Replace("{capacity}", $"{capacity}", StringComparison.Ordinal))
        .Add("talks/begin.talk", $"> 見本\n< {ask}\n"));

    public static PackFiles Reports { get; } = new("report", ImmutableSortedDictionary<string, string>.Empty
        .Add("procedure.yaml", Report)
        .Add("talks/begin.talk", "> 通報\n< 写真を送ってください\n"));
}
