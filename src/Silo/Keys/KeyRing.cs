using System.Security.Cryptography;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Keys;

/// <summary>
/// data/keys: the pseudonym key, made at the first start unless it is configured (<c>Privacy__PseudonymKey</c>). The store remembers a
/// fingerprint of the key its residents were named with: with another key every resident would come back as a stranger, so that is refused.
/// </summary>
public static class KeyRing
{
    private const string Residents = "SELECT EXISTS(SELECT 1 FROM grain_state WHERE grain_id LIKE '%/r:%')";

    /// <summary>The key of this store.</summary>
    /// <param name="configured">Hexadecimal or base64; null or empty = the key file.</param>
    /// <exception cref="StoreUnavailableException">The key is missing, malformed, too short, or not the one that the residents were named with.</exception>
    public static async Task<PseudonymKey> OpenAsync(EmbeddedStore store, string? configured = null)
    {
        var path = Path.Combine(store.DataDirectory, "keys", "pseudonym.key");
        var (known, hasResidents) = await store.ReadAsync(database => (Fingerprint(database), database.Number(Residents) == 1)).ConfigureAwait(false);
        var key = Find(path, configured, hasResidents);
        var fingerprint = FingerprintOf(key);
        if (known == fingerprint) return key;
        if (known is not null && hasResidents)
        {
            throw new StoreUnavailableException(StoreProblem.Key, path,
                $"仮名化の鍵が {store.Path} を作ったときの鍵と違います。元の鍵（{path} または Privacy__PseudonymKey）に戻してください。別の鍵では、すべての利用者が別人になります。",
                $"The pseudonym key is not the one that {store.Path} was made with. Put the original back ({path} or Privacy__PseudonymKey): with another key every resident becomes a stranger.");
        }

        await store.WriteAsync(database => database
            .Prepare("INSERT INTO store_info(name, value) VALUES('pseudonym-key', ?1) ON CONFLICT(name) DO UPDATE SET value = excluded.value")
            .Bind(1, fingerprint)
            .Run()).ConfigureAwait(false);
        return key;
    }

    /// <summary>Tells keys apart without giving one away.</summary>
    internal static string FingerprintOf(PseudonymKey key) => Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, "OrleansGov pseudonym key"u8).AsSpan(0, 8));

    private static PseudonymKey Find(string path, string? configured, bool hasResidents)
    {
        try
        {
            if (!string.IsNullOrWhiteSpace(configured)) return PseudonymKey.Parse(configured);
            if (File.Exists(path)) return PseudonymKey.Parse(File.ReadAllText(path));
        }
        catch (FormatException e)
        {
            throw new StoreUnavailableException(StoreProblem.Key, path,
                $"仮名化の鍵（Privacy__PseudonymKey または {path}）が正しくありません。32 バイト以上を 16 進数か base64 で指定してください。",
                $"The pseudonym key (Privacy__PseudonymKey or {path}) is not usable: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreChecks.Unusable(path, e);
        }

        if (!hasResidents) return Make(path);
        throw new StoreUnavailableException(StoreProblem.Key, path,
            $"利用者のデータがあるのに、仮名化の鍵 {path} がありません。バックアップから鍵を戻すか、Privacy__PseudonymKey に元の鍵を指定してください。新しい鍵では、すべての利用者が別人になります。",
            $"There are residents in the store but the pseudonym key {path} is missing. Restore it from the back-up or set Privacy__PseudonymKey to it. With a new key every resident becomes a stranger.");
    }

    // Written beside and moved in place, so that a crash never leaves half a key behind.
    private static PseudonymKey Make(string path)
    {
        var bytes = RandomNumberGenerator.GetBytes(PseudonymKey.LeastBytes);
        var draft = path + ".new";
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(draft, options))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes) + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreChecks.Unusable(path, e);
        }

        return new PseudonymKey(bytes);
    }

    private static string? Fingerprint(StoreDatabase database)
    {
        var select = database.Prepare("SELECT value FROM store_info WHERE name = 'pseudonym-key'");
        var value = select.Step() ? select.Text(0) : null;
        select.Reset();
        return value;
    }
}
