using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A grain's state: the value in memory and the storage it comes from. Operations of one state run one after another.</summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>, IActivationState
{
    private readonly string name;
    private readonly GrainId grainId;
    private readonly IGrainStorage storage;
    private readonly GrainState<TState> value;
    private Task last = Task.CompletedTask;
    private bool loaded;

    private PersistentState(string name, GrainId grainId, IGrainStorage storage) =>
        (this.name, this.grainId, this.storage, value) = (name, grainId, storage, new(StateActivator<TState>.New()));

    public TState State
    {
        get
        {
            RuntimeContext.Check();
            return value.State!;
        }

        set
        {
            RuntimeContext.Check();
            this.value.State = value;
        }
    }

    public string? Etag => value.ETag;

    public bool RecordExists => loaded ? value.RecordExists : throw new InvalidOperationException("State has not yet been loaded");

    public Task ReadStateAsync() => Run("ReadStateAsync", storage.ReadStateAsync);

    public Task WriteStateAsync() => Run("WriteStateAsync", storage.WriteStateAsync);

    public Task ClearStateAsync() => Run("ClearStateAsync", storage.ClearStateAsync);

    public async Task Load()
    {
        await ReadStateAsync();
        loaded = true;
    }

    internal static IPersistentState<TState> Create(Activation activation, string stateName, string? storageName)
    {
        var services = activation.Runtime.Services;
        var storage = string.IsNullOrWhiteSpace(storageName) ? services.GetService<IGrainStorage>() : services.GetKeyedService<IGrainStorage>(storageName);
        if (storage is null)
            throw new BadProviderConfigException(string.IsNullOrEmpty(storageName)
                ? $"No default storage provider found loading grain type {activation.GrainId.Type}."
                : $"No storage provider named \"{storageName}\" found loading grain type {activation.GrainId.Type}.");
        var state = new PersistentState<TState>(stateName, activation.GrainId, storage);
        activation.AddState(state);
        return state;
    }

    private Task Run(string operation, Func<string, GrainId, IGrainState<TState>, Task> step)
    {
        RuntimeContext.Check();
        return last = last.IsCompleted ? Now(operation, step) : Later(last, operation, step);
    }

    private async Task Later(Task before, string operation, Func<string, GrainId, IGrainState<TState>, Task> step)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Now(operation, step);
    }

    private async Task Now(string operation, Func<string, GrainId, IGrainState<TState>, Task> step)
    {
        try
        {
            await step(name, grainId, value);
            loaded = true;
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            throw new OrleansException($"Error from storage provider {storage.GetType().Name}.{name} during {operation} for grain {grainId}: {exception.Message}", exception);
        }
    }
}

/// <summary>A state nobody has stored yet: made by its parameterless constructor when it has one.</summary>
internal static class StateActivator<TState>
{
    internal static readonly Func<TState> New = Compile();

    private static Func<TState> Compile()
    {
        var type = typeof(TState);
        if (type.IsValueType || type.IsAbstract || type.IsArray || type == typeof(string))
            return static () => default!;
        return type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is { } constructor
            ? Expression.Lambda<Func<TState>>(Expression.New(constructor)).Compile()
            : static () => (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState));
    }
}
