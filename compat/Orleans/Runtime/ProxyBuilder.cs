using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>
/// Emits, per grain interface, a reference class whose methods copy their arguments into a request object and send it, and per method
/// the request class that makes the call on the other side. What the real code generator writes at build time, made once at run time.
/// </summary>
internal static class ProxyBuilder
{
    private static readonly ConcurrentDictionary<Type, Func<ReferenceShape, IdSpan, GrainReference>> Constructors = new();
    private static readonly Lock Gate = new();
    private static readonly AssemblyBuilder Assembly = AssemblyBuilder.DefineDynamicAssembly(new("OrleansGov.Compat.Orleans.Proxies"), AssemblyBuilderAccess.Run);
    private static readonly ModuleBuilder Module = Assembly.DefineDynamicModule("Proxies");
    private static readonly HashSet<string> Opened = [];
    private static readonly ConstructorInfo IgnoreAccess = DefineIgnoreAccess();
    private static int count;

    /// <summary>Shapes by number: emitted code cannot hold objects, so it asks for them once.</summary>
    private static readonly List<MethodShape> Shapes = [];

    internal static Func<ReferenceShape, IdSpan, GrainReference> ConstructorOf(Type interfaceType) =>
        interfaceType == typeof(IAddressable) || interfaceType == typeof(IGrain)
            ? static (shape, key) => new GrainReference(shape, key)
            : Constructors.GetOrAdd(interfaceType, Build);

    /// <summary>Called by emitted static constructors.</summary>
    internal static MethodShape ShapeOf(int number)
    {
        lock (Shapes)
            return Shapes[number];
    }

    private static Func<ReferenceShape, IdSpan, GrainReference> Build(Type interfaceType)
    {
        if (!interfaceType.IsInterface)
            throw new ArgumentException($"{interfaceType} is not a grain interface.", nameof(interfaceType));
        lock (Gate)
        {
            if (Constructors.TryGetValue(interfaceType, out var known))
                return known;
            Open(typeof(ProxyBuilder).Assembly);
            Open(interfaceType.Assembly);
            var proxy = Module.DefineType($"{interfaceType.Name}.Proxy{count++}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [interfaceType]);
            DefineConstructor(proxy);
            foreach (var method in interfaceType.GetInterfaces().Prepend(interfaceType).SelectMany(type => type.GetMethods()).Where(method => method.IsAbstract))
                DefineMethod(proxy, method);
            var constructor = proxy.CreateType().GetConstructors()[0];
            var create = new DynamicMethod("Create", typeof(GrainReference), [typeof(ReferenceShape), typeof(IdSpan)], typeof(ProxyBuilder).Module, true);
            var il = create.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Newobj, constructor);
            il.Emit(OpCodes.Ret);
            return create.CreateDelegate<Func<ReferenceShape, IdSpan, GrainReference>>();
        }
    }

    private static void DefineConstructor(TypeBuilder proxy)
    {
        Type[] parameters = [typeof(ReferenceShape), typeof(IdSpan)];
        var il = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, parameters).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, parameters)!);
        il.Emit(OpCodes.Ret);
    }

    private static void DefineMethod(TypeBuilder proxy, MethodInfo method)
    {
        var (kind, result, send) = Kind(method);
        var parameters = method.GetParameters();
        foreach (var type in parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType).SelectMany(Mentioned))
            Open(type.Assembly);
        var (request, construct, fields) = DefineRequest(method, kind, parameters);
        request.CreateType();

        var define = proxy.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            [.. parameters.Select(parameter => parameter.ParameterType)]);
        proxy.DefineMethodOverride(define, method);
        var il = define.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, construct);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            var type = parameters[i].ParameterType;
            var copies = !parameters[i].IsDefined(typeof(ImmutableAttribute), false) && !Codecs.IsImmutable(type);
            if (copies)
                il.Emit(OpCodes.Call, typeof(Codec<>).MakeGenericType(type).GetMethod("get_Instance", BindingFlags.Static | BindingFlags.NonPublic)!);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            if (copies)
                il.Emit(OpCodes.Callvirt, typeof(Codec<>).MakeGenericType(type).GetMethod("Copy", BindingFlags.Instance | BindingFlags.NonPublic)!);
            il.Emit(OpCodes.Stfld, fields[i]);
        }

        var sender = typeof(GrainReference).GetMethod(send, BindingFlags.Instance | BindingFlags.NonPublic)!;
        il.Emit(OpCodes.Call, result is null ? sender : sender.MakeGenericMethod(result));
        il.Emit(OpCodes.Ret);
    }

    private static (TypeBuilder Type, ConstructorBuilder Constructor, FieldBuilder[] Fields) DefineRequest(MethodInfo method, Type kind, ParameterInfo[] parameters)
    {
        var request = Module.DefineType($"{method.DeclaringType!.Name}.{method.Name}.Request{count++}", TypeAttributes.Public | TypeAttributes.Sealed, kind);
        var shape = request.DefineField("Shape", typeof(MethodShape), FieldAttributes.Private | FieldAttributes.Static | FieldAttributes.InitOnly);
        var il = request.DefineTypeInitializer().GetILGenerator();
        il.Emit(OpCodes.Ldc_I4, Remember(Describe(method)));
        il.Emit(OpCodes.Call, typeof(ProxyBuilder).GetMethod(nameof(ShapeOf), BindingFlags.Static | BindingFlags.NonPublic)!);
        il.Emit(OpCodes.Stsfld, shape);
        il.Emit(OpCodes.Ret);

        var constructor = request.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, []);
        il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, shape);
        il.Emit(OpCodes.Call, kind.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0]);
        il.Emit(OpCodes.Ret);

        FieldBuilder[] fields = [.. parameters.Select((parameter, i) => request.DefineField($"arg{i}", parameter.ParameterType, FieldAttributes.Public))];
        var hook = kind.GetMethod(kind.Name.StartsWith("ValueTask", StringComparison.Ordinal) ? "CallValue" : "Call", BindingFlags.Instance | BindingFlags.NonPublic)!;
        var call = request.DefineMethod(hook.Name, MethodAttributes.Family | MethodAttributes.Virtual | MethodAttributes.HideBySig, hook.ReturnType, [typeof(object)]);
        request.DefineMethodOverride(call, hook);
        il = call.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType == typeof(void))
            il.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        il.Emit(OpCodes.Ret);
        return (request, constructor, fields);
    }

    private static (Type Kind, Type? Result, string Send) Kind(MethodInfo method)
    {
        var type = method.ReturnType;
        if (method.IsGenericMethod || method.IsSpecialName)
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name}: compat knows neither generic methods nor properties on grain interfaces.");
        if (type == typeof(Task))
            return (typeof(TaskRequest), null, nameof(GrainReference.SendTask));
        if (type == typeof(ValueTask))
            return (typeof(ValueTaskRequest), null, nameof(GrainReference.SendValueTask));
        if (type == typeof(void))
            return (typeof(TaskRequest), null, nameof(GrainReference.SendVoid));
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var definition && type.GetGenericArguments() is [var result])
        {
            if (definition == typeof(Task<>))
                return (typeof(TaskRequest<>).MakeGenericType(result), result, nameof(GrainReference.Send));
            if (definition == typeof(ValueTask<>))
                return (typeof(ValueTaskRequest<>).MakeGenericType(result), result, nameof(GrainReference.SendValue));
        }

        throw new NotSupportedException($"{method.DeclaringType}.{method.Name}: a grain method returns Task, Task<T>, ValueTask, ValueTask<T> or void, not {type}.");
    }

    private static MethodShape Describe(MethodInfo method)
    {
        var result = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : null;
        return new MethodShape(
            $"{method.DeclaringType!.Name}/{method.Name}",
            method.IsDefined(typeof(AlwaysInterleaveAttribute)),
            method.IsDefined(typeof(ReadOnlyAttribute)),
            method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute)),
            result is not null && !method.ReturnParameter.IsDefined(typeof(ImmutableAttribute), false) && !Codecs.IsImmutable(result),
            method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout);
    }

    private static int Remember(MethodShape shape)
    {
        lock (Shapes)
        {
            Shapes.Add(shape);
            return Shapes.Count - 1;
        }
    }

    private static IEnumerable<Type> Mentioned(Type type) =>
        type.HasElementType ? Mentioned(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Mentioned).Append(type);

    // Grain interfaces and their records may be internal: the runtime lets this assembly in by name.
    private static void Open(Assembly assembly)
    {
        if (assembly.GetName().Name is { } name && Opened.Add(name))
            Assembly.SetCustomAttribute(new CustomAttributeBuilder(IgnoreAccess, [name]));
    }

    private static ConstructorInfo DefineIgnoreAccess()
    {
        var type = Module.DefineType("System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", TypeAttributes.Public | TypeAttributes.Sealed, typeof(Attribute));
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ret);
        return type.CreateType().GetConstructors()[0];
    }
}
