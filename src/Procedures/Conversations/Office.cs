namespace OrleansGov.Procedures;

/// <summary>What the machine knows of the office: the town, its published procedures, older versions still in use. Immutable; shared by all residents of a node.</summary>
public sealed record Office(Town Town, ImmutableDictionary<string, Procedure> Published)
{
    /// <summary>Versions that runs in progress are pinned to, by (id, version).</summary>
    public ImmutableDictionary<(string Id, int Version), Procedure> Pinned { get; init; } = ImmutableDictionary<(string, int), Procedure>.Empty;

    /// <summary>True where the installation decided that personal details are asked in the talk (<c>Privacy__PersonalDetails=Talk</c>).</summary>
    public bool PersonalDetailsInTalk { get; init; }

    public Procedure? Version(string id, int version) =>
        Published.TryGetValue(id, out var p) && p.Version == version ? p : Pinned.GetValueOrDefault((id, version));
}

/// <summary>A municipality.</summary>
/// <param name="Id">Kebab-case, part of grain keys, such as <c>minatodai</c>.</param>
/// <param name="Name">みなと台市.</param>
/// <param name="Phone">Shown where a person is needed.</param>
public sealed record Town(string Id, string Name, string Phone, Phrases Phrases)
{
    public Wording? Greeting { get; init; }

    /// <summary>The menu: procedures and words, in order. At most 6.</summary>
    public ImmutableList<MenuEntry> Menu { get; init; } = [];

    /// <summary>Municipal closed days besides holidays and 12/29–1/3.</summary>
    public ImmutableHashSet<DateOnly> ClosedDays { get; init; } = [];
    public ImmutableList<Department> Departments { get; init; } = [];

    /// <summary>The department of that id. One nobody described has the town's own name and hours: a pack may be older than the list.</summary>
    public Department DepartmentOf(string id) => Departments.Find(d => d.Id == id) ?? new Department(id, Name, null) { Hours = OpeningHours.Default with { ClosedDays = ClosedDays } };

    /// <summary>Town time; Japan has one zone and no summer time.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(9);
    public static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(Offset).DateTime);
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), Offset);
}

/// <summary>An entry of the menu: what it shows and the words it says.</summary>
public sealed record MenuEntry(string Label, string Words, string? Icon);

/// <summary>A department with a desk.</summary>
public sealed record Department(string Id, string Name, string? Phone)
{
    /// <summary>When its desk is open, the town's closed days included.</summary>
    public OpeningHours Hours { get; init; } = OpeningHours.Default;

    /// <summary>False: nobody answers in the talk; a request becomes a consultation case and the bot goes on.</summary>
    public bool TakesOver { get; init; } = true;

    public DeskSettings Desk { get; init; } = DeskSettings.Default;
}
