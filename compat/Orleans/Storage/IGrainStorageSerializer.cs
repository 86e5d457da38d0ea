namespace Orleans.Storage;

/// <summary>How a state becomes bytes.</summary>
public interface IGrainStorageSerializer
{
    /// <summary>Writes a state.</summary>
    BinaryData Serialize<T>(T? input);

    /// <summary>Reads a state.</summary>
    T? Deserialize<T>(BinaryData input);
}

/// <summary>Options of a storage that lets its serializer be chosen.</summary>
public interface IStorageProviderSerializerOptions
{
    /// <summary>How states become bytes.</summary>
    IGrainStorageSerializer GrainStorageSerializer { get; set; }
}
