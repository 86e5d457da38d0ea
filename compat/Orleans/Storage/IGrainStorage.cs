using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A value with its version, as a storage sees it.</summary>
    public interface IGrainState<T>
    {
        /// <summary>The value.</summary>
        T? State { get; set; }

        /// <summary>The version; null when nothing is stored.</summary>
        string? ETag { get; set; }

        /// <summary>Whether something is stored.</summary>
        bool RecordExists { get; set; }
    }

    /// <summary>A value with its version.</summary>
    [GenerateSerializer]
    public sealed class GrainState<T> : IGrainState<T>
    {
        /// <summary>Empty.</summary>
        public GrainState()
        {
        }

        /// <summary>Not stored yet.</summary>
        public GrainState(T? state) : this(state, null)
        {
        }

        /// <summary>With a version.</summary>
        public GrainState(T? state, string? eTag) => (State, ETag) = (state, eTag);

        /// <inheritdoc/>
        [Id(0)]
        public T? State { get; set; }

        /// <inheritdoc/>
        [Id(1)]
        public string? ETag { get; set; }

        /// <inheritdoc/>
        [Id(2)]
        public bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>Keeps the states of grains; registered under a name as a keyed service.</summary>
    public interface IGrainStorage
    {
        /// <summary>Fills value, version and existence.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="ReadStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ReadStateAsync(stateName, grainId, grainState);

        /// <summary>Stores the value and sets the new version.</summary>
        /// <exception cref="InconsistentStateException">The version is not the stored one.</exception>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="WriteStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            WriteStateAsync(stateName, grainId, grainState);

        /// <summary>Removes the value and resets version and existence.</summary>
        /// <exception cref="InconsistentStateException">The version is not the stored one.</exception>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="ClearStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ClearStateAsync(stateName, grainId, grainState);
    }

    /// <summary>Somebody else has written the state meanwhile. Never caught in a grain: the activation is dropped and reads again.</summary>
    [GenerateSerializer]
    public class InconsistentStateException : OrleansException
    {
        /// <summary>Without words.</summary>
        public InconsistentStateException()
        {
        }

        /// <summary>With words.</summary>
        public InconsistentStateException(string message) : base(message)
        {
        }

        /// <summary>With words and cause.</summary>
        public InconsistentStateException(string message, Exception? innerException) : base(message, innerException!)
        {
        }

        /// <summary>With both versions and cause.</summary>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException) : base(errorMsg, storageException!) =>
            (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        /// <summary>With both versions.</summary>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag) : this(errorMsg, storedEtag, currentEtag, null)
        {
        }

        /// <summary>With both versions and cause.</summary>
        public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
            : this(storageException.Message, storedEtag, currentEtag, storageException)
        {
        }

        /// <summary>The version in the storage.</summary>
        [Id(1)]
        public string? StoredEtag { get; private set; }

        /// <summary>The version the grain believed in.</summary>
        [Id(2)]
        public string? CurrentEtag { get; private set; }

        /// <summary>Whether the exception has not left the grain whose state it is about.</summary>
        [Id(0)]
        internal bool IsSourceActivation { get; set; } = true;

        /// <inheritdoc/>
        public override string ToString() =>
            $"InconsistentStateException: {Message} Expected Etag={StoredEtag} Received Etag={CurrentEtag} {InnerException}";
    }
}
