using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>案件: one case, its history and notes.</summary>
[Right(Scopes.ReadCases)]
public sealed class CaseModel : ConsolePage
{
    public CaseRow Row { get; private set; } = null!;
    public ImmutableList<CaseEventRow> History { get; private set; } = [];
    public ImmutableList<NoteRow> Notes { get; private set; } = [];
    public bool HasTalk => Row.Resident.Length > 0 && Me.Can(Scopes.ReadConversations, Row.Department);

    public async Task<IActionResult> OnGetAsync(string number)
    {
        await using var read = Records.Read();
        if (await read.FindCaseAsync(Me.Town, number, Cancel) is not { } row || !Me.Can(Scopes.ReadCases, row.Department)) return NotFound();
        await Records.AuditAsync(AuditEntry.Read(Now, Me.Town, Me.Name, "case", number).By(Me, HttpContext) with { Department = row.Department });
        (Row, History, Notes) = (row, [.. await read.CaseHistoryAsync(Me.Town, number, Cancel)], [.. await read.NotesOfCaseAsync(Me.Town, number, Cancel)]);
        return Page();
    }
}
