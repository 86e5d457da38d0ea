using Microsoft.Data.Sqlite;

namespace OrleansGov.Records.Tests.Storage;

public sealed class OpeningTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("records-").FullName;

    private string File => Path.Combine(_directory, "records.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Open_WhenTheFileIsNoDatabase_SaysSoAndLeavesItAlone()
    {
        System.IO.File.WriteAllText(File, new string('x', 5000));
        AssertRefused(RecordsProblem.Damaged);
        Assert.Equal(new string('x', 5000), System.IO.File.ReadAllText(File));
    }

    [Fact]
    public async Task Open_WhenPagesAreBroken_SaysDamaged()
    {
        using (var store = RecordsStore.Open(_directory))
            for (var i = 1; i <= 200; i++) await store.AppendAsync([new Fact("r:main/p", i, DateTimeOffset.UnixEpoch, new FactBody.Said("t", "main", new string('あ', 300)))]);

        using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = 4096 * 3;
            file.Write(new byte[4096 * 40]);
        }

        AssertRefused(RecordsProblem.Damaged);
    }

    [Fact]
    public void Open_WhenTheFileIsOfALaterVersion_RefusesIt()
    {
        RecordsStore.Open(_directory).Dispose();
        Change("UPDATE schema_version SET version = 999");
        AssertRefused(RecordsProblem.UnknownVersion);
    }

    [Fact]
    public void Open_WhenTheFileIsAnotherPrograms_RefusesIt()
    {
        Change("CREATE TABLE theirs (x)");
        AssertRefused(RecordsProblem.UnknownVersion);
    }

    [Fact]
    public void Open_WhenAnotherProgramHoldsTheFile_SaysLocked()
    {
        RecordsStore.Open(_directory).Dispose();
        using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        AssertRefused(RecordsProblem.Locked);
    }

    [Fact]
    public void Open_WhenTheDirectoryCannotBeMade_SaysNotWritable()
    {
        System.IO.File.WriteAllText(Path.Combine(_directory, "a-file"), "");
        var refused = Assert.Throws<RecordsUnavailableException>(() => RecordsStore.Open(Path.Combine(_directory, "a-file", "data")));
        Assert.Equal(RecordsProblem.NotWritable, refused.Problem);
    }

    [Fact]
    public void Open_WhenTheDirectoryIsReadOnly_SaysNotWritable()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "permissions do not bind root or Windows folders");
        if (OperatingSystem.IsWindows()) return;
        System.IO.File.SetUnixFileMode(_directory, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AssertRefused(RecordsProblem.NotWritable);
        System.IO.File.SetUnixFileMode(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void AssertRefused(RecordsProblem problem)
    {
        var refused = Assert.Throws<RecordsUnavailableException>(() => RecordsStore.Open(_directory));
        Assert.Equal(problem, refused.Problem);
        Assert.Contains(File, refused.Message, StringComparison.Ordinal);
        Assert.Contains("。", refused.Message, StringComparison.Ordinal);
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
