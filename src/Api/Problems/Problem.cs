using System.Text.Json.Serialization;

namespace OrleansGov.Api.Problems;

/// <summary>One kind of refusal. Callers branch on <see cref="Code"/> alone: it is stable and never reused.</summary>
/// <param name="Code">Such as <c>request/validation</c>; the last part of the problem's <c>type</c>.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">In Japanese, the same for every occurrence.</param>
/// <param name="Detail">In Japanese, said when an occurrence has nothing better to say.</param>
/// <param name="Remedy">In Japanese, what the caller can do; shown on the problem's page.</param>
public sealed record Problem(string Code, int Status, string Title, string Detail, string Remedy)
{
    public static readonly Problem Malformed = new("request/malformed", 400, "リクエストの形式が正しくありません", "リクエストを読み取れませんでした。", "本文が JSON（UTF-8）として正しいか、形式を確認してください。");
    public static readonly Problem UnknownProperty = new("request/unknown-property", 400, "知らない項目があります", "本文に、この API にない項目が含まれています。", "項目名のつづりと大文字・小文字を確認し、不要な項目を取り除いてください。");
    public static readonly Problem Validation = new("request/validation", 400, "入力内容に誤りがあります", "入力内容を確認してください。", "errors の各項目を直してから、もう一度送ってください。");
    public static readonly Problem Unauthenticated = new("auth/unauthenticated", 401, "認証が必要です", "API キーがないか、正しくないか、期限が切れています。", "Authorization: Bearer og_live_… に有効な API キーを指定してください。");
    public static readonly Problem InvalidSignature = new("webhook/invalid-signature", 401, "署名を確認できません", "x-line-signature が本文と一致しません。", "チャネルシークレットと Webhook URL のチャネル名を確認してください。本文は受信したバイト列のまま検証します。");
    public static readonly Problem Forbidden = new("auth/forbidden", 403, "権限がありません", "この操作に必要な権限がありません。", "必要な権限（scope）を持つ API キーを使ってください。");
    public static readonly Problem NotFound = new("resource/not-found", 404, "見つかりません", "指定されたものは存在しないか、参照できません。", "URL と識別子を確認してください。ほかの部署や自治体のものは、存在しない場合と同じ応答になります。");
    public static readonly Problem MethodNotAllowed = new("request/method-not-allowed", 405, "このメソッドは使えません", "この URL では、その HTTP メソッドは使えません。", "Allow ヘッダーにあるメソッドを使ってください。");
    public static readonly Problem TooLarge = new("payload/too-large", 413, "本文が大きすぎます", "本文の大きさが上限を超えています。", "limit（バイト）以下に分けるか、小さくしてください。");
    public static readonly Problem UnsupportedType = new("media/unsupported-type", 415, "対応していない形式です", "Content-Type に対応していません。", "accepted にある形式で送ってください。");
    public static readonly Problem IdempotencyKeyMissing = new("idempotency/key-missing", 400, "Idempotency-Key が必要です", "Idempotency-Key がないか、255 文字以内の ASCII ではありません。", "操作ごとに新しい値（UUID など）を Idempotency-Key に指定してください。応答を受け取れなかったときは、同じ値で送り直せます。");
    public static readonly Problem IdempotencyInProgress = new("idempotency/in-progress", 409, "同じ操作を処理しています", "同じ Idempotency-Key の操作がまだ終わっていません。", "数秒待ってから、同じ Idempotency-Key で送り直してください。");
    public static readonly Problem IdempotencyKeyReused = new("idempotency/key-reused", 422, "この Idempotency-Key は使われています", "同じ Idempotency-Key が、別の内容の操作に使われています。", "別の操作には、新しい Idempotency-Key を指定してください。");
    public static readonly Problem PreconditionStale = new("precondition/stale", 412, "ほかの人が先に変更しています", "If-Match の ETag は最新ではありません。", "current の内容を確認し、その ETag で送り直してください。");
    public static readonly Problem PreconditionRequired = new("precondition/required", 428, "If-Match が必要です", "この操作には If-Match が必要です。", "取得したときの ETag を If-Match に指定してください。");
    public static readonly Problem AlreadyTaken = new("control/already-taken", 409, "ほかの職員が引き受けています", "この会話は、ほかの職員が先に引き受けました。", "current の担当者を確認してください。代わるときは owner を指定して引き継いでください。");
    public static readonly Problem NotOwner = new("control/not-owner", 409, "担当者ではありません", "この会話の担当者ではないため、できません。", "先に引き受けるか、引き継いでください。current に現在の担当者があります。");
    public static readonly Problem IllegalTransition = new("control/illegal-transition", 409, "いまの状態ではできません", "会話の状態により、この操作はできません。", "current の state を確認してください。引き受けられるのは待っている会話、戻す・終了できるのは職員が対応している会話だけです。");
    public static readonly Problem NewerMessages = new("conversation/newer-messages", 409, "住民から新しいメッセージがあります", "表示のあとに、住民が発言しています。", "messages を読み、送る内容を確認してください。このまま送るときは acknowledge を true にします。");
    public static readonly Problem Undeliverable = new("conversation/undeliverable", 409, "この住民には届きません", "住民がブロックしているため、送っても届きません。", "電話など、ほかの方法で連絡してください。");
    public static readonly Problem SplitRequired = new("message/split-required", 422, "複数の吹き出しに分かれます", "長いため、複数の吹き出しに分かれて届きます。", "bubbles の分かれ方を確認し、よければ acceptSplit を true にして送ってください。");
    public static readonly Problem NotInHand = new("conversation/question-not-in-hand", 409, "その質問は、いま聞いていません", "手続きはその質問で止まっていません。", "会話を取得し、procedure.step を確認してください。");
    public static readonly Problem ForbiddenAddress = new("webhook-endpoint/forbidden-address", 422, "この URL には送れません", "Webhook の送信先にできない URL です。", "https で始まる、インターネットから届く URL を指定してください。庁内や自分自身のアドレスには送れません。");
    public static readonly Problem TooManyHooks = new("webhook-endpoint/too-many", 409, "Webhook の送信先が多すぎます", "送信先は 20 個までです。", "使っていない送信先を削除してください。");
    public static readonly Problem CaseIllegal = new("case/illegal-transition", 409, "いまの状態ではできません", "案件の状態により、この操作はできません。", "案件を取得し、status を確認してください。");
    public static readonly Problem CaseAtWork = new("case/talk-at-work", 409, "会話の側で行ってください", "住民が待っているか、職員が対応しています。", "会話の control を変えてください。案件はそれに従います。");
    public static readonly Problem TooManyReplies = new("canned-reply/too-many", 409, "定型文が多すぎます", "定型文は、自治体ごとに 1,000 件までです。", "使っていない定型文を削除してください。");
    public static readonly Problem BroadcastIllegalTransition = new("broadcast/illegal-transition", 409, "この段階ではできません", "配信の段階により、この操作はできません。", "current の段階を確認してください。開始できるのは下書きだけ、停止できるのは終わっていない配信だけです。");
    public static readonly Problem BroadcastOverCap = new("broadcast/over-cap", 422, "対象者が多すぎます", "届く人の数が上限を超えています。", "チャネルを確認してください。上限は Broadcast__MostRecipients で変えられます。");
    public static readonly Problem NotPublishable = new("procedure/not-publishable", 422, "このパックは公開できません", "パックに誤りがあるため、何も公開していません。", "errors にあるファイルと行を直してから、もう一度送ってください。");
    public static readonly Problem RateLimited = new("rate/limited", 429, "リクエストが多すぎます", "しばらく待ってから、もう一度送ってください。", "Retry-After の秒数だけ待ってください。");
    public static readonly Problem Failed = new("server/failed", 500, "処理に失敗しました", "こちらの不具合により処理できませんでした。", "時間をおいて繰り返しても直らないときは、instance の値を添えて管理者に知らせてください。");
    public static readonly Problem Unavailable = new("service/unavailable", 503, "一時的に利用できません", "保存先が使えないか、停止処理中です。", "Retry-After の秒数だけ待ってから、もう一度送ってください。");

    /// <summary>Every kind there is; the pages under /problems and the OpenAPI document show the same list.</summary>
    public static readonly ImmutableList<Problem> All =
    [
        Malformed, UnknownProperty, Validation, Unauthenticated, InvalidSignature, Forbidden, NotFound, MethodNotAllowed,
        TooLarge, UnsupportedType, IdempotencyKeyMissing, IdempotencyInProgress, IdempotencyKeyReused, PreconditionStale, PreconditionRequired,
        AlreadyTaken, NotOwner, IllegalTransition, NewerMessages, Undeliverable, SplitRequired, NotInHand, ForbiddenAddress, TooManyHooks, CaseIllegal, CaseAtWork, TooManyReplies, BroadcastIllegalTransition, BroadcastOverCap, NotPublishable, RateLimited, Failed, Unavailable,
    ];

    /// <summary>The kind an answer without a body of its own stands for; null when the status is none of ours.</summary>
    public static Problem? OfStatus(int status) => status switch
    {
        400 => Malformed,
        >= 500 and not 503 => Failed,
        _ => All.Find(p => p.Status == status),
    };

    /// <summary>This problem as an answer.</summary>
    /// <param name="detail">In Japanese; null = <see cref="Detail"/>.</param>
    /// <param name="members">Extension members of this occurrence.</param>
    public Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Answer(string? detail = null, params IEnumerable<KeyValuePair<string, object?>> members) =>
        TypedResults.Problem(detail ?? Detail, statusCode: Status, title: Title, extensions: [new("code", Code), .. members]);

    /// <summary>This problem with the places that are wrong.</summary>
    public Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Answer(IEnumerable<FieldError> errors, string? detail = null) =>
        Answer(detail, new KeyValuePair<string, object?>("errors", errors.ToArray()));
}

/// <summary>One place that is wrong.</summary>
/// <param name="Pointer">JSON Pointer in camelCase; query parameters are named as members of one object.</param>
/// <param name="Message">In Japanese.</param>
public sealed record FieldError(string Pointer, string Message)
{
    public static readonly FieldError BadCursor = new("/cursor", "この cursor は使えません。条件を変えたときは、最初から取得してください。");

    /// <summary>1-based line of a file; null where there are no lines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Line { get; init; }

    /// <summary>What to do, in Japanese; null where the message says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fix { get; init; }

    public static FieldError Of(PackFault fault) => new($"/texts/{fault.File.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", fault.Message)
    {
        Line = fault.Line > 0 ? fault.Line : null,
        Fix = fault.Fix,
    };
}
