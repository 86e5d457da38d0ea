namespace Orleans.Runtime
{
    /// <summary>The runtime's own failures.</summary>
    [GenerateSerializer]
    public class OrleansException : Exception
    {
        /// <summary>Unexpected.</summary>
        public OrleansException() : base("Unexpected error.")
        {
        }

        /// <summary>With words.</summary>
        public OrleansException(string message) : base(message)
        {
        }

        /// <summary>With words and cause.</summary>
        public OrleansException(string message, Exception innerException) : base(message, innerException)
        {
        }
    }

    /// <summary>A call was refused before any grain saw it.</summary>
    [GenerateSerializer]
    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message) : base(message)
        {
        }
    }

    /// <summary>The process is stopping or has stopped.</summary>
    [GenerateSerializer]
    public sealed class SiloUnavailableException : OrleansMessageRejectionException
    {
        /// <summary>With words.</summary>
        public SiloUnavailableException(string message) : base(message)
        {
        }
    }

    /// <summary>The configuration cannot work.</summary>
    [GenerateSerializer]
    public sealed class OrleansConfigurationException : Exception
    {
        /// <summary>With words.</summary>
        public OrleansConfigurationException(string message) : base(message)
        {
        }

        /// <summary>With words and cause.</summary>
        public OrleansConfigurationException(string message, Exception innerException) : base(message, innerException)
        {
        }
    }
}

namespace Orleans.Storage
{
    using Orleans.Runtime;

    /// <summary>A grain asks for a storage nobody has added.</summary>
    [GenerateSerializer]
    public sealed class BadProviderConfigException : OrleansException
    {
        /// <summary>With words.</summary>
        public BadProviderConfigException(string msg) : base(msg)
        {
        }
    }
}
