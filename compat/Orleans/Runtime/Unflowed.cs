namespace Orleans.Runtime;

/// <summary>While held, what is started does not inherit the caller's execution context (timers of the runtime belong to nobody's request).</summary>
internal readonly struct Unflowed : IDisposable
{
    private readonly AsyncFlowControl? control;

    private Unflowed(AsyncFlowControl? control) => this.control = control;

    internal static Unflowed Begin() => new(ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow());

    public void Dispose() => control?.Undo();
}
