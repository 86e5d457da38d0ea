using OrleansGov.Records;

namespace OrleansGov.Api.Access;

/// <summary>Invented people of a town: one for every role, in every department. They exist where the development provider does.</summary>
/// <param name="Subject">At the development provider, and with <c>dev-</c> before it the id here.</param>
/// <param name="Department">Null = the whole town.</param>
public sealed record DevelopmentOfficer(string Town, string Subject, string Name, Role Role, string? Department)
{
    private static readonly string[] Family = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田", "佐々木", "山口", "松本", "井上", "木村", "林", "清水", "斎藤"];
    private static readonly string[] Given = ["みなと", "はる", "あおい", "そら", "ひなた", "つむぎ", "いつき", "なぎ", "りん", "かえで", "ゆう"];

    public string Id => $"dev-{Subject}";

    /// <summary>Per department a viewer, two officers and a lead; for the town a lead of all departments, and one for each role that no department has.</summary>
    public static ImmutableList<DevelopmentOfficer> Of(Town town)
    {
        var people = ImmutableList.CreateBuilder<DevelopmentOfficer>();
        foreach (var department in town.Departments)
        {
            Hire(Roles.Lead, department.Id, "lead");
            Hire(Roles.Officer, department.Id, "officer-1");
            Hire(Roles.Officer, department.Id, "officer-2");
            Hire(Roles.Viewer, department.Id, "viewer");
        }

        Hire(Roles.Lead, null, "lead");
        foreach (var role in Roles.All.Where(r => r.OfTown)) Hire(role, null, role.Id);
        return people.ToImmutable();

        void Hire(Role role, string? department, string post)
        {
            var n = people.Count;
            people.Add(new(town.Id, $"{town.Id}-{department ?? "town"}-{post}", $"{Family[n % Family.Length]} {Given[n % Given.Length]}", role, department));
        }
    }

    /// <summary>Enters them in Records, once; what somebody changed there stays.</summary>
    public static async Task EnterAsync(RecordsStore records, IEnumerable<Town> towns, string issuer, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var officer in towns.SelectMany(Of))
        {
            await using (var read = records.Read())
                if (await read.FindSubjectAsync(issuer, officer.Subject) is not null) continue;
            var isNew = await records.ChangeAsync(new StaffChange.Add(new(officer.Town, officer.Id, issuer, officer.Subject, officer.Name, $"{officer.Subject}@example.jp", now, "development", null, null)));
            if (isNew) await records.ChangeAsync(new StaffChange.Give(new(officer.Town, officer.Id, officer.Department ?? StaffRoleRow.WholeTown, officer.Role.Id, now, "development")));
            else await records.ChangeAsync(new StaffChange.Rebind(officer.Town, officer.Id, issuer, officer.Subject)); // the office has another address today
        }
    }
}
