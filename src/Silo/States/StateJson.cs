using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OrleansGov.Silo.States;

/// <summary>
/// How a state looks on disk: JSON that a person can read and that outlives class names. Unions carry the words of their JsonDerivedType attributes, never CLR
/// names; unknown members are skipped and missing ones keep the default of the record, so older and newer shapes both load.
/// </summary>
/// <remarks>
/// Only nulls are left out. Leaving out other defaults would turn a stored <c>false</c> into <c>true</c> on the day a record's default changes.
/// Computed (get-only) properties are not stored.
/// </remarks>
public static class StateJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static byte[] Write<T>(T state) => JsonSerializer.SerializeToUtf8Bytes(state, Of<T>.Info);

    /// <exception cref="JsonException">The bytes are no such state.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, Of<T>.Info) ?? throw new JsonException($"The stored {typeof(T).Name} is the JSON null.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            AllowOutOfOrderMetadataProperties = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never shown in a page; 粗大ごみ stays readable and short
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new WordSetConverter() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }

    // The booked places of a day, written anew with each booking: the serializer's own way through a sorted set takes ten times as long.
    private sealed class WordSetConverter : JsonConverter<ImmutableSortedSet<string>>
    {
        public override ImmutableSortedSet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A list of words is expected.");
            var words = ImmutableSortedSet.CreateBuilder<string>();
            while (reader.Read() && reader.TokenType == JsonTokenType.String) words.Add(reader.GetString()!);
            return reader.TokenType == JsonTokenType.EndArray ? words.ToImmutable() : throw new JsonException("A list of words holds something else.");
        }

        public override void Write(Utf8JsonWriter writer, ImmutableSortedSet<string> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var word in value) writer.WriteStringValue(word);
            writer.WriteEndArray();
        }
    }

    private static class Of<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }
}
