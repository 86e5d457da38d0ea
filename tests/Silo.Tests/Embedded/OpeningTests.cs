using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using OrleansGov.Shared;

namespace OrleansGov.Silo.Tests.Embedded;

public sealed class OpeningTests : IDisposable
{
    private readonly TemporaryData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Open_OfNothing_MakesDirectoryAndDatabase()
    {
        await using var store = EmbeddedStore.Open(Path.Combine(_data.Directory, "deep", "er"));

        Assert.True(File.Exists(store.Path));
        Assert.True(store.Health.IsHealthy);
    }

    [Fact]
    public async Task Open_AfterACleanStop_FindsNoLog()
    {
        await FillAsync();

        Assert.False(File.Exists(_data.Database + "-wal"));
        await using var again = EmbeddedStore.Open(_data.Directory);
    }

    [Fact]
    public async Task Open_OfGarbageInTheHeader_RefusesAndTouchesNothing()
    {
        await FillAsync();
        Overwrite(0, [.. "not a database at all"u8]);

        Refuses(StoreProblem.Damaged);
    }

    [Fact]
    public async Task Open_OfAFileCutInTheMiddle_RefusesAndTouchesNothing()
    {
        await FillAsync();
        using (var file = File.OpenWrite(_data.Database)) file.SetLength(file.Length / 2);

        Refuses(StoreProblem.Damaged);
    }

    [Fact]
    public void Open_OfAnEmptyFile_RefusesAndTouchesNothing()
    {
        Directory.CreateDirectory(_data.Directory);
        File.WriteAllBytes(_data.Database, []);

        Refuses(StoreProblem.Damaged);
    }

    [Fact]
    public async Task Open_AfterAnUncleanStopOfAFileBrokenInside_RefusesAndTouchesNothing()
    {
        await FillAsync();
        await LeaveALogAsync();
        Overwrite(4096 * 6 + 8, [.. Enumerable.Repeat((byte)0xee, 12_000)]);

        Refuses(StoreProblem.Damaged);
    }

    [Fact]
    public async Task Open_OfALogWithoutItsDatabase_RefusesAndTouchesNothing()
    {
        await FillAsync();
        await LeaveALogAsync();
        File.Move(_data.Database, _data.Database + ".away");

        Refuses(StoreProblem.Damaged);

        Assert.False(File.Exists(_data.Database));
    }

    [Fact]
    public async Task Open_OfALaterFormat_RefusesAndTouchesNothing()
    {
        await FillAsync();
        Sql("PRAGMA user_version = 99");

        Refuses(StoreProblem.UnknownVersion);
    }

    [Fact]
    public void Open_OfAnotherProgramsDatabase_RefusesAndTouchesNothing()
    {
        Directory.CreateDirectory(_data.Directory);
        Sql("CREATE TABLE t(x)");

        Refuses(StoreProblem.UnknownVersion);
    }

    [Fact]
    public async Task Open_WhileAnotherProcessHasIt_SaysSo()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var other = Child.Drill("open", _data.Directory);
        Assert.Equal("open", await other.StandardOutput.ReadLineAsync(cancellation));

        var refused = Refuses(StoreProblem.Locked);

        Assert.Contains($"process {other.Id}", refused.Message, StringComparison.Ordinal);
        other.StandardInput.Close();
        await other.WaitForExitAsync(cancellation);
        await using var now = EmbeddedStore.Open(_data.Directory);
    }

    [Fact]
    public async Task Open_WhileAnotherProgramHasTheFileLocked_SaysSo()
    {
        await FillAsync();
        using var holder = new SqliteConnection($"Data Source={_data.Database};Pooling=False");
        holder.Open();
        using var hold = holder.CreateCommand();
        hold.CommandText = "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE store_info SET value = 'x'";
        hold.ExecuteNonQuery();

        var refused = Assert.Throws<StoreUnavailableException>(() => EmbeddedStore.Open(_data.Directory));

        Assert.Equal(StoreProblem.Locked, refused.Problem);
    }

    [Fact]
    public void Open_BelowAFile_SaysThatItCannotBeWritten()
    {
        Directory.CreateDirectory(_data.Directory);
        var file = Path.Combine(_data.Directory, "file");
        File.WriteAllText(file, "");

        var refused = Assert.Throws<StoreUnavailableException>(() => EmbeddedStore.Open(Path.Combine(file, "data")));

        Assert.Equal(StoreProblem.NotWritable, refused.Problem);
    }

    [Fact]
    public async Task Open_OfAReadOnlyDirectory_SaysSo()
    {
        await FillAsync();
        var (tool, off, on) = Environment.IsPrivilegedProcess ? ("chattr", "+i", "-i") : ("chmod", "a-w", "u+w"); // root writes wherever it likes
        var reason = Child.Run(tool, off, _data.Directory);
        Assert.SkipWhen(reason is not null, $"The directory cannot be made read-only here: {reason}");
        try
        {
            Refuses(StoreProblem.NotWritable);
        }
        finally
        {
            Child.Run(tool, on, _data.Directory);
        }
    }

    [Fact]
    public async Task Open_OnAReadOnlyDisk_SaysSoAndLosesNothing()
    {
        using var disk = SmallDisk.Mount(_data.Directory);
        Assert.SkipWhen(disk.Refused is not null, $"No small disk can be mounted here: {disk.Refused}");
        await FillAsync();
        Assert.Null(Child.Run("mount", "-o", "remount,ro", _data.Directory));

        Refuses(StoreProblem.NotWritable);
    }

    [Fact]
    public async Task Open_OnAFullDisk_SaysSoAndLosesNothing()
    {
        using var disk = SmallDisk.Mount(_data.Directory);
        Assert.SkipWhen(disk.Refused is not null, $"No small disk can be mounted here: {disk.Refused}");
        await FillAsync();
        disk.Fill();

        Refuses(StoreProblem.DiskFull);

        disk.Free();
        await using var now = EmbeddedStore.Open(_data.Directory);
    }

    private async Task FillAsync()
    {
        await using var store = EmbeddedStore.Open(_data.Directory);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => WriteAsync(store, $"r:x/{i}")));
    }

    private static Task WriteAsync(EmbeddedStore store, string key) =>
        new SqliteGrainStorage(store).WriteStateAsync("notebook", GrainId.Create("notebook", key), new GrainState<Drill.Notebook>(Drill.Notebook.Of(1)));

    // A process that is killed leaves its log. Copied while the store is open, so that no process need die here.
    private async Task LeaveALogAsync()
    {
        var aside = _data.Database + ".log";
        await using (var store = EmbeddedStore.Open(_data.Directory))
        {
            await WriteAsync(store, "r:x/log");
            File.Copy(_data.Database + "-wal", aside);
        }

        File.Move(aside, _data.Database + "-wal");
    }

    private StoreUnavailableException Refuses(StoreProblem problem)
    {
        var before = Fingerprints();

        var refused = Assert.Throws<StoreUnavailableException>(() => EmbeddedStore.Open(_data.Directory));

        TestContext.Current.TestOutputHelper?.WriteLine(refused.Message);
        Assert.Equal(problem, refused.Problem);
        Assert.Contains(_data.Directory, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Fingerprints());
        return refused;
    }

    // An empty log is no log: looking at a database may make one.
    private Dictionary<string, string> Fingerprints() => new DirectoryInfo(_data.Directory).GetFiles("grains.db*")
        .Where(file => !file.Name.EndsWith("-shm", StringComparison.Ordinal) && !(file.Length == 0 && file.Name.EndsWith("-wal", StringComparison.Ordinal)))
        .ToDictionary(file => file.Name, file => Convert.ToHexString(SHA256.HashData(Read(file))));

    private static byte[] Read(FileInfo file)
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Overwrite(long at, byte[] bytes)
    {
        using var file = File.OpenWrite(_data.Database);
        file.Position = at;
        file.Write(bytes);
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_data.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
