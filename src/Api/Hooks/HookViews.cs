using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Hooks;

/// <summary>Where an integrator hears of events.</summary>
[Description("Webhook の送信先です。")]
public record HookView(
    [property: Description("送信先の識別子です。"), MaxLength(60)] string Id,
    [property: Description("送信先の URL です。"), MaxLength(500)] string Url,
    [property: Description("送る種類です。handoff.* のように書けます。空ならすべてです。"), MaxLength(40)] IReadOnlyList<string> Types,
    [property: Description("この部署のできごとだけを送ります。null なら自治体のすべてです。"), MaxLength(50)] IReadOnlyList<string>? Departments,
    [property: Description("失敗が続いたときの連絡先（メールアドレス）です。なければ null です。"), MaxLength(200)] string? Contact,
    [property: Description("送っていれば true です。")] bool IsOn,
    [property: Description("止まっている理由です。asked（指示による）か failing（3 日間すべて失敗）です。送っていれば null です。"), MaxLength(20)] string? OffBecause,
    [property: Description("失敗が続き始めた日時です。成功していれば null です。")] DateTimeOffset? FailingSince,
    [property: Description("この日時まで、前の秘密鍵でも署名します。なければ null です。")] DateTimeOffset? OldSecretUntil,
    [property: Description("作成した日時です。")] DateTimeOffset CreatedAt,
    [property: Description("作成した人またはキーの名前です。"), MaxLength(200)] string CreatedBy,
    [property: Description("この送信先の ETag です。"), MaxLength(20)] string Etag)
{
    public static HookView Of(HookEndpoint hook) => new(
        hook.Id, hook.Url, hook.Types, hook.Departments, hook.Contact, hook.OffBecause is null, hook.OffBecause, hook.FailingSince?.ToOffset(Town.Offset),
        hook.OldSecretUntil?.ToOffset(Town.Offset), hook.CreatedAt.ToOffset(Town.Offset), hook.CreatedBy, TagOf(hook.Revision));

    public static string TagOf(int revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    internal const string ExampleId = "hook_5f0c1b9e6f6b4d0f9a3e2d1c0b9a8f7e";
    internal static readonly HookView Example = new(ExampleId, "https://koho.example.jp/hooks/orleansgov", ["handoff.*"], null, "joho@example.lg.jp", true, null, null, null,
        new(2026, 11, 2, 12, 0, 0, Town.Offset), "管理者", "\"1\"");
}

/// <summary>An endpoint with its secret, which is told this once.</summary>
[Description("Webhook の送信先と、署名の秘密鍵です。秘密鍵はこの応答でだけ表示します。")]
public sealed record HookWithSecretView : HookView
{
    private HookWithSecretView(HookView view, string secret)
        : base(view) => Secret = secret;

    [Description("署名の秘密鍵（whsec_…）です。"), MaxLength(100)]
    public string Secret { get; }

    public static HookWithSecretView Of(HookSecret made) => new(HookView.Of(made.Endpoint), made.Secret);

    internal static new readonly HookWithSecretView Example = new(HookView.Example, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw4fV0K1wZ3vE=");
}

/// <summary>What an endpoint is to be.</summary>
[Description("Webhook の送信先の内容です。")]
public sealed record HookUpload(
    [property: JsonRequired, Description("https の URL です。インターネットから届くものだけが使えます。"), MaxLength(500)] string Url,
    [property: JsonRequired, Description("送る種類です。handoff.* のように書けます。空ならすべてです。"), MaxLength(40)] IReadOnlyList<string> Types) : Asked
{
    [Description("失敗が続いたときの連絡先（メールアドレス）です。"), MaxLength(200)]
    public string? Contact { get; init; }

    [Description("false なら送りません。既定は true です。")]
    public bool? IsOn { get; init; }

    internal static readonly HookUpload Example = new("https://koho.example.jp/hooks/orleansgov", ["handoff.*"]) { Contact = "joho@example.lg.jp" };

    protected override IEnumerable<FieldError> Contradictions()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out _)) yield return new("/url", "URL の形で指定してください。");
        foreach (var (type, i) in Types.Select((t, i) => (t, i)))
            if (!IsKnown(type)) yield return new($"/types/{i}", "この種類はありません。");
        if (Contact is not null && !Contact.Contains('@', StringComparison.Ordinal)) yield return new("/contact", "メールアドレスの形で指定してください。");
    }

    private static bool IsKnown(string? type) => type is { Length: <= 60 } && (FeedTypes.All.Contains(type)
        || (type.EndsWith(".*", StringComparison.Ordinal) && FeedTypes.All.Any(t => t.StartsWith(type[..^1], StringComparison.Ordinal))));
}

/// <summary>An event on its way, or over.</summary>
[Description("1つの送信です。内容と応答の本文は表示しません。")]
public sealed record DeliveryView(
    [property: Description("送信の識別子です。"), MaxLength(20)] string Id,
    [property: Description("webhook-id です。送り直しても変わりません。"), MaxLength(120)] string MessageId,
    [property: Description("種類です。"), MaxLength(60)] string Type,
    [property: Description("waiting（送信待ち）、delivered（送信済み）、failed（中止）のどれかです。"), MaxLength(20)] string State,
    [property: Description("試した回数です。"), Range(0, 1000)] int Attempts,
    [property: Description("最後の応答の HTTP ステータスです。応答がなければ null です。"), Range(100, 999)] int? Status,
    [property: Description("応答がなかった理由です。timedOut（5 秒以内に応答なし）、unreachable（接続できない）、tls（証明書）、forbiddenAddress（送れないアドレス）。応答があったときは null です。"), MaxLength(30)] string? Fault,
    [property: Description("できごとの日時です。")] DateTimeOffset At,
    [property: Description("最後に試した日時です。")] DateTimeOffset? LastAt,
    [property: Description("次に試す日時です。もう試さなければ null です。")] DateTimeOffset? NextAt)
{
    public static DeliveryView Of(HookDelivery d) => new(
        d.Number.ToString(CultureInfo.InvariantCulture), d.Message, d.Type, d.State, d.Attempts, d.Status, d.Fault, d.At.ToOffset(Town.Offset), d.LastAt?.ToOffset(Town.Offset), d.NextAt?.ToOffset(Town.Offset));

    internal static readonly DeliveryView Example = new("128", "msg_hook_5f0c1b9e_10482", FeedTypes.HandoffInitiated, "delivered", 1, 204, null,
        new(2026, 11, 2, 12, 0, 0, Town.Offset), new(2026, 11, 2, 12, 0, 1, Town.Offset), null);
}

/// <summary>Which deliveries.</summary>
public sealed record DeliveryQuery : Asked
{
    [FromQuery(Name = "limit"), Description("1 回に返す件数です。既定は 50 です。"), Range(1, 100), DefaultValue(50)]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("前の応答の nextCursor です。"), MaxLength(1000)]
    public string? Cursor { get; init; }
}
