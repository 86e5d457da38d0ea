namespace Orleans.Runtime;

/// <summary>
/// The one thread of an activation: a task scheduler that runs everything the grain starts - turns, continuations, fire-and-forget
/// tasks - one after another, on whatever pool thread is free.
/// </summary>
/// <remarks>
/// The queue holds tasks and, as null, the wish to start waiting calls (<see cref="Activation.StartTurns"/>). Both stand in one line,
/// so a continuation queued before a call arrived runs before that call.
/// </remarks>
internal sealed class ActivationScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    private const int Quantum = 50; // ms a busy activation may keep a pool thread

    private readonly Queue<Task?> queue = new(2);
    private Task? turns;
    private bool scheduled;

    internal Activation Activation => activation;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs <see cref="Activation.StartTurns"/> when it is its turn.</summary>
    internal void RequestTurns() => Enqueue(null);

    void IThreadPoolWorkItem.Execute()
    {
        var until = Environment.TickCount64 + Quantum;
        while (true)
        {
            Task? next;
            lock (queue)
            {
                if (!queue.TryDequeue(out next))
                {
                    scheduled = false;
                    return;
                }
            }

            TryExecuteTask(next ?? TurnsTask());
            if (Environment.TickCount64 < until)
                continue;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }
    }

    protected override void QueueTask(Task task)
    {
        if (!ReferenceEquals(task, turns))
            Enqueue(task);
    }

    // Only code already on this scheduler may go on inline; anybody else would enter the activation beside its one thread.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(Current, this) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (queue)
            return [.. queue.OfType<Task>()];
    }

    // Made here, on a clean pool thread, so that nothing of the caller's execution context flows into the grain.
    private Task TurnsTask()
    {
        turns = new Task(static state => ((Activation)state!).StartTurns(), activation);
        turns.Start(this);
        return turns;
    }

    private void Enqueue(Task? item)
    {
        lock (queue)
        {
            queue.Enqueue(item);
            if (scheduled)
                return;
            scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }
}
