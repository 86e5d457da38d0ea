using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>The method does not change the grain: calls so marked run beside each other, never beside an ordinary call.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>Every call of the class may start while others wait for something.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

/// <summary>The method may start while any other call of the grain waits for something.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

/// <summary>The caller does not wait and learns nothing of the outcome.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

/// <summary>Work without an owner: several activations of one identity run side by side.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    /// <summary>As many workers as the machine has processors.</summary>
    public StatelessWorkerAttribute() : this(-1)
    {
    }

    /// <summary>At most <paramref name="maxLocalWorkers"/> workers; -1: as many as processors.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers) : this(maxLocalWorkers, true)
    {
    }

    /// <summary>As above; compat always lets idle workers go.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers, bool removeIdleWorkers) =>
        (MaxLocalWorkers, RemoveIdleWorkers) = (maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount, removeIdleWorkers);

    internal int MaxLocalWorkers { get; }

    internal bool RemoveIdleWorkers { get; }
}

/// <summary>A value its owner promises not to change: passed without a copy.</summary>
[GenerateSerializer, Immutable]
public readonly struct Immutable<T>(T value)
{
    /// <summary>The value itself, shared between caller and grain.</summary>
    [Id(0)]
    public readonly T Value = value;
}

/// <summary>Wraps values as <see cref="Immutable{T}"/>.</summary>
public static class ImmutableExtensions
{
    /// <summary>Promises that <paramref name="value"/> will not be changed.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
