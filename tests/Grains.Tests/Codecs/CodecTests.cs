using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Codecs;

/// <summary>Whatever crosses a grain call has a codec, on whichever engine the build chose, and arrives whole.</summary>
public sealed class CodecTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static TheoryData<string> Crossing => [.. CrossingTypes.Keys.Order()];

    private static Dictionary<string, Type> CrossingTypes { get; } = typeof(IResidentGrain).Assembly.GetTypes()
        .Where(t => t.IsInterface && typeof(Orleans.Runtime.IAddressable).IsAssignableFrom(t))
        .SelectMany(t => t.GetMethods())
        .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
        .Select(t => t.IsGenericType && t.GetGenericTypeDefinition() is var of && (of == typeof(Task<>) || of == typeof(ValueTask<>)) ? t.GetGenericArguments()[0] : t)
        .Where(t => t != typeof(Task) && t != typeof(ValueTask) && t != typeof(CancellationToken) && !t.IsGenericType)
        .Distinct().ToDictionary(t => t.FullName!);

    [Fact]
    public void Walk_FindsTheGrains()
    {
        Assert.Contains(typeof(ResidentEvent).FullName!, CrossingTypes.Keys);
        Assert.Contains(typeof(CaseOpening).FullName!, CrossingTypes.Keys);
        Assert.Contains(typeof(FormResult).FullName!, CrossingTypes.Keys);
    }

    [Theory, MemberData(nameof(Crossing))]
    public void Crossing_EveryCaseOfIt_ArrivesWhole(string name) => Assert.All(Samples.Of(CrossingTypes[name]), Check);

    [Fact]
    public void Unions_EveryCase_ArrivesWhole()
    {
        foreach (var union in (Type[])[typeof(InboundMessage), typeof(Answer), typeof(Say), typeof(ChoiceAction), typeof(Intent), typeof(FactBody), typeof(CaseCommand), typeof(ControlCommand)])
            Assert.All(Samples.Of(union), value => CheckAs(union, value));
    }

    private static void Check(object value) => CheckAs(value.GetType(), value);

    private static void CheckAs(Type type, object value) => typeof(CodecTests).GetMethod(nameof(RoundTrip), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [value]);

    private static void RoundTrip<T>(T value)
    {
        var serializer = Services.GetRequiredService<Serializer>();
        Assert.Equal(Samples.Words(value), Samples.Words(serializer.Deserialize<T>(serializer.SerializeToArray(value))));
        Assert.Equal(Samples.Words(value), Samples.Words(Services.GetRequiredService<DeepCopier>().Copy(value)));
    }
}
