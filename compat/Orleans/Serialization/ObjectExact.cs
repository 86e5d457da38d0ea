using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>A type made of members. A new object is made by its parameterless constructor when it has one; members that do not travel keep what it gave them.</summary>
internal sealed class ObjectExact<T> : Exact<T>
{
    private const int Deepest = 500;

    [ThreadStatic]
    private static int depth;

    private readonly Member<T>[] members;
    private readonly Func<T> create;
    private readonly bool shared;

    private ObjectExact(MemberInfo[] members)
    {
        this.members = [.. members.Select(Member)];
        create = Creator();
        // A struct all of whose members may be shared is copied by assignment already.
        shared = (typeof(T).IsValueType || Codecs.IsImmutable(typeof(T))) && this.members.All(member => member.Shared)
            && members.Length == typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length;
    }

    internal override T Copy(T value)
    {
        if (shared)
            return value;
        Descend();
        try
        {
            var copy = create();
            foreach (var member in members)
                member.Copy(ref value, ref copy);
            return copy;
        }
        finally
        {
            depth--;
        }
    }

    internal override void Write(BinaryWriter writer, T value)
    {
        Descend();
        try
        {
            foreach (var member in members)
                member.Write(writer, ref value);
        }
        finally
        {
            depth--;
        }
    }

    internal override T Read(WireReader reader)
    {
        var value = create();
        foreach (var member in members)
            member.Read(reader, ref value);
        return value;
    }

    private static void Descend()
    {
        if (++depth <= Deepest)
            return;
        depth--;
        throw new InvalidOperationException($"A value of type {typeof(T)} is nested deeper than {Deepest} objects or refers to itself; only trees travel.");
    }

    private static Func<T> Creator()
    {
        if (typeof(T).IsValueType)
            return static () => default!;
        return typeof(T).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is { } constructor
            ? Expression.Lambda<Func<T>>(Expression.New(constructor)).Compile()
            : static () => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
    }

    private static Member<T> Member(MemberInfo member)
    {
        var type = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        return (Member<T>)Activator.CreateInstance(typeof(Member<,>).MakeGenericType(typeof(T), type), member)!;
    }
}

/// <summary>One member of <typeparamref name="T"/>.</summary>
internal abstract class Member<T>
{
    internal bool Shared { get; init; }

    internal abstract void Copy(ref T from, ref T to);

    internal abstract void Write(BinaryWriter writer, ref T from);

    internal abstract void Read(WireReader reader, ref T to);
}

internal sealed class Member<T, TMember> : Member<T>
{
    private readonly Getter get;
    private readonly Setter set;

    public Member(MemberInfo member)
    {
        Shared = Codecs.IsImmutable(typeof(TMember)) || member.IsDefined(typeof(ImmutableAttribute), false);
        get = Compile<Getter>(typeof(TMember), [typeof(T).MakeByRefType()], il => Access(il, member, read: true));
        set = Compile<Setter>(typeof(void), [typeof(T).MakeByRefType(), typeof(TMember)], il => Access(il, member, read: false));
    }

    private delegate TMember Getter(ref T owner);

    private delegate void Setter(ref T owner, TMember value);

    internal override void Copy(ref T from, ref T to)
    {
        var value = get(ref from);
        set(ref to, Shared ? value : Codec<TMember>.Instance.Copy(value));
    }

    internal override void Write(BinaryWriter writer, ref T from) => Codec<TMember>.Instance.Write(writer, get(ref from));

    internal override void Read(WireReader reader, ref T to) => set(ref to, Codec<TMember>.Instance.Read(reader));

    private static TDelegate Compile<TDelegate>(Type result, Type[] parameters, Action<ILGenerator> emit) where TDelegate : Delegate
    {
        var method = new DynamicMethod("Member", result, parameters, typeof(Codecs).Module, skipVisibility: true);
        emit(method.GetILGenerator());
        return method.CreateDelegate<TDelegate>();
    }

    // Emitted because it may write what C# may not: read-only fields of a new object.
    private static void Access(ILGenerator il, MemberInfo member, bool read)
    {
        il.Emit(OpCodes.Ldarg_0);
        if (!typeof(T).IsValueType)
            il.Emit(OpCodes.Ldind_Ref);
        if (!read)
            il.Emit(OpCodes.Ldarg_1);
        if (member is FieldInfo field)
            il.Emit(read ? OpCodes.Ldfld : OpCodes.Stfld, field);
        else
            il.Emit(OpCodes.Call, read ? ((PropertyInfo)member).GetMethod! : ((PropertyInfo)member).SetMethod!);
        il.Emit(OpCodes.Ret);
    }
}
