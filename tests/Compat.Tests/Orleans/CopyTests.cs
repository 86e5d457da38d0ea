using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Serialization;

#pragma warning disable ORLEANS0004 // members without [Id] are what is tested

namespace OrleansGov.Compat.Tests;

[GenerateSerializer]
public abstract record Shape([property: Id(0)] string Name);

[GenerateSerializer]
public sealed record Circle(string Name, int Radius) : Shape(Name);

[GenerateSerializer]
public sealed record Box<T>(string Name, T Inside, List<string> Labels) : Shape(Name)
{
    [Id(0)]
    public Dictionary<string, int[]> Counts { get; init; } = [];

    public string? NotSent { get; set; }
}

[GenerateSerializer, Immutable]
public sealed record Sealed(ImmutableArray<int> Values);

[GenerateSerializer]
public readonly record struct Spot(double X, double Y);

[GenerateSerializer]
public class Plain
{
    [Id(1)]
    private readonly int secret;

    public Plain(int secret) => this.secret = secret;

    [Id(0)]
    public string? Text { get; set; }

    public string? NotSent { get; set; }

    public int Secret() => secret;
}

public sealed record Unmarked(int Value);

[GenerateSerializer]
public sealed record Holder([property: Id(0)] object? Anything);

[GenerateSerializer]
public sealed record Everything(
    bool A, byte B, short C, int D, long E, float F, double G, decimal H, char I, string? J, Guid K, DateTime L, DateTimeOffset M, DateOnly N, TimeOnly O,
    TimeSpan P, Uri Q, DayOfWeek R, int? S, DateOnly? T, (int, string) U, int[] V, byte[] W, List<Shape> X, ImmutableDictionary<string, Spot> Y,
    ImmutableSortedSet<int> Z, HashSet<string> Aa, KeyValuePair<string, int> Bb, ImmutableArray<string> Cc, Tuple<int, Plain> Dd, GrainId Ee, IReadOnlyList<int> Ff);

[Alias("compat.copies")]
public interface ICopies : IGrainWithStringKey
{
    Task Take(List<string> list);

    Task<List<string>> Give();

    Task<bool> IsSame([Immutable] List<string> list, Sealed value);

    Task Refuse(object value);

    Task<object> RefuseToGive();

    Task<string> Who(ICopies other);

    Task<ICopies> Me();
}

public sealed class CopiesGrain : Grain, ICopies
{
    internal static object? LastList;
    internal static object? LastSealed;

    private List<string> kept = [];

    public Task Take(List<string> list)
    {
        kept = list;
        return Task.CompletedTask;
    }

    public Task<List<string>> Give() => Task.FromResult(kept);

    public Task<bool> IsSame(List<string> list, Sealed value) => Task.FromResult(ReferenceEquals(list, LastList) && ReferenceEquals(value, LastSealed));

    public Task Refuse(object value) => Task.CompletedTask;

    public Task<object> RefuseToGive() => Task.FromResult<object>(new Unmarked(1));

    public Task<string> Who(ICopies other) => Task.FromResult(other.GetPrimaryKeyString());

    public Task<ICopies> Me() => Task.FromResult(this.AsReference<ICopies>());
}

public sealed class CopyTests
{
    [Fact]
    public async Task ArgumentsAndResults_AreCopied_UnlessTheyAreImmutable()
    {
        await using var silo = await Silo.Start();
        var grain = silo.Get<IGrainFactory>().GetGrain<ICopies>("a"); // from inside the process; a test client of Orleans serializes
        List<string> mine = ["one"];
        await grain.Take(mine);
        mine.Add("two");
        var given = await grain.Give();
        Assert.Equal(["one"], given);
        given.Add("three");
        Assert.Equal(["one"], await grain.Give());
        (CopiesGrain.LastList, CopiesGrain.LastSealed) = (mine, new Sealed([1]));
        Assert.True(await grain.IsSame(mine, (Sealed)CopiesGrain.LastSealed));
    }

    [Fact]
    public async Task References_TravelAsReferences()
    {
        await using var silo = await Silo.Start();
        var grain = silo.Grains.GetGrain<ICopies>("a");
        Assert.Equal("b", await grain.Who(silo.Grains.GetGrain<ICopies>("b")));
        Assert.Equal("a", (await grain.Me()).GetPrimaryKeyString());
    }

    [Fact]
    public async Task TypeWithoutCodec_IsRefused_AndNamed()
    {
        await using var silo = await Silo.Start();
        var (copier, serializer) = (silo.Get<DeepCopier>(), silo.Get<Serializer>());
        Assert.Contains(nameof(Unmarked), Assert.Throws<CodecNotFoundException>(() => serializer.SerializeToArray(new Unmarked(1))).Message, StringComparison.Ordinal);
        Assert.Throws<CodecNotFoundException>(() => copier.Copy(new Holder(new Unmarked(1))));
        await Assert.ThrowsAnyAsync<CodecNotFoundException>(async () => await silo.Grains.GetGrain<ICopies>("a").Refuse(new Unmarked(1)));
        await Assert.ThrowsAnyAsync<CodecNotFoundException>(() => silo.Grains.GetGrain<ICopies>("a").RefuseToGive());
    }

    [Fact]
    public async Task OnlyMarkedMembers_Travel()
    {
        await using var silo = await Silo.Start();
        var (copier, serializer) = (silo.Get<DeepCopier>(), silo.Get<Serializer>());
        var plain = new Plain(7) { Text = "kept", NotSent = "lost" };
        foreach (var copy in new[] { copier.Copy(plain), serializer.Deserialize<Plain>(serializer.SerializeToArray(plain)) })
        {
            Assert.NotSame(plain, copy);
            Assert.Equal(("kept", 7, (string?)null), (copy!.Text, copy.Secret(), copy.NotSent));
        }

        var box = new Box<Shape>("box", new Circle("c", 3), ["x"]) { Counts = new() { ["a"] = [1, 2] }, NotSent = "lost" };
        foreach (var copy in new[] { copier.Copy<Shape>(box), serializer.Deserialize<Shape>(serializer.SerializeToArray<Shape>(box)) })
        {
            var again = Assert.IsType<Box<Shape>>(copy);
            Assert.Equal(("box", new Circle("c", 3), (string?)null), (again.Name, again.Inside, again.NotSent));
            Assert.Equal(["x"], again.Labels);
            Assert.NotSame(box.Labels, again.Labels);
            Assert.Equal([1, 2], again.Counts["a"]);
            Assert.NotSame(box.Counts["a"], again.Counts["a"]);
        }
    }

    [Fact]
    public async Task EveryKindOfMember_SurvivesTheRoundTrip()
    {
        await using var silo = await Silo.Start();
        var (copier, serializer) = (silo.Get<DeepCopier>(), silo.Get<Serializer>());
        var all = new Everything(
            true, 2, -3, 4, long.MinValue, 1.5f, Math.PI, 12.30m, '字', null, Guid.NewGuid(), DateTime.UtcNow, DateTimeOffset.Now, new(2026, 4, 1), new(9, 30),
            TimeSpan.FromDays(3), new("https://example.jp/"), DayOfWeek.Friday, null, new DateOnly(2027, 1, 1), (1, "a"), [1, 2], [3, 4], [new Circle("c", 1)],
            ImmutableDictionary<string, Spot>.Empty.Add("here", new(1, 2)), [3, 1, 2], ["x"], new("k", 1), ["a", "b"], Tuple.Create(1, new Plain(5) { Text = "t" }),
            GrainId.Create("resident", "r:x"), new List<int> { 1, 2 });
        foreach (var copy in new[] { copier.Copy(all), serializer.Deserialize<Everything>(serializer.SerializeToArray(all)) })
        {
            Assert.NotSame(all, copy);
            Assert.Equivalent(all, copy, strict: true);
            Assert.Equal(5, copy!.Dd.Item2.Secret());
            Assert.Equal(all.Cc.ToArray(), copy.Cc.ToArray());
        }
    }
}
