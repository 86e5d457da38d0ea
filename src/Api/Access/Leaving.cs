using Microsoft.EntityFrameworkCore;
using OrleansGov.Records;

namespace OrleansGov.Api.Access;

/// <summary>
/// What a person leaves behind who is shut out: sessions end in the same transaction, and the talks they hold go back to their departments' queues at once (T6) -
/// no resident waits for somebody who cannot come back.
/// </summary>
public sealed class Leaving(RecordsStore records, Rooms rooms, TimeProvider clock, ILogger<Leaving> log)
{
    /// <returns>False for the last administrator: nothing was changed.</returns>
    public async Task<bool> DisableAsync(StaffRow person, AuditEntry audit, CancellationToken cancel = default)
    {
        if (!await records.ChangeAsync(new StaffChange.Disable(person.Town, person.Id, clock.GetUtcNow().ToUnixTimeMilliseconds()) { Audit = audit })) return false;
        await using var read = records.Read();
        var held = await read.Conversations.Where(c => c.Town == person.Town && c.Owner == person.Id).Select(c => new { c.Id, c.Channel }).ToListAsync(cancel);
        foreach (var talk in held)
        {
            try
            {
                // the grain decides: whoever took the talk meanwhile keeps it
                var resident = rooms.Resident(ResidentKey.Join(talk.Channel, talk.Id));
                var view = await resident.Look();
                if (view.Control.Owner == person.Id)
                    await resident.Change(new ControlCommand.Release(null, "account-disabled") { By = Actor.Office(person.Town, "account-disabled"), IfEpoch = view.Control.Epoch });
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // the account is shut in any case; a lead sees the talk as away and takes it
                log.LogWarning(e, "A talk of a disabled account could not be released");
            }
        }

        return true;
    }
}
