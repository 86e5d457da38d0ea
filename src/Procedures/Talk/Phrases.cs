namespace OrleansGov.Procedures;

/// <summary>The engine's own sentences, in easy Japanese. A municipality may replace any of them: key = the property's name in kebab-case, in its town file.</summary>
public sealed record Phrases
{
    public static readonly Phrases Default = new();

    // words that always work, as buttons show them
    public string Back { get; init; } = "戻る";
    public string Quit { get; init; } = "やめる";
    public string Restart { get; init; } = "最初から";
    public string Continue { get; init; } = "続きから";
    public string WhereAmI { get; init; } = "今どこ？";
    public string MyCases { get; init; } = "申込状況";
    public string TalkToStaff { get; init; } = "職員と話す";
    public string Menu { get; init; } = "メニュー";
    public string Skip { get; init; } = "スキップ";
    public string Fix { get; init; } = "修正";
    public string Yes { get; init; } = "はい";
    public string No { get; init; } = "いいえ";
    public string ThatIsAll { get; init; } = "これで全部";
    public string NoneOfThese { get; init; } = "どれでもない";
    public string MoreOptions { get; init; } = "ほかの選択肢";

    // greetings and the menu
    public string Greeting { get; init; } = "{town}のLINE窓口です。24時間いつでも申し込めます。";
    public string MenuQuestion { get; init; } = "ご用件をえらぶか、文章で送ってください。";
    public string NotUnderstood { get; init; } = "すみません、うまく読み取れませんでした。";
    public string LateMessage { get; init; } = "遅れて届いたメッセージは、記録だけしました。";

    // kind answers to what does not fit
    public string StickerReply { get; init; } = "スタンプありがとうございます。";
    public string PhotoNotHere { get; init; } = "写真を受け取りましたが、この質問では使いません。";
    public string AttachmentNotHere { get; init; } = "このファイルは受け取れません。文章で送ってください。";
    public string LocationNotHere { get; init; } = "位置情報を受け取りましたが、この質問では使いません。";
    public string UnknownNotHere { get; init; } = "この種類のメッセージは受け取れません。文章で送ってください。";
    public string TooLong { get; init; } = "文章が長すぎるようです。短く送ってください。";
    public string EmptyText { get; init; } = "文字が見つかりませんでした。文章で送ってください。";
    public string TooFast { get; init; } = "短い時間にたくさんのメッセージをいただいたので、少しのあいだお返事を休みます。届いたメッセージは記録しています。手続きはここまでのまま残っています。\n1分ほどたってから「続きから」を押すか、もう一度送ってください。";
    public string OldButton { get; init; } = "そのボタンは前の質問のものです。";
    public string ChooseOne { get; init; } = "下のボタンからえらぶか、同じ言葉を送ってください。";

    // going on, back, away
    public string NothingToGoBack { get; init; } = "ここが最初の質問です。";
    public string QuitQuestion { get; init; } = "「{title}」をやめますか？ ここまでの入力は消えます。";
    public string QuitDone { get; init; } = "「{title}」をやめました。また必要なときに声をかけてください。";
    public string NothingToQuit { get; init; } = "いま進めている手続きはありません。";
    public string RestartQuestion { get; init; } = "「{title}」を最初からやり直しますか？ ここまでの入力は消えます。";
    public string ResumeQuestion { get; init; } = "「{title}」の途中です。どうしますか？";
    public string ResumeOther { get; init; } = "さきほどの「{title}」の続きに戻りますか？";
    public string Resumed { get; init; } = "「{title}」の続きです。";
    public string KeptForLater { get; init; } = "わかりました。「続きから」と送ると、いつでも戻れます。";
    public string Suspended { get; init; } = "「{title}」は途中までの内容をとっておきます。";
    public string Expired { get; init; } = "「{title}」は、しばらくお返事がなかったため終了しました。もう一度はじめからお願いします。";
    public string VersionGone { get; init; } = "「{title}」は内容が変わりました。お手数ですが、もう一度はじめからお願いします。";
    public string WhereAnswered { get; init; } = "「{title}」の途中です。\n{answered}\nあと{left}問くらいです。";
    public string WhereNothing { get; init; } = "（まだ答えはありません）";
    public string WhichToFix { get; init; } = "どの答えを直しますか？";
    public string NothingToFix { get; init; } = "まだ直せる答えがありません。";
    public string ForgetMe { get; init; } = "保存を取り消す";
    public string Forgotten { get; init; } = "次回のために保存していた内容を消しました。";
    public string Welcome { get; init; } = "どういたしまして。";
    public string StillWorking { get; init; } = "ただいま受付の処理をしています。少しだけお待ちください。";

    // items
    public string ItemNotFound { get; init; } = "「{words}」は見つかりませんでした。ほかの呼び方（例：ソファ、布団、自転車）で送ってみてください。";
    public string ItemDidYouMean { get; init; } = "「{words}」は、どれに近いですか？";
    public string ItemQuantity { get; init; } = "{item}（1{unit} {fee}）ですね。いくつですか？";
    public string ItemQuantityAgain { get; init; } = "{item}は、いま{now}です。全部でいくつにしますか？";
    public string ItemQuantityWrong { get; init; } = "{item}は、1〜{max}の数で送ってください。";
    public string ItemTakeAway { get; init; } = "取り消す";
    public string ItemTakenAway { get; init; } = "{item}を取り消しました。";
    public string ItemOtherWords { get; init; } = "では、「{words}」をほかの呼び方で送ってみてください。";
    public string ItemTooMany { get; init; } = "一度に申し込めるのは全部で{max}点までです。";
    public string ItemBasket { get; init; } = "{lines}\n合計 {fee}\n\nほかにもあれば、品目の名前を送ってください。";
    public string ItemMend { get; init; } = "数を直す・取り消す";
    public string ItemMendWhich { get; init; } = "どれを直しますか？";
    public string ItemRefused { get; init; } = "「{item}」は粗大ごみとして収集できません。{reason}";

    // slots
    public string SlotLead { get; init; } = "{place}は{district}です（{weekdays}曜日に収集）。";
    public string SlotOwn { get; init; } = "（今の日）";
    public string SlotFewLeft { get; init; } = "残りわずか";
    public string SlotLater { get; init; } = "もっと先の日";
    public string SlotSooner { get; init; } = "近い日に戻る";
    public string SlotPicker { get; init; } = "カレンダーで選ぶ";
    public string SlotFull { get; init; } = "申し訳ありません、{day}は満員になりました。ほかの日をえらんでください。";
    public string SlotLost { get; init; } = "申し訳ありません。お返事を待つ間に{day}が満員になりました。ほかの日をえらんでください。ほかの入力はそのままです。";
    public string SlotTooEarly { get; init; } = "{day}は間に合いません。{first}からえらべます。";
    public string SlotTooLate { get; init; } = "{day}はまだ受け付けていません。{last}までの日をえらんでください。";
    public string SlotOtherWeekday { get; init; } = "{day}は収集日ではありません。{district}は{weekdays}曜日です。";
    public string SlotClosed { get; init; } = "{day}は収集がお休みです。ほかの日をえらんでください。";
    public string SlotNone { get; init; } = "申し訳ありません。いま申し込める日がありません。お急ぎの方は {phone} へお電話ください。";
    public string SlotUnreadable { get; init; } = "日付を「12月3日」のように送るか、ボタンからえらんでください。";

    // addresses and places
    public string SendLocation { get; init; } = "位置情報を送る";
    public string AddressNotFound { get; init; } = "「{words}」は{town}の町名・郵便番号に見つかりませんでした。";
    public string AddressOutside { get; init; } = "その場所は{town}の外のようです。町名か郵便番号を送ってください。";
    public string AddressWhich { get; init; } = "どちらですか？";
    public string AddressRest { get; init; } = "{place}ですね。番地と建物名・部屋番号を送ってください。";
    public string PlaceUnreadable { get; init; } = "位置情報を送るか、場所を文章で送ってください。";
    public string SameAsBefore { get; init; } = "前回と同じ：{value}";

    // photos
    public string TakePhoto { get; init; } = "カメラ";
    public string ChoosePhoto { get; init; } = "アルバム";
    public string PhotoWanted { get; init; } = "写真を送ってください。";
    public string PhotoMore { get; init; } = "{count}枚受け取りました。ほかにもあれば送ってください。";
    public string PhotoMissing { get; init; } = "写真があと{count}枚必要です。";

    // other readings
    public string NumberWrong { get; init; } = "{min}〜{max}の数を送ってください。";
    public string DateWrong { get; init; } = "日付の形で送ってください。例：12月3日";
    public string DateTooEarly { get; init; } = "{day}以降の日付を送ってください。";
    public string DateTooLate { get; init; } = "{day}までの日付を送ってください。";
    public string DateNotBusinessDay { get; init; } = "{day}は閉庁日です。ほかの日を送ってください。";
    public string PickDate { get; init; } = "日付をえらぶ";
    public string Agree { get; init; } = "同意します";
    public string Disagree { get; init; } = "同意しません";
    public string ConsentNeeded { get; init; } = "同意がないと、この手続きは進められません。やめるときは「やめる」を押してください。";
    public string ReadFullText { get; init; } = "全文を読む";

    // the one-time form
    public string OpenForm { get; init; } = "入力フォームを開く";
    public string FormLead { get; init; } = "個人情報はトークに残さず、専用フォームで入力します（30分・1回だけ使えます）。";
    public string FormNotYet { get; init; } = "まだフォームの入力が届いていません。";
    public string FormNotInTalk { get; init; } = "お名前や住所などは、このトークに書かずにフォームから入力してください。";
    public string FormOnly { get; init; } = "ここは専用フォームで答える質問です。下のボタンから開いてください。";
    public string FormAlready { get; init; } = "フォームは入力済みです。直すときだけ、もう一度開いてください。";
    public string FormKeep { get; init; } = "このまま進む";
    public string FormDone { get; init; } = "入力しました";
    public string FormReceived { get; init; } = "フォームの入力を受け取りました。";
    public string InForm { get; init; } = "フォームで入力済み";

    // review, receipt, cases
    public string ReviewTitle { get; init; } = "内容の確認";
    public string ReviewLead { get; init; } = "まだ申込みは終わっていません。内容を確かめて、下のボタンを押してください。";
    public string Submit { get; init; } = "この内容で申し込む";
    public string SubmitChange { get; init; } = "この内容に変更する";
    public string ReviewWords { get; init; } = "「{submit}」か、直したい項目の「修正」を押してください。";
    public string ReviewLeadChange { get; init; } = "直したい項目の「修正」を押してください。終わったら「この内容に変更する」を押します。";
    public string ChangeReceived { get; init; } = "変更を受け付けました。";
    public string NothingChanged { get; init; } = "変更はありません。お申し込み（{number}）はそのままです。";
    public string QuitChangeQuestion { get; init; } = "変更をやめますか？ お申し込み（{number}）はそのままです。";
    public string QuitChangeDone { get; init; } = "変更をやめました。お申し込み（{number}）はそのままです。";
    public string Fee { get; init; } = "手数料";
    public string Accepted { get; init; } = "受付完了";
    public string Changed { get; init; } = "変更しました";
    public string ReceiptNumber { get; init; } = "受付番号";
    public string Change { get; init; } = "変更する";
    public string CancelCase { get; init; } = "取り消す";
    public string NoCases { get; init; } = "お申し込みはまだありません。";
    public string CasesTitle { get; init; } = "お申し込みの状況です。";
    public string CaseNotFound { get; init; } = "その受付番号のお申し込みが見つかりません。";
    public string ChangeClosed { get; init; } = "{number} は変更の締切（収集日の{days}営業日前）を過ぎています。お電話でご相談ください：{phone}";
    public string CancelClosed { get; init; } = "{number} は取消の締切（収集日の{days}営業日前）を過ぎています。お電話でご相談ください：{phone}";
    public string CaseAlreadyCancelled { get; init; } = "{number} はすでに取り消されています。";
    public string CaseNotChangeable { get; init; } = "{number} はトークからは変更できません。お電話でご相談ください：{phone}";
    public string CancelQuestion { get; init; } = "受付番号 {number}「{title}」を取り消しますか？";
    public string CancelDone { get; init; } = "受付番号 {number} を取り消しました。";
    public string CancelKept { get; init; } = "取り消さずに、そのままにしました。";
    public string CaseRefused { get; init; } = "{number} はすでに処理が進んでいるため、ここでは変えられません。お電話でご相談ください：{phone}";
    public string Satisfaction { get; init; } = "最後にひとつだけ。この手続きは便利でしたか？";
    public string SatisfactionThanks { get; init; } = "ありがとうございます。窓口づくりに役立てます。";

    // a person is wanted
    public string StaffQueued { get; init; } = "職員におつなぎします。受付番号は {number} です。\n{wait}\nお待ちの間も文章や写真を送れます。氏名・住所・マイナンバーなどはこのトークに書かないでください。";
    public string StaffWaitNobody { get; init; } = "ほかにお待ちの方はいません。";
    public string StaffWait { get; init; } = "ただいま{people}人お待ちです。";
    public string StaffWaitEstimate { get; init; } = "ただいま{people}人お待ちです（目安{minutes}分）。";
    public string StaffClosed { get; init; } = "いまは受付時間外です（{hours}）。次の受付は{next}からです。受付番号は {number} です。\n火事・救急は119、事件・事故は110へ。お急ぎのときは {phone} へお電話ください。";
    public string StaffReopening { get; init; } = "次の受付時間";
    public string LeaveMessage { get; init; } = "伝言を残す";
    public string LeaveMessageDone { get; init; } = "伝言をどうぞ。文章や写真をこのトークに送ってください。次の受付時間に職員が確認します。";
    public string BotGoesOn { get; init; } = "ボットで続ける";
    public string StaffStillBusy { get; init; } = "お待たせしています。";
    public string KeepWaiting { get; init; } = "このまま待つ";
    public string KeepWaitingDone { get; init; } = "わかりました。職員が対応するまで、このままお待ちください。";
    public string CallLater { get; init; } = "あとで連絡を受ける";
    public string StaffReceived { get; init; } = "受け取りました。職員が順番に対応します。";
    public string StaffTook { get; init; } = "{department}の職員が対応します。";
    public string StaffSender { get; init; } = "{department} 職員";
    public string StaffHandingOver { get; init; } = "担当を引き継いでいます。もう少しお待ちください。";
    public string StaffReturned { get; init; } = "職員の対応が終わりました。";
    public string StaffReturnedStep { get; init; } = "「{title}」は「{step}」の途中です。";
    public string StaffReturnedMenu { get; init; } = "ご用件をどうぞ。";
    public string StaffEnded { get; init; } = "対応を終了しました。受付番号 {number}";
    public string StaffSurvey { get; init; } = "最後にひとつだけ。職員の対応はいかがでしたか？";
    public string StaffSurveyGood { get; init; } = "よかった";
    public string StaffSurveyFair { get; init; } = "ふつう";
    public string StaffSurveyPoor { get; init; } = "よくなかった";
    public string StaffCallback { get; init; } = "本日は混み合っており、おつなぎできませんでした。{day}までに職員からこのトークでご連絡します。";
    public string StaffCallbackAsked { get; init; } = "わかりました。{day}までに職員からこのトークでご連絡します。";
    public string StaffReminder { get; init; } = "ほかに確認したいことはありますか？ なければ、お返事はいりません。";
    public string StaffIdle { get; init; } = "お返事がなかったので、ボットに戻ります。続きがあるときは「職員と話す」と送ってください。";
    public string StaffCannotSee { get; init; } = "このスタンプ／ファイルは職員に表示できません。文章で送ってください。";
    public string EngineFailed { get; init; } = "申し訳ありません。うまく処理できませんでした。少し待ってからもう一度送るか、お急ぎのときは {phone} へお電話ください。";
    public string ProposalQuestion { get; init; } = "職員が「{label}」に「{value}」と入力しました。よろしいですか？";
    public string ProposalConfirmed { get; init; } = "ありがとうございます。「{label}」を入力しました。";
    public string ProposalRefused { get; init; } = "わかりました。入力はしませんでした。";

    // takeover is switched off: nobody answers in the talk, and this says so
    public string StaffRequested { get; init; } = "担当の課に取り次ぎを申し込みました。受付番号は {number} です。\n職員がこのトークで返信する仕組みは準備中です。お急ぎのときは {phone} へお電話ください。\nボットのご案内は、このまま続けて使えます。\n氏名・住所・マイナンバーなどはこのトークに書かないでください。";
    public string StaffAlreadyRequested { get; init; } = "取り次ぎはすでに受け付けています（受付番号 {number}）。お急ぎのときは {phone} へお電話ください。";
    public string StaffWithdrawn { get; init; } = "取り次ぎの申込みを取り下げました。";
    public string BackToBot { get; init; } = "ボットに戻る";

    /// <summary>Status words of a case, by <see cref="CaseSummary.Status"/>.</summary>
    public string StatusAccepted { get; init; } = "受付済み";
    public string StatusChanged { get; init; } = "変更済み";
    public string StatusCancelled { get; init; } = "取消済み";
    public string StatusDone { get; init; } = "完了";
    public string StatusWaiting { get; init; } = "対応待ち";

    public string Status(string status) => status switch
    {
        "accepted" => StatusAccepted,
        "changed" => StatusChanged,
        "cancelled" => StatusCancelled,
        "done" => StatusDone,
        _ => StatusWaiting,
    };
}
