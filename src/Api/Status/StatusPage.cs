using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansGov.Api.Pages;
using OrleansGov.Api.Telemetry;
using static OrleansGov.Api.Status.StatusWords;

namespace OrleansGov.Api.Status;

/// <summary>稼働状況: one page that says whether the office is well, and if not, what is wrong and what to do about it.</summary>
internal static class StatusPage
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public static IResult Show(OfficeStatus office, HealthReport health, TimeSpan uptime, DateTimeOffset now) => Page.Show("稼働状況", Html.Of($"""
        <h1>稼働状況</h1>
        <p class="as-of">{now.ToOffset(Town.Offset).ToString("yyyy年M月d日 HH:mm:ss", CultureInfo.InvariantCulture)} 現在</p>
        {Verdict(office, health)}
        <h2>直近 {Math.Max(1, (int)Math.Round(office.Minutes))} 分間</h2>
        <dl class="figures">
        <div><dt>受け取ったイベント</dt><dd>{Number(office.Events)}<small>件</small></dd></div>
        <div><dt>LINE への受付応答</dt><dd>{Time(office.Acknowledgement.Median)}</dd><dd class="more">遅いもの（99%）{Time(office.Acknowledgement.Slow)}</dd></div>
        <div><dt>住民への返信</dt><dd>{Time(office.Reply.Median)}</dd><dd class="more">遅いもの（99%）{Time(office.Reply.Slow)}</dd></div>
        <div><dt>完了した手続き</dt><dd>{Number(office.Completed)}<small>件</small></dd></div>
        <div><dt>送信待ちの住民</dt><dd>{Number(office.Waiting.Count)}<small>人</small></dd><dd class="more">{(office.Waiting.Count == 0 ? "待ちはありません" : $"最も古いもの {Time(office.Waiting.Oldest)}前")}</dd></div>
        <div><dt>遅れている仕事</dt><dd>{Number(office.Overdue.Count)}<small>件</small></dd><dd class="more">{(office.Overdue.Count == 0 ? "遅れはありません" : $"最も古いもの {Time(office.Overdue.Oldest)}前")}</dd></div>
        </dl>
        <h2>LINE チャネル</h2>
        <div class="scroll" role="region" aria-label="LINE チャネルの表" tabindex="0"><table>
        <thead><tr><th scope="col">チャネル</th><th scope="col">受信</th><th scope="col">受付の拒否</th><th scope="col">再送された受信</th><th scope="col">送信</th><th scope="col">回数制限（429）</th><th scope="col">送信の失敗</th><th scope="col">保留</th></tr></thead>
        <tbody>{office.Channels.Select(c => Html.Of($"<tr><th scope=\"row\">{c.Name}</th><td>{Number(c.Events)}</td><td>{Number(c.Refused)}</td><td>{Number(c.Redelivered)}</td><td>{Number(c.Sent)}</td><td>{Number(c.Limited)}</td><td>{Number(c.Failed)}</td><td>{Number(c.Held)}</td></tr>"))}</tbody>
        </table></div>
        <h2>保存と記録</h2>
        <div class="scroll" role="region" aria-label="保存と記録の表" tabindex="0"><table>
        <thead><tr><th scope="col">処理</th><th scope="col">件数</th><th scope="col">ふつう（50%）</th><th scope="col">遅いもの（99%）</th><th scope="col">順番待ち</th></tr></thead>
        <tbody>
        <tr><th scope="row">会話の保存</th><td>{Number(office.StorageWrite.Count)}</td><td>{Time(office.StorageWrite.Median)}</td><td>{Time(office.StorageWrite.Slow)}</td><td>{Number(office.StorageWaiting)}</td></tr>
        <tr><th scope="row">記録への反映</th><td>{Number(office.RecordsLag.Count)}</td><td>{Time(office.RecordsLag.Median)}</td><td>{Time(office.RecordsLag.Slow)}</td><td>{Number(office.RecordsWaiting)}</td></tr>
        </tbody>
        </table></div>
        <h2>このサーバー</h2>
        <dl class="facts">
        <div><dt>連続稼働</dt><dd>{StatusWords.Long(uptime)}</dd></div>
        <div><dt>会話中の住民</dt><dd>{Number(office.Residents)} 人</dd></div>
        <div><dt>ディスクの空き</dt><dd>{Bytes(office.DiskFree)}（{Percent(office.DiskFree, office.DiskSize)}）</dd></div>
        <div><dt>使用メモリ</dt><dd>{Bytes(office.Memory)}</dd></div>
        <div><dt>版</dt><dd>{OfficeVersion.Text.Split('+')[0]}</dd></div>
        {health.Entries.Select(part => Html.Of($"<div><dt>{Part(part.Key)}</dt><dd>{(part.Value.Status == HealthStatus.Healthy ? "正常" : "問題あり")}</dd></div>"))}
        </dl>
        <p class="support">数値はこの画面を表示したプロセスのものです。15 秒ごとに自動で更新します。対処の手順は運用手引き（docs/operations.md）にあります。<a href="/status">今すぐ更新する</a></p>
        """), refreshes: true);

    private static Html Verdict(OfficeStatus office, HealthReport health)
    {
        var broken = health.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => Part(e.Key)).ToList();
        // a part that is well and has something to say all the same: a person should know
        var watch = Watch(office).Concat(health.Entries.Where(e => e.Value is { Status: HealthStatus.Healthy, Description.Length: > 0 }).Select(e => e.Value.Description!)).ToList();
        return broken.Count > 0 ? Html.Of($"<div class=\"verdict bad\"><strong>新しい受け付けを止めています</strong><p>{string.Join("、", broken)}に問題があります。受け取り済みの内容は失われていません。LINE からの受信は再送で届きます。</p></div>")
            : watch.Count > 0 ? Html.Of($"<div class=\"verdict warn\"><strong>受け付けています。確認が必要なことがあります</strong><ul>{watch.Select(w => Html.Of($"<li>{w}</li>"))}</ul></div>")
            : Html.Of($"<div class=\"verdict good\"><strong>正常に受け付けています</strong></div>");
    }

    private static IEnumerable<string> Watch(OfficeStatus office)
    {
        foreach (var channel in office.Channels.Where(c => c.HeldBecause is not null))
            yield return channel.HeldBecause == "quota"
                ? $"チャネル {channel.Name}：今月の送信数の上限に達したため、プッシュ送信を保留しています。LINE のプランを確認してください。"
                : $"チャネル {channel.Name}：アクセストークンが使えないため、送信を保留しています。チャネルの設定を確認してください。";
        foreach (var channel in office.Channels.Where(c => c.Refused > 0))
            yield return $"チャネル {channel.Name}：受付を拒否した通知が {Number(channel.Refused)} 件あります。続くときは、チャネルシークレットと Webhook URL を確認してください。";
        if (office.Waiting.Oldest > Long) yield return $"{Number(office.Waiting.Count)} 人への返信が送れずに待っています。LINE の障害情報を確認してください。送れるようになると自動で送ります。";
        if (office.Overdue.Oldest > Long) yield return $"予定時刻を過ぎた仕事が {Number(office.Overdue.Count)} 件あります。続くときは、負荷とデータベースを確認してください。";
        if (office.StorageFailures > 0) yield return "保存に失敗したことがありました。ディスクの空きとデータベースを確認してください。";
        if (office.DiskSize > 0 && office.DiskFree < office.DiskSize / 10 && office.DiskFree < 20L << 30) yield return $"ディスクの空きが {Bytes(office.DiskFree)} です。空きがなくなると受け付けが止まります。";
        if (office.Acknowledgement.Slow > TimeSpan.FromSeconds(1)) yield return "LINE への受付応答が遅くなっています（2 秒を超えると LINE は受け取りの失敗とみなします）。";
    }
}
