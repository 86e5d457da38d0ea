using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;

namespace OrleansGov.Records.Tests.Storage;

public sealed class SchemaTests : IDisposable
{
    private readonly TempRecords _records = new();

    public void Dispose() => _records.Dispose();

    [Fact]
    public void Model_HasTheTablesAndColumnsOfTheScripts()
    {
        using var read = _records.Store.Read();
        var model = read.Model.GetRelationalModel();

        Assert.Equal(Names("table").Except(["schema_version"]), model.Tables.Select(t => t.Name).Order());
        Assert.Equal(Names("view"), model.Views.Select(v => v.Name).Order());
        foreach (var table in model.Tables)
            Assert.Equal(Columns(table.Name), table.Columns.Select(c => (c.Name, c.StoreType, c.IsNullable)).Order());
        foreach (var view in model.Views) // SQLite does not know which columns of a view may be null
            Assert.Equal(Columns(view.Name).Select(c => (c.Name, c.Type)), view.Columns.Select(c => (c.Name, c.StoreType)).Order());
    }

    [Fact]
    public void Model_HasThePrimaryKeysOfTheScripts()
    {
        using var read = _records.Store.Read();
        foreach (var table in read.Model.GetRelationalModel().Tables)
            Assert.Equal(
                Rows($"SELECT name FROM pragma_table_info('{table.Name}') WHERE pk > 0 ORDER BY pk", r => r.GetString(0)),
                table.PrimaryKey!.Columns.Select(c => c.Name));
    }

    [Fact]
    public void Open_Again_RunsNoScriptTwice()
    {
        _records.Reopen();
        Assert.Equal([1L], Rows("SELECT version FROM schema_version", r => r.GetInt64(0)));
    }

    private List<string> Names(string type) => Rows($"SELECT name FROM sqlite_schema WHERE type = '{type}' ORDER BY name", r => r.GetString(0));

    private IEnumerable<(string Name, string Type, bool IsNullable)> Columns(string table) =>
        Rows($"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')", r => (r.GetString(0), r.GetString(1), r.GetInt64(2) == 0)).Order();

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> row)
    {
        using var connection = new SqliteConnection($"Data Source={_records.Store.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }
}
