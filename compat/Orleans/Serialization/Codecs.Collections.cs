using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Orleans.Serialization;

internal static partial class Codecs
{
    /// <summary>Collection types and the method here that makes their codec. A copy keeps the comparer of its source.</summary>
    private static readonly Dictionary<Type, string> Collections = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(Collection<>)] = nameof(Collection),
        [typeof(ReadOnlyCollection<>)] = nameof(ReadOnlyCollection),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(Stack<>)] = nameof(Stack),
        [typeof(HashSet<>)] = nameof(HashSet),
        [typeof(SortedSet<>)] = nameof(SortedSet),
        [typeof(Dictionary<,>)] = nameof(Dictionary),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionary),
        [typeof(ReadOnlyDictionary<,>)] = nameof(ReadOnlyDictionary),
        [typeof(ImmutableArray<>)] = nameof(ImmutableArrayOf),
        [typeof(ImmutableList<>)] = nameof(ImmutableListOf),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableHashSetOf),
        [typeof(ImmutableSortedSet<>)] = nameof(ImmutableSortedSetOf),
        [typeof(ImmutableQueue<>)] = nameof(ImmutableQueueOf),
        [typeof(ImmutableStack<>)] = nameof(ImmutableStackOf),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableDictionaryOf),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ImmutableSortedDictionaryOf),
    };

    private static Exact List<T>() => new SequenceExact<List<T>, T>((items, _) => [.. items]);

    private static Exact Collection<T>() => new SequenceExact<Collection<T>, T>((items, _) => [.. items]);

    private static Exact ReadOnlyCollection<T>() => new SequenceExact<ReadOnlyCollection<T>, T>((items, _) => new(items));

    private static Exact Queue<T>() => new SequenceExact<Queue<T>, T>((items, _) => new(items));

    private static Exact Stack<T>() => new SequenceExact<Stack<T>, T>((items, _) => new(items.Reverse()));

    private static Exact HashSet<T>() => new SequenceExact<HashSet<T>, T>((items, source) => new(items, source?.Comparer));

    private static Exact SortedSet<T>() => new SequenceExact<SortedSet<T>, T>((items, source) => new(items, source?.Comparer));

    private static Exact Dictionary<K, V>() where K : notnull =>
        new SequenceExact<Dictionary<K, V>, KeyValuePair<K, V>>((items, source) => new(items, source?.Comparer));

    private static Exact SortedDictionary<K, V>() where K : notnull =>
        new SequenceExact<SortedDictionary<K, V>, KeyValuePair<K, V>>((items, source) => new(items.ToDictionary(), source?.Comparer));

    private static Exact ReadOnlyDictionary<K, V>() where K : notnull =>
        new SequenceExact<ReadOnlyDictionary<K, V>, KeyValuePair<K, V>>((items, _) => new(items.ToDictionary()));

    private static Exact ImmutableArrayOf<T>() => new ImmutableArrayExact<T>();

    private static Exact ImmutableListOf<T>() => new SequenceExact<ImmutableList<T>, T>((items, _) => [.. items]);

    private static Exact ImmutableHashSetOf<T>() =>
        new SequenceExact<ImmutableHashSet<T>, T>((items, source) => ImmutableHashSet.CreateRange(source?.KeyComparer, items));

    private static Exact ImmutableSortedSetOf<T>() =>
        new SequenceExact<ImmutableSortedSet<T>, T>((items, source) => ImmutableSortedSet.CreateRange(source?.KeyComparer, items));

    private static Exact ImmutableQueueOf<T>() => new SequenceExact<ImmutableQueue<T>, T>((items, _) => ImmutableQueue.CreateRange(items));

    private static Exact ImmutableStackOf<T>() => new SequenceExact<ImmutableStack<T>, T>((items, _) => ImmutableStack.CreateRange(items.Reverse()));

    private static Exact ImmutableDictionaryOf<K, V>() where K : notnull =>
        new SequenceExact<ImmutableDictionary<K, V>, KeyValuePair<K, V>>(
            (items, source) => ImmutableDictionary.CreateRange(source?.KeyComparer, source?.ValueComparer, items));

    private static Exact ImmutableSortedDictionaryOf<K, V>() where K : notnull =>
        new SequenceExact<ImmutableSortedDictionary<K, V>, KeyValuePair<K, V>>(
            (items, source) => ImmutableSortedDictionary.CreateRange(source?.KeyComparer, source?.ValueComparer, items));
}

/// <summary>A collection: its items, and how to make one of them.</summary>
internal sealed class SequenceExact<TCollection, TItem>(Func<TItem[], TCollection?, TCollection> make) : Exact<TCollection>
    where TCollection : class, IEnumerable<TItem>
{
    private static readonly bool SharesWhole = Codecs.IsImmutable(typeof(TCollection));
    private static readonly bool SharesItems = Codecs.IsImmutable(typeof(TItem));

    internal override TCollection Copy(TCollection value)
    {
        if (SharesWhole)
            return value;
        var items = value.ToArray();
        if (!SharesItems)
        {
            for (var i = 0; i < items.Length; i++)
                items[i] = Codec<TItem>.Instance.Copy(items[i]);
        }

        return make(items, value);
    }

    internal override void Write(BinaryWriter writer, TCollection value)
    {
        var items = value.ToArray();
        writer.Write(items.Length);
        foreach (var item in items)
            Codec<TItem>.Instance.Write(writer, item);
    }

    internal override TCollection Read(WireReader reader)
    {
        var items = new TItem[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
            items[i] = Codec<TItem>.Instance.Read(reader);
        return make(items, null);
    }
}

internal sealed class ArrayExact<T> : Exact<T[]>
{
    private static readonly bool SharesItems = Codecs.IsImmutable(typeof(T));

    internal override T[] Copy(T[] value)
    {
        var copy = (T[])value.Clone();
        if (!SharesItems)
        {
            for (var i = 0; i < copy.Length; i++)
                copy[i] = Codec<T>.Instance.Copy(copy[i]);
        }

        return copy;
    }

    internal override void Write(BinaryWriter writer, T[] value)
    {
        writer.Write(value.Length);
        if (value is byte[] bytes)
        {
            writer.Write(bytes);
            return;
        }

        foreach (var item in value)
            Codec<T>.Instance.Write(writer, item);
    }

    internal override T[] Read(WireReader reader)
    {
        var length = reader.ReadInt32();
        if (typeof(T) == typeof(byte))
            return (T[])(object)reader.ReadBytes(length);
        var items = new T[length];
        for (var i = 0; i < items.Length; i++)
            items[i] = Codec<T>.Instance.Read(reader);
        return items;
    }
}

/// <summary>An immutable array may also be "default", which is neither empty nor null.</summary>
internal sealed class ImmutableArrayExact<T> : Exact<ImmutableArray<T>>
{
    private static readonly bool SharesItems = Codecs.IsImmutable(typeof(T));

    internal override ImmutableArray<T> Copy(ImmutableArray<T> value) =>
        SharesItems || value.IsDefaultOrEmpty ? value : [.. value.Select(item => Codec<T>.Instance.Copy(item))];

    internal override void Write(BinaryWriter writer, ImmutableArray<T> value)
    {
        writer.Write(value.IsDefault ? -1 : value.Length);
        foreach (var item in value.IsDefault ? [] : value)
            Codec<T>.Instance.Write(writer, item);
    }

    internal override ImmutableArray<T> Read(WireReader reader)
    {
        var length = reader.ReadInt32();
        if (length < 0)
            return default;
        var items = ImmutableArray.CreateBuilder<T>(length);
        for (var i = 0; i < length; i++)
            items.Add(Codec<T>.Instance.Read(reader));
        return items.MoveToImmutable();
    }
}
