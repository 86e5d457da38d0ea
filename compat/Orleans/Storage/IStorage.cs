namespace Orleans.Core
{
    /// <summary>A stored value a grain reads and writes.</summary>
    public interface IStorage
    {
        /// <summary>The version last read or written; null when nothing is stored.</summary>
        string? Etag { get; }

        /// <summary>Whether something is stored.</summary>
        bool RecordExists { get; }

        /// <summary>Removes what is stored.</summary>
        Task ClearStateAsync();

        /// <summary>Stores the value; fails when somebody else has stored another meanwhile.</summary>
        Task WriteStateAsync();

        /// <summary>Reads the value again.</summary>
        Task ReadStateAsync();

        /// <inheritdoc cref="ClearStateAsync()"/>
        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        /// <inheritdoc cref="WriteStateAsync()"/>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        /// <inheritdoc cref="ReadStateAsync()"/>
        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <summary>A stored value of a known type.</summary>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>The value in memory.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    using Orleans.Core;

    /// <summary>A stored value given to a grain's constructor by [PersistentState]; read before <c>OnActivateAsync</c>.</summary>
    public interface IPersistentState<TState> : IStorage<TState>;

    /// <summary>Names the state and the storage of a constructor parameter.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute : Attribute
    {
        /// <summary>State name (unique per grain class is not enough: some providers leave the class out of the key), and storage name or null for the default.</summary>
        public PersistentStateAttribute(string stateName, string? storageName = null)
        {
            ArgumentNullException.ThrowIfNull(stateName);
            (StateName, StorageName) = (stateName, storageName);
        }

        /// <summary>The state.</summary>
        public string StateName { get; }

        /// <summary>The storage, or null for the default.</summary>
        public string? StorageName { get; }
    }
}
