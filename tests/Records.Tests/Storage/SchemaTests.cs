using System.Data.Common;
using Microsoft.EntityFrameworkCore.Metadata;

namespace OrleansGov.Records.Tests.Storage;

public sealed class SchemaInSqlite() : SchemaTests(Provider.Sqlite)
{
    protected override string Tables => "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    protected override string Views => "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name";
    protected override string Columns(string table) => $"SELECT name, type, \"notnull\" = 0 FROM pragma_table_info('{table}') ORDER BY name";
    protected override string Keys(string table) => $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk";
}

public sealed class SchemaInPostgres() : SchemaTests(Provider.Postgres)
{
    protected override string Tables => "SELECT table_name::text COLLATE \"C\" FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1";
    protected override string Views => "SELECT table_name FROM information_schema.views WHERE table_schema = 'public' ORDER BY 1";
    protected override string Columns(string table) =>
        $"SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns WHERE table_name = '{table}' ORDER BY 1";
    protected override string Keys(string table) => $"""
        SELECT k.column_name FROM information_schema.key_column_usage AS k JOIN information_schema.table_constraints AS c USING (constraint_name)
        WHERE k.table_name = '{table}' AND c.constraint_type = 'PRIMARY KEY' ORDER BY k.ordinal_position
        """;

    [Fact]
    public async Task Keys_CompareByTheirBytes() => Assert.Empty(await Records.Rows("""
        SELECT c.table_name || '.' || c.column_name FROM information_schema.columns AS c JOIN information_schema.key_column_usage AS k USING (table_name, column_name)
        WHERE c.table_schema = 'public' AND c.table_name <> 'schema_version' AND c.data_type = 'text' AND c.collation_name IS DISTINCT FROM 'C'
        """, r => r.GetString(0)));
}

/// <summary>The scripts and the model that queries are written against say the same.</summary>
public abstract class SchemaTests(Provider provider) : RecordsTests(provider)
{
    protected abstract string Tables { get; }
    protected abstract string Views { get; }
    protected abstract string Columns(string table);
    protected abstract string Keys(string table);

    [Fact]
    public async Task Model_HasTheTablesAndColumnsOfTheScripts()
    {
        await using var read = Records.Store.Read();
        var model = read.Model.GetRelationalModel();

        Assert.Equal((await Names(Tables)).Except(["schema_version"]), model.Tables.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(await Names(Views), model.Views.Select(v => v.Name).Order(StringComparer.Ordinal));
        foreach (var table in model.Tables)
            Assert.Equal((await Described(table.Name)).Order(), table.Columns.Select(c => (c.Name, Type: c.StoreType, c.IsNullable)).Order());
        foreach (var view in model.Views) // no database knows which columns of a view may be null
            Assert.Equal((await Described(view.Name)).Select(c => (c.Name, c.Type)).Order(), view.Columns.Select(c => (c.Name, c.StoreType)).Order());
    }

    [Fact]
    public async Task Model_HasThePrimaryKeysOfTheScripts()
    {
        await using var read = Records.Store.Read();
        foreach (var table in read.Model.GetRelationalModel().Tables)
            Assert.Equal(await Names(Keys(table.Name)), table.PrimaryKey?.Columns.Select(c => c.Name) ?? []);
    }

    [Fact]
    public async Task Open_Again_RunsNoScriptTwice()
    {
        var before = await Versions();
        await Records.ReopenAsync();
        Assert.Equal(before, await Versions());
    }

    private Task<List<string>> Names(string sql) => Records.Rows(sql, r => r.GetString(0));

    private Task<List<(string Name, string Type, bool IsNullable)>> Described(string table) =>
        Records.Rows(Columns(table), r => (r.GetString(0), r.GetString(1), Convert.ToBoolean(r.GetValue(2), System.Globalization.CultureInfo.InvariantCulture)));

    private Task<List<long>> Versions() => Records.Rows("SELECT version FROM schema_version", r => r.GetInt64(0));
}
