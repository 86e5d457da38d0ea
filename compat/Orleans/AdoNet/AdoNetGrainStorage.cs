using System.Data;
using System.Globalization;
using System.Text;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.AdoNet;

/// <summary>States in the table OrleansStorage, in the same rows as Orleans keeps them, one statement a call.</summary>
internal sealed class AdoNetGrainStorage(AdoNetGrainStorageOptions options, string serviceId) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly StoredQueries queries = new(options.DataSource, nameof(AdoNetGrainStorage));
    private readonly IGrainStorageSerializer serializer = options.GrainStorageSerializer
        ?? throw new OrleansConfigurationException($"{nameof(AdoNetGrainStorage)}: compat has no serializer of its own; set {nameof(options.GrainStorageSerializer)}.");

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(AdoNetGrainStorage), ServiceLifecycleStage.ApplicationServices, queries.LoadAsync);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = await queries.Run("ReadFromStorageKey", row =>
        {
            var (payload, version) = (row.GetOrdinal("PayloadBinary"), row.GetOrdinal("Version"));
            return (Body: row.IsDBNull(payload) ? null : row.GetFieldValue<byte[]>(payload), Version: row.GetInt32(version));
        }, Key(stateName, grainId));
        var row = found.SingleOrDefault();
        grainState.State = row.Body is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(new BinaryData(row.Body));
        grainState.ETag = found.Count == 0 ? null : row.Version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = row.Body is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var version = await Change("WriteToStorageKey", stateName, grainId, grainState.ETag, ("PayloadBinary", DbType.Binary, serializer.Serialize(grainState.State).ToArray()));
        (grainState.ETag, grainState.RecordExists) = (version, true);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is null)
            await ReadStateAsync(stateName, grainId, grainState);
        if (grainState.ETag is null)
            return;
        var version = await Change(options.DeleteStateOnClear ? "DeleteStorageKey" : "ClearStorageKey", stateName, grainId, grainState.ETag);
        (grainState.ETag, grainState.RecordExists, grainState.State) = (options.DeleteStateOnClear ? null : version, false, Activator.CreateInstance<T>());
    }

    private async Task<string> Change(string query, string stateName, GrainId grainId, string? held, params (string, DbType, object?)[] more)
    {
        var version = held is null ? (object?)null : int.Parse(held, CultureInfo.InvariantCulture);
        var changed = await queries.Run(query, row => row.GetInt32(0), [.. Key(stateName, grainId), ("GrainStateVersion", DbType.Int32, version), .. more]);
        return changed.Count == 1
            ? changed[0].ToString(CultureInfo.InvariantCulture)
            : throw new InconsistentStateException($"State '{stateName}' of {grainId} is not at the version the writer holds.", null, held);
    }

    // A number or a GUID goes into two numbers, everything else into the text.
    private (string, DbType, object?)[] Key(string stateName, GrainId grainId)
    {
        long n0 = 0, n1 = 0;
        byte[] hashed;
        if (grainId.TryGetGuidKey(out var guid, out var text))
        {
            hashed = guid.ToByteArray();
            (n0, n1) = (BitConverter.ToInt64(hashed, 0), BitConverter.ToInt64(hashed, 8));
        }
        else if (grainId.TryGetIntegerKey(out n1, out text))
        {
            hashed = BitConverter.GetBytes(n1);
        }
        else
        {
            (hashed, text) = ([], grainId.Key.ToString());
        }

        return
        [
            ("GrainIdHash", DbType.Int32, Hash([.. hashed, .. Encoding.UTF8.GetBytes(text ?? "")], reverse: true)),
            ("GrainIdN0", DbType.Int64, n0),
            ("GrainIdN1", DbType.Int64, n1),
            ("GrainTypeHash", DbType.Int32, Hash(Encoding.UTF8.GetBytes(stateName), reverse: false)),
            ("GrainTypeString", DbType.String, stateName),
            ("GrainIdExtensionString", DbType.String, text),
            ("ServiceId", DbType.String, serviceId),
        ];
    }

    private static int Hash(byte[] bytes, bool reverse)
    {
        if (reverse && BitConverter.IsLittleEndian)
            Array.Reverse(bytes);
        return unchecked((int)StableHash.ComputeHash(bytes));
    }
}
