using Microsoft.EntityFrameworkCore;
using OrleansGov.Records;

namespace OrleansGov.Api.Access;

/// <summary>
/// What a person leaves behind who is shut out: sessions end in the same transaction, and the talks they hold go back to their departments' queues (T6) - no
/// resident waits for somebody who cannot come back. It looks again every half a minute: for what was taken a moment before, and what a crash left undone.
/// </summary>
public sealed class Leaving(RecordsStore records, Rooms rooms, TimeProvider clock, ILogger<Leaving> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    /// <returns>False for the last administrator: nothing was changed.</returns>
    public async Task<bool> DisableAsync(StaffRow person, AuditEntry audit, CancellationToken cancel = default)
    {
        if (!await records.ChangeAsync(new StaffChange.Disable(person.Town, person.Id, clock.GetUtcNow().ToUnixTimeMilliseconds()) { Audit = audit })) return false;
        await ReleaseAsync(cancel);
        return true;
    }

    /// <summary>Gives back every talk whose owner is shut out. Harmless when nothing is to do, and when two do it at once.</summary>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        await using var read = records.Read();
        var left = await (
            from person in read.Staff
            where person.DisabledAt != null
            join talk in read.Conversations on new { person.Town, Owner = (string?)person.Id } equals new { talk.Town, talk.Owner }
            where talk.State != "bot" && talk.State == "human"
            select new { talk.Town, talk.Channel, talk.Id, Owner = person.Id }).ToListAsync(cancel);
        foreach (var talk in left)
        {
            try
            {
                // the grain decides: whoever took the talk meanwhile keeps it
                var resident = rooms.Resident(ResidentKey.Join(talk.Channel, talk.Id));
                var view = await resident.Look();
                if (view.Control.Owner == talk.Owner)
                    await resident.Change(new ControlCommand.Release(null, "account-disabled") { By = Actor.Office(talk.Town, "account-disabled"), IfEpoch = view.Control.Epoch });
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "A talk of a disabled account could not be given back; it is tried again");
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Again, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReleaseAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Talks of disabled accounts could not be looked for; it is tried again");
            }
        }
    }
}
