namespace Orleans
{
    /// <summary>Takes part in starting and stopping something.</summary>
    public interface ILifecycleParticipant<TLifecycleObservable> where TLifecycleObservable : ILifecycleObservable
    {
        /// <summary>Subscribes to the stages it cares for.</summary>
        void Participate(TLifecycleObservable lifecycle);
    }

    /// <summary>Something with stages: started in rising order, stopped in falling order.</summary>
    public interface ILifecycleObservable
    {
        /// <summary>Asks to be told.</summary>
        IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
    }

    /// <summary>Is told of one stage.</summary>
    public interface ILifecycleObserver
    {
        /// <summary>The stage begins.</summary>
        Task OnStart(CancellationToken cancellationToken = default);

        /// <summary>The stage ends.</summary>
        Task OnStop(CancellationToken cancellationToken = default);
    }

    /// <summary>Subscribing with delegates.</summary>
    public static class LifecycleExtensions
    {
        /// <summary>Asks to be told of start and stop.</summary>
        public static IDisposable Subscribe(
            this ILifecycleObservable observable, string observerName, int stage, Func<CancellationToken, Task> onStart, Func<CancellationToken, Task>? onStop = null)
        {
            ArgumentNullException.ThrowIfNull(onStart);
            return observable.Subscribe(observerName, stage, new Observer(onStart, onStop));
        }

        private sealed class Observer(Func<CancellationToken, Task> start, Func<CancellationToken, Task>? stop) : ILifecycleObserver
        {
            public Task OnStart(CancellationToken cancellationToken) => start(cancellationToken);

            public Task OnStop(CancellationToken cancellationToken) => stop?.Invoke(cancellationToken) ?? Task.CompletedTask;
        }
    }
}

namespace Orleans.Runtime
{
    /// <summary>The stages of the silo.</summary>
    public interface ISiloLifecycle : ILifecycleObservable;

    /// <summary>The stages of a silo, in starting order.</summary>
    public static class ServiceLifecycleStage
    {
        /// <summary>First of all.</summary>
        public const int First = int.MinValue;

        /// <summary>The runtime itself.</summary>
        public const int RuntimeInitialize = 2000;

        /// <summary>Its services.</summary>
        public const int RuntimeServices = 4000;

        /// <summary>Storages.</summary>
        public const int RuntimeStorageServices = 6000;

        /// <summary>What grains need.</summary>
        public const int RuntimeGrainServices = 8000;

        /// <summary>After the runtime, before the application.</summary>
        public const int AfterRuntimeGrainServices = 8100;

        /// <summary>The application's own services.</summary>
        public const int ApplicationServices = 10000;

        /// <summary>About to take calls.</summary>
        public const int BecomeActive = Active - 1;

        /// <summary>Taking calls; stopped first.</summary>
        public const int Active = 20000;

        /// <summary>Last of all.</summary>
        public const int Last = int.MaxValue;
    }
}
