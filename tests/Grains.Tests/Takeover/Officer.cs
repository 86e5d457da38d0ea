namespace OrleansGov.Grains.Tests.Takeover;

/// <summary>An officer at a console: looks first, and acts on what was seen.</summary>
internal sealed class Officer(string id = "sato", string? department = "general", params string[] rights)
{
    private int _keys;

    public string Id => id;

    public Actor Actor { get; } = new(id, $"{id}さん", TownOffice.TownId, department is null ? null : [department], rights.Length == 0 ? [StaffRights.Take, StaffRights.Reply] : [.. rights]);

    public static Officer Lead(string id = "mori", string department = "general") => new(id, department, StaffRights.Take, StaffRights.Reply, StaffRights.Lead, StaffRights.Intervene);

    public Task<ControlAnswer> Takes(TestResident resident) => Does(resident, e => new ControlCommand.Take { By = Actor, IfEpoch = e });

    public Task<ControlAnswer> Intervenes(TestResident resident, string? reason = "確認したいこと") => Does(resident, e => new ControlCommand.Intervene(reason) { By = Actor, IfEpoch = e });

    public Task<ControlAnswer> Transfers(TestResident resident, Officer to, string? reason = "交代") => Does(resident, e => new ControlCommand.Transfer(to.Id, $"{to.Id}さん", reason) { By = Actor, IfEpoch = e });

    public Task<ControlAnswer> Releases(TestResident resident, string? to = null) => Does(resident, e => new ControlCommand.Release(to, null) { By = Actor, IfEpoch = e });

    public Task<ControlAnswer> Returns(TestResident resident, bool workLeft = false) => Does(resident, e => new ControlCommand.ReturnToBot(workLeft) { By = Actor, IfEpoch = e });

    public Task<ControlAnswer> Closes(TestResident resident) => Does(resident, e => new ControlCommand.Close("answered", ["ごみ"]) { By = Actor, IfEpoch = e });

    public async Task<StaffSayAnswer> Says(TestResident resident, string text) => await resident.Grain.Say(await Message(resident, text));

    /// <summary>Words composed on what is on the screen now, not yet sent.</summary>
    public async Task<StaffMessage> Message(TestResident resident, string text)
    {
        var seen = await resident.Grain.Look();
        return new StaffMessage(Actor, seen.Control.Epoch, seen.LastPosition, false, new Guid(++_keys, (short)id.Length, 7, 0, 0, 0, 0, 0, 0, 0, (byte)id[0]), text, []);
    }

    private static async Task<ControlAnswer> Does(TestResident resident, Func<int, ControlCommand> command)
    {
        var answer = await resident.Grain.Change(command((await resident.Grain.Look()).Control.Epoch));
        await resident.Quiet();
        return answer;
    }
}

internal static class TakeoverSteps
{
    /// <summary>The resident is in the queue, with a booking half done.</summary>
    public static async Task<TestResident> WaitsAt(this TownOffice office, string question, string name = "U1")
    {
        var resident = office.Resident(name);
        await resident.GoesTo(question);
        await resident.Says("職員と話す");
        return resident;
    }

    /// <summary>The officer has the talk.</summary>
    public static async Task<TestResident> TalksTo(this TownOffice office, Officer officer, string question = "town", string name = "U1")
    {
        var resident = await office.WaitsAt(question, name);
        Assert.Equal(ControlVerdict.Done, (await officer.Takes(resident)).Verdict);
        return resident;
    }

    public static async Task<ControlView> Control(this TestResident resident) => (await resident.Grain.Look()).Control;

    /// <summary>Time passes as sweepers see it: the grain is woken when something is due.</summary>
    public static async Task Passes(this TownOffice office, TestResident resident, TimeSpan time)
    {
        var end = office.Time.GetUtcNow() + time;
        while (resident.Stored.NextDue is { } due && due <= end)
        {
            if (due > office.Time.GetUtcNow()) office.Time.Advance(due - office.Time.GetUtcNow());
            await resident.Wakes();
            await resident.Quiet();
            if (resident.Stored.NextDue == due) break; // nothing more is due at this moment
        }

        if (end > office.Time.GetUtcNow()) office.Time.Advance(end - office.Time.GetUtcNow());
        await resident.Wakes();
        await resident.Quiet();
    }

    public static async Task Until(this TownOffice office, Func<bool> happened, bool timePasses = false)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!happened())
        {
            if (timePasses) office.Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(5, patience.Token);
        }
    }

    public static ImmutableList<T> Told<T>(this TownOffice office, TestResident resident) where T : Records.FactBody => office.Storage.Told<T>(resident.Key);

    /// <summary>What became of a line of staff, as told to Records.</summary>
    public static string? OutcomeOf(this TownOffice office, TestResident resident, long position) => office.Told<Records.FactBody.Delivered>(resident).FindLast(d => d.Position == position)?.Outcome;
}
