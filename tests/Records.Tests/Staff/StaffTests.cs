namespace OrleansGov.Records.Tests.Staff;

public sealed class StaffInSqlite() : StaffTests(Provider.Sqlite);

public sealed class StaffInPostgres() : StaffTests(Provider.Postgres);

public abstract class StaffTests(Provider provider) : RecordsTests(provider)
{
    private const string Town = TempRecords.Town;
    private static readonly long Noon = TempRecords.Noon.ToUnixTimeMilliseconds();
    private static readonly long Minute = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    [Fact]
    public async Task Add_OfASubjectThatIsKnown_IsRefused()
    {
        Assert.True(await Add("sato"));
        Assert.False(await Records.Store.ChangeAsync(new StaffChange.Add(Person("other") with { Subject = "sub-sato" })));

        await using var read = Records.Store.Read();
        Assert.Equal("sato", (await read.FindSubjectAsync("https://idp.example", "sub-sato", TempRecords.Cancel))!.Id);
        Assert.Null(await read.FindSubjectAsync("https://another.example", "sub-sato", TempRecords.Cancel));
    }

    [Fact]
    public async Task LastAdministrator_CanNeitherBeDisabledNorLoseTheRole()
    {
        await Add("sato");
        await Give("sato", "admin");
        await Add("suzuki");
        await Give("suzuki", "admin");
        Assert.True(await Records.Store.ChangeAsync(new StaffChange.Disable(Town, "sato", Noon)));

        Assert.False(await Records.Store.ChangeAsync(new StaffChange.Disable(Town, "suzuki", Noon)));
        Assert.False(await Records.Store.ChangeAsync(new StaffChange.Take(Town, "suzuki", "*", "admin")));
        Assert.True(await Records.Store.ChangeAsync(new StaffChange.Enable(Town, "sato")));
        Assert.True(await Records.Store.ChangeAsync(new StaffChange.Take(Town, "suzuki", "*", "admin")));
    }

    [Fact]
    public async Task Session_EndsWithIdlenessTimeLogoutOrThePerson()
    {
        await Add("sato");
        await Give("sato", "officer", "environment");
        foreach (var id in (string[])["idle", "touched", "ended"]) await Records.Store.ChangeAsync(new StaffChange.Start(Session(id)));
        await Records.Store.ChangeAsync(new StaffChange.Touch("touched", Noon + 10 * Minute));
        await Records.Store.ChangeAsync(new StaffChange.End(Town, "sato", "ended", Noon + Minute));

        Assert.Equal(["officer"], (await Find("idle", Noon + 14 * Minute))!.Value.Roles.Select(r => r.Role));
        Assert.Null(await Find("idle", Noon + 15 * Minute));
        Assert.NotNull(await Find("touched", Noon + 24 * Minute));
        Assert.Null(await Find("ended", Noon + 2 * Minute));
        Assert.Null(await Find("touched", Noon + 8 * 60 * Minute));

        await Records.Store.ChangeAsync(new StaffChange.Disable(Town, "sato", Noon + 11 * Minute));
        Assert.Null(await Find("touched", Noon + 12 * Minute));
    }

    [Fact]
    public async Task Client_HasTwoWorkingKeysAtMost()
    {
        Assert.True(await Records.Store.ChangeAsync(new StaffChange.Issue(Key("1"))));
        Assert.True(await Records.Store.ChangeAsync(new StaffChange.Issue(Key("2") with { ExpiresAt = Noon + Minute })));
        Assert.False(await Records.Store.ChangeAsync(new StaffChange.Issue(Key("3"))));
        Assert.True(await Records.Store.ChangeAsync(new StaffChange.Issue(Key("4") with { CreatedAt = Noon + Minute }))); // the second has expired by then
        Assert.True(await Records.Store.ChangeAsync(new StaffChange.Revoke(Town, "1", Noon)));
        Assert.False(await Records.Store.ChangeAsync(new StaffChange.Revoke("elsewhere", "2", Noon)));

        await using var read = Records.Store.Read();
        Assert.Equal(["1", "2", "4"], (await read.ListKeysAsync(Town, TempRecords.Cancel)).Select(k => k.Id).Order());
        Assert.False((await read.FindKeyAsync("hash-1", TempRecords.Cancel))!.Works(Noon));
    }

    [Fact]
    public async Task Change_AndItsLineOfTheAuditTrail_AreThereTogetherOrNotAtAll()
    {
        var line = new AuditEntry(TempRecords.Noon, Town, "setup", "staff-added", "sato");
        Assert.True(await Records.Store.ChangeAsync(new StaffChange.Add(Person("sato")) { Audit = line }));
        Assert.False(await Records.Store.ChangeAsync(new StaffChange.Add(Person("sato")) { Audit = line }));

        await using var read = Records.Store.Read();
        Assert.Equal("staff-added", (await read.Audit.SingleAsync(TempRecords.Cancel)).Action);
    }

    [Fact]
    public async Task List_FindsByWordsDepartmentAndRole()
    {
        await Add("sato");
        await Give("sato", "officer", "environment");
        await Add("suzuki");
        await Give("suzuki", "auditor");
        await Add("gone");
        await Records.Store.ChangeAsync(new StaffChange.Disable(Town, "gone", Noon));

        Assert.Equal(["sato", "suzuki"], await List());
        Assert.Equal(["sato"], await List(words: "SUB-sato".ToLowerInvariant()));
        Assert.Equal(["sato", "suzuki"], await List(department: "environment")); // the whole town has that department too
        Assert.Equal(["suzuki"], await List(role: "auditor"));
        Assert.Equal(["gone", "sato", "suzuki"], await List(withDisabled: true));
    }

    [Fact]
    public async Task Requests_KeepTheLatestOfEachPerson()
    {
        await Records.Store.ChangeAsync(new StaffChange.Ask(new("https://idp.example", "sub-sato", "佐藤", null, Noon)));
        await Records.Store.ChangeAsync(new StaffChange.Ask(new("https://idp.example", "sub-sato", "佐藤 みなと", "sato@example.jp", Noon + 1)));

        await using (var read = Records.Store.Read()) Assert.Equal("佐藤 みなと", Assert.Single(await read.ListRequestsAsync(TempRecords.Cancel)).Name);
        await Add("sato");
        await using (var read = Records.Store.Read()) Assert.Empty(await read.ListRequestsAsync(TempRecords.Cancel));
    }

    private static StaffRow Person(string id) => new(Town, id, "https://idp.example", $"sub-{id}", $"{id} さん", null, Noon, "setup", null, null);

    private static SessionRow Session(string id) => new(id, Town, "sato", Noon, Noon, Noon + 8 * 60 * Minute, null, "192.0.2.1", "Edge");

    private static ApiKeyRow Key(string id) => new(id, $"hash-{id}", Town, "図書館システム", "abcd", "cases:read", null, null, Noon, "sato", null, null, null, null);

    private Task<bool> Add(string id) => Records.Store.ChangeAsync(new StaffChange.Add(Person(id)));

    private Task<bool> Give(string id, string role, string department = "*") => Records.Store.ChangeAsync(new StaffChange.Give(new(Town, id, department, role, Noon, "setup")));

    private async Task<(SessionRow Session, StaffRow Person, List<StaffRoleRow> Roles)?> Find(string session, long now)
    {
        await using var read = Records.Store.Read();
        return await read.FindSessionAsync(session, now, TempRecords.Cancel);
    }

    private async Task<IEnumerable<string>> List(string? words = null, string? department = null, string? role = null, bool withDisabled = false)
    {
        await using var read = Records.Store.Read();
        return [.. (await read.ListStaffAsync(Town, words, department, role, withDisabled, TempRecords.Cancel)).Select(s => s.Person.Id)];
    }
}
