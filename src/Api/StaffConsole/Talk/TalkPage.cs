using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Api.Conversations;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>A page from which talks are looked at and commanded.</summary>
public abstract class TalkPage : ConsolePage
{
    /// <summary>Null: there is none, or another department's.</summary>
    protected async Task<Conversations.Talk?> FindTalkAsync(string id)
    {
        if (await Talks.FindAsync(HttpContext, id, Get<Rooms>(), Records, Get<TimeProvider>()) is not { } talk || talk.View.Control.State == ControlState.Erased) return null;
        var concerned = Concerned(talk.View);
        var departments = Me.DepartmentsFor(Scopes.ReadConversations);
        return departments is null || concerned.Exists(departments.Contains) ? talk with { Actor = Me.Acting(concerned) } : null;
    }

    /// <summary>Takes a talk that waits, and leads to it. Who came second is told who was first.</summary>
    protected async Task<IActionResult> TakeAsync(string id, int epoch)
    {
        if (await FindTalkAsync(id) is not { } talk) return NotFound();
        var answer = await talk.Room.Change(new ControlCommand.Take { By = talk.Actor, IfEpoch = epoch });
        if (answer.Verdict == ControlVerdict.NotVisible) return NotFound();
        if (answer.Verdict is ControlVerdict.Done or ControlVerdict.Unchanged)
        {
            await Records.AuditAsync(Line("conversation-take", id) with { Department = answer.Talk?.Department, SubjectName = answer.Talk?.Control.CaseNumber });
            Say("引き受けました。住民に担当が始まったことを知らせました。");
        }
        else await RefusedAsync(id, "take", answer);
        return Redirect($"/console/talks/{id}");
    }

    /// <summary>Says on the next page why a command did not happen, and leaves a line in the audit trail.</summary>
    protected async Task RefusedAsync(string id, string command, ControlAnswer answer)
    {
        await Records.AuditAsync(AuditEntry.Refused(Now, Me.Town, Me.Name, $"conversation-{command}", id, answer.Verdict.ToString()).By(Me, HttpContext) with { Department = answer.Talk?.Department });
        Warn(Why(answer));
    }

    /// <summary>What happened instead, and what to do.</summary>
    private string Why(ControlAnswer answer)
    {
        var who = answer.Talk?.Control is { Owner: { } owner, OwnerName: { } name } ? owner == Me.Id ? "あなた" : $"{name} さん" : null;
        return answer.Verdict switch
        {
            ControlVerdict.AlreadyTaken => $"{who ?? "ほかの職員"}が先に引き受けました。この会話は見るだけにして、次の待ちの住民に対応してください。",
            ControlVerdict.NotOwner => who is null ? "いまはだれも担当していません。必要なら「引き受ける」を押してください。" : $"{who}が担当しています。急ぐときは本人か主任に相談してください。",
            ControlVerdict.Stale => "操作する前に状態が変わりました。いまの状態を確かめて、もう一度操作してください。",
            ControlVerdict.IllegalTransition => "いまの状態ではこの操作はできません。ほかの人が先に操作したか、住民が取り消しました。いまの状態を確かめてください。",
            ControlVerdict.Forbidden => "この操作をする権限がありません。担当か主任に依頼してください。",
            ControlVerdict.Incomplete => answer.Missing switch
            {
                "reason" => "理由を入力してください。",
                "result" => "結果を選んでください。",
                "tags" => "分類を 1 つ以上入力してください。",
                "department" => "この部署には移せません。ほかの部署を選んでください。",
                _ => "足りない項目があります。入力してから、もう一度操作してください。",
            },
            _ => "画面が古くなっています。もう一度操作してください。",
        };
    }

    // a department that passed the talk on loses sight of it
    private static ImmutableList<string> Concerned(TalkView view) =>
        view.Control.State is ControlState.Queued or ControlState.QueuedOutOfHours or ControlState.Human && view.Department is { } desk ? [desk] : view.Departments;
}
