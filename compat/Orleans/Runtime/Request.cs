using System.Diagnostics;
using Orleans.Diagnostics;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>What is known of a grain method beforehand.</summary>
internal sealed record MethodShape(string Name, bool AlwaysInterleave, bool ReadOnly, bool OneWay, bool CopyResult, TimeSpan? Timeout);

/// <summary>
/// One call on its way to an activation. Proxies derive one class per grain method, holding the (copied) arguments; see <see cref="ProxyBuilder"/>.
/// </summary>
internal abstract class Request(MethodShape shape)
{
    private RequestContext.ContextProperties context;
    private ActivityContext activity;

    internal MethodShape Shape => shape;

    internal GrainId Target { get; private set; }

    internal GrainRuntime Runtime { get; private set; } = null!;

    internal virtual bool Interleaves => shape.AlwaysInterleave;

    /// <summary>Whether the call keeps its activation from being collected.</summary>
    internal virtual bool IsUse => true;

    /// <summary>Links of <see cref="PendingCalls"/>.</summary>
    internal Request? Previous, Next;
    internal int Shard = -1;
    internal long Deadline;

    internal abstract bool IsCompleted { get; }

    /// <summary>Sends the call on its way.</summary>
    internal void Send(GrainReference reference)
    {
        Runtime = reference.Runtime;
        Target = reference.GrainId;
        context = RequestContext.CallContextData.Value;
        if (Runtime.PropagatesActivities && Activity.Current is { } current)
            activity = current.Context;
        if (!shape.OneWay)
            Runtime.Pending.Add(this, shape.Timeout);
        Runtime.Send(this);
    }

    /// <summary>Runs the call on the activation's thread, answers the caller and tells the activation; never throws.</summary>
    internal abstract void Run(Activation activation);

    /// <summary>Answers the caller with an error.</summary>
    internal abstract void Fail(Exception exception);

    protected void Enter()
    {
        if (!context.IsDefault)
            RequestContext.CallContextData.Value = context;
    }

    protected Activity? StartActivity() =>
        Runtime is { PropagatesActivities: true } ? ActivitySources.ApplicationGrainSource.StartActivity(shape.Name, ActivityKind.Server, activity) : null;
}

/// <summary>A call with an answer of type <typeparamref name="TResult"/>.</summary>
internal abstract class Request<TResult>(MethodShape shape) : Request(shape)
{
    private readonly TaskCompletionSource<TResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal override bool IsCompleted => answer.Task.IsCompleted;

    /// <summary>The caller's task.</summary>
    internal Task<TResult> Answer => answer.Task;

    internal override void Fail(Exception exception)
    {
        Runtime?.Pending.Remove(this);
        if (exception is OperationCanceledException { CancellationToken: { IsCancellationRequested: true } token })
            answer.TrySetCanceled(token);
        else
            answer.TrySetException(exception);
    }

    protected void Succeed(TResult result)
    {
        Runtime?.Pending.Remove(this);
        answer.TrySetResult(result);
    }
}

/// <summary>A method that returns <see cref="Task{TResult}"/>.</summary>
internal abstract class TaskRequest<TResult>(MethodShape shape) : Request<TResult>(shape)
{
    internal sealed override async void Run(Activation activation)
    {
        Enter();
        using var activity = StartActivity();
        try
        {
            var result = await Call(activation.GrainInstance!);
            Succeed(Shape.CopyResult ? Codec<TResult>.Instance.Copy(result) : result);
        }
        catch (Exception exception)
        {
            activation.OnFailed(exception);
            Fail(exception);
        }

        activation.OnFinished(this);
    }

    protected abstract Task<TResult> Call(object grain);
}

/// <summary>A method that returns <see cref="Task"/>.</summary>
internal abstract class TaskRequest(MethodShape shape) : Request<bool>(shape)
{
    internal sealed override async void Run(Activation activation)
    {
        Enter();
        using var activity = StartActivity();
        try
        {
            await Call(activation.GrainInstance!);
            Succeed(true);
        }
        catch (Exception exception)
        {
            activation.OnFailed(exception);
            Fail(exception);
        }

        activation.OnFinished(this);
    }

    protected abstract Task Call(object grain);
}

/// <summary>A method that returns <see cref="ValueTask{TResult}"/>.</summary>
internal abstract class ValueTaskRequest<TResult>(MethodShape shape) : TaskRequest<TResult>(shape)
{
    protected sealed override Task<TResult> Call(object grain) => CallValue(grain).AsTask();

    protected abstract ValueTask<TResult> CallValue(object grain);
}

/// <summary>A method that returns <see cref="ValueTask"/>.</summary>
internal abstract class ValueTaskRequest(MethodShape shape) : TaskRequest(shape)
{
    protected sealed override Task Call(object grain) => CallValue(grain).AsTask();

    protected abstract ValueTask CallValue(object grain);
}
