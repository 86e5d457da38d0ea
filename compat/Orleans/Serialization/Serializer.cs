using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Serialization
{
    /// <summary>Turns values into bytes and back; the bytes are compat's own and live no longer than the process.</summary>
    public sealed class Serializer
    {
        private readonly IServiceProvider services;

        /// <summary>Made by the service container.</summary>
        public Serializer(IServiceProvider services) => this.services = services;

        /// <summary>Whether values of exactly this type may travel.</summary>
        public bool CanSerialize(Type type)
        {
            try
            {
                _ = Exact.Of(Nullable.GetUnderlyingType(type) ?? type);
                return true;
            }
            catch (CodecNotFoundException)
            {
                return false;
            }
        }

        /// <summary>Whether values of exactly this type may travel.</summary>
        public bool CanSerialize<T>() => CanSerialize(typeof(T));

        /// <summary>The value as bytes.</summary>
        /// <exception cref="CodecNotFoundException">A part of the value has a type that may not travel.</exception>
        public byte[] SerializeToArray<T>(T value)
        {
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            Codec<T>.Instance.Write(writer, value);
            writer.Flush();
            return bytes.ToArray();
        }

        /// <summary>The value from bytes of <see cref="SerializeToArray{T}"/> with the same <typeparamref name="T"/>.</summary>
        public T Deserialize<T>(byte[] source)
        {
            using var reader = new WireReader(new MemoryStream(source), services.GetService<Runtime.GrainRuntime>());
            return Codec<T>.Instance.Read(reader);
        }

        /// <inheritdoc cref="Deserialize{T}(byte[])"/>
        public T Deserialize<T>(ReadOnlyMemory<byte> source) => Deserialize<T>(source.ToArray());
    }

    /// <summary>Copies values the way grain calls do.</summary>
    public sealed class DeepCopier
    {
        /// <summary>A value that shares nothing changeable with the original.</summary>
        /// <exception cref="CodecNotFoundException">A part of the value has a type that may not travel.</exception>
        public T Copy<T>(T value) => Codec<T>.Instance.Copy(value);
    }

    /// <summary>Something went wrong while a value travelled.</summary>
    [GenerateSerializer]
    public class SerializerException : Exception
    {
        /// <summary>Without words.</summary>
        public SerializerException()
        {
        }

        /// <summary>With words.</summary>
        public SerializerException(string message) : base(message)
        {
        }

        /// <summary>With words and cause.</summary>
        public SerializerException(string message, Exception innerException) : base(message, innerException)
        {
        }
    }

    /// <summary>A type is not allowed to travel; the message names it and says what to do.</summary>
    [GenerateSerializer]
    public sealed class CodecNotFoundException : SerializerException
    {
        /// <summary>With words.</summary>
        public CodecNotFoundException(string message) : base(message)
        {
        }
    }

    /// <summary>The configuration of the serializer; there is nothing to configure in compat.</summary>
    public interface ISerializerBuilder
    {
        /// <summary>The services.</summary>
        IServiceCollection Services { get; }
    }

    /// <summary>Adds the serializer.</summary>
    public static class ServiceCollectionExtensions
    {
        /// <summary>Adds <see cref="Serializer"/> and <see cref="DeepCopier"/>.</summary>
        public static IServiceCollection AddSerializer(this IServiceCollection services, Action<ISerializerBuilder>? configure = null)
        {
            services.TryAddSingleton<Serializer>();
            services.TryAddSingleton<DeepCopier>();
            configure?.Invoke(new Builder(services));
            return services;
        }

        private sealed record Builder(IServiceCollection Services) : ISerializerBuilder;
    }
}
