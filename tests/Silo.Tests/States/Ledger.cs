using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansGov.Silo.Tests.States;

/// <summary>A state with everything that states of the product have: a union, enums, immutable collections, times, a computed due.</summary>
[GenerateSerializer, Alias("test.ledger")]
public sealed record Ledger : IDue, IAddressed
{
    [Id(0)] public int Count { get; init; }
    [Id(1)] public bool Open { get; init; } = true;
    [Id(2)] public string? Note { get; init; }
    [Id(3)] public Mood Mood { get; init; }
    [Id(4)] public ImmutableList<Entry> Entries { get; init; } = [];
    [Id(5)] public ImmutableSortedDictionary<string, Entry> ByName { get; init; } = ImmutableSortedDictionary<string, Entry>.Empty;
    [Id(6)] public ImmutableHashSet<string> Seen { get; init; } = [];
    [Id(7)] public DateOnly Day { get; init; }
    [Id(8)] public DateTimeOffset? Due { get; init; }

    [Id(9)] public string? Home { get; init; }

    public DateTimeOffset? NextDue => Due;
    public string? Address => Home;
}

public enum Mood { Calm, VeryBusy }

[GenerateSerializer, Alias("test.entry")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Paid), "paid")]
[JsonDerivedType(typeof(Waived), "waived")]
public abstract record Entry
{
    private Entry() { }

    [GenerateSerializer, Alias("test.entry.paid")]
    public sealed record Paid(int Yen) : Entry;

    [GenerateSerializer, Alias("test.entry.waived")]
    public sealed record Waived(string Reason) : Entry;
}
