using Microsoft.Extensions.Logging;
using OrleansGov.Gateways;

namespace OrleansGov.Grains;

/// <summary>The office's own work, once a day at night and whenever an erasure was approved. All of it can be repeated: what was done leaves a row that says so.</summary>
public sealed class HousekeepingGrain(RecordsStore records, ContentStore contents, TownRegister towns, TimeProvider clock, ILogger<HousekeepingGrain> log) : Grain, IHousekeepingGrain
{
    /// <summary>From then on in town time the day's work is done: residents sleep.</summary>
    public static readonly TimeOnly Night = new(2, 0);

    private readonly BackgroundPump _work = new(log);

    private DateOnly _done; // the day whose work this activation has done: what is set later in the day counts from the next night on

    private string TownId => this.GetPrimaryKeyString();

    public Task LookAfter()
    {
        if (towns.Towns.ContainsKey(TownId)) _work.Run(WorkAsync);
        return Task.CompletedTask;
    }

    public async Task<long?> VerifyAudit() => (await VerifyAsync()).BrokenAt;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _work.Finish();

    private async Task WorkAsync()
    {
        await EraseAsync();
        var now = clock.GetUtcNow();
        var day = Town.Today(now);
        if (day == _done || now < Town.At(day, Night)) return;
        foreach (var @class in RetentionClass.All)
        {
            if (_work.IsEnding) return;
            await using (var read = records.Read())
                if (await read.HasRunAsync(TownId, day, @class)) continue;
            await DeleteAsync(@class, day, now);
        }

        await using (var read = records.Read())
            if (!(await read.LastAuditCheckAsync(TownId) >= Town.At(day, Night))) await VerifyAsync();
        _done = day;
    }

    private async Task DeleteAsync(string @class, DateOnly day, DateTimeOffset now)
    {
        List<RetentionSettingRow> settings;
        int held;
        await using (var read = records.Read())
        {
            settings = await read.RetentionSettingsAsync(TownId);
            held = await read.HeldResidentsAsync(TownId);
        }

        var deleted = 0L;
        foreach (var setting in settings.Where(s => s.Class == @class))
        {
            var before = now.AddDays(-setting.Days);
            deleted += @class switch
            {
                RetentionClass.ConversationText => await records.DeleteTextAsync(TownId, setting.Scope, before),
                RetentionClass.Media => await records.DeleteMediaAsync(TownId, setting.Scope, before, id => contents.DeleteAsync(TownId, id)),
                RetentionClass.Applications => await CloseCasesAsync(setting.Scope, before),
                _ => await records.DeleteAuditAsync(TownId, before, now),
            };
        }

        if (settings.Exists(s => s.Class == @class && s.Scope.Length == 0)) await records.NoteRunAsync(TownId, day, @class, now, deleted, @class == RetentionClass.Audit ? 0 : held);
    }

    private async Task<long> CloseCasesAsync(string procedure, DateTimeOffset before)
    {
        for (var closed = 0L; ;)
        {
            List<string> numbers;
            await using (var read = records.Read()) numbers = await read.CasesPastTheirTimeAsync(TownId, procedure, before, 100);
            foreach (var number in numbers)
            {
                foreach (var content in await Case(number).Erase("system")) await contents.DeleteAsync(TownId, content);
                await records.CloseCaseAsync(TownId, number); // the grain tells too, later
                closed++;
            }

            if (numbers.Count == 0) return closed;
        }
    }

    // each step can be repeated; the request is done when all of them have been
    private async Task EraseAsync()
    {
        List<ErasureRequestRow> approved;
        await using (var read = records.Read()) approved = await read.ErasuresToDoAsync(TownId);
        foreach (var request in approved)
        {
            ImmutableList<string> pictures;
            List<string> numbers;
            await using (var read = records.Read())
            {
                pictures = await read.ContentsOfTalkAsync(request.Conversation);
                numbers = await read.CasesOfResidentAsync(TownId, request.Conversation);
            }

            foreach (var number in numbers) pictures = pictures.AddRange(await Case(number).Erase(request.DecidedBy!));
            await GrainFactory.GetGrain<IResidentGrain>(ResidentKey.Join(request.Channel, request.Conversation)).Erase(request.DecidedBy!);
            foreach (var content in pictures.Distinct()) await contents.DeleteAsync(TownId, content);
            var (messages, notes) = await records.EraseTalkAsync(TownId, request.Conversation);
            await records.NoteErasedAsync(request, clock.GetUtcNow(), $"messages {messages}, notes {notes}, contents {pictures.Distinct().Count()}, cases {numbers.Count}");
            log.LogInformation("Erasure {Request} is done: {Messages} messages, {Cases} cases", request.Id, messages, numbers.Count);
        }
    }

    private async Task<AuditVerdict> VerifyAsync()
    {
        AuditVerdict verdict;
        await using (var read = records.Read()) verdict = await read.VerifyAuditAsync(TownId);
        if (verdict.Fault is { } fault) log.LogError("The audit trail of {Town} is broken at line {Place}: {Fault}", TownId, verdict.BrokenAt, fault);
        await records.NoteAuditCheckAsync(verdict, clock.GetUtcNow());
        return verdict;
    }

    private ICaseGrain Case(string number) => GrainFactory.GetGrain<ICaseGrain>(CaseKey.For(TownId, number));
}
