using OrleansGov.Silo.Cluster;

namespace OrleansGov.Silo.Tests.Cluster;

/// <summary>migrate, and nodes on databases that are not theirs.</summary>
public sealed class ClusterSchemaTests
{
    [Fact]
    public async Task Migrate_Twice_DoesItOnceAndSaysSo()
    {
        await using var cluster = await TemporaryCluster.EmptyAsync();

        var first = await cluster.MigrateAsync();
        var second = await cluster.MigrateAsync();

        Assert.Equal(ClusterSchema.Latest, first.Count(line => line.EndsWith(".sql", StringComparison.Ordinal)));
        Assert.All(second, line => Assert.EndsWith("(already)", line, StringComparison.Ordinal));
        await cluster.OpenAsync();
    }

    [Fact]
    public async Task Migrate_ByManyAtOnce_IsDoneOnce()
    {
        await using var cluster = await TemporaryCluster.EmptyAsync();

        var said = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => cluster.MigrateAsync()));

        Assert.Equal(ClusterSchema.Latest, said.SelectMany(s => s).Count(line => line.EndsWith(".sql", StringComparison.Ordinal)));
        await cluster.OpenAsync();
    }

    [Fact]
    public async Task Migrate_ThatFailsHalfway_GoesOnWhereItWas()
    {
        await using var cluster = await TemporaryCluster.EmptyAsync();
        (int, string, string)[] scripts = [(1, "one", "CREATE TABLE one ()"), (2, "two", "CREATE TABLE two (); SELECT 1/0")];

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ClusterSchema.MigrateAsync(cluster.Settings.ConnectionString, _ => { }, scripts));
        Assert.Equal(1, await cluster.RunAsync("SELECT version FROM office_schema"));
        Assert.Equal(true, await cluster.RunAsync("SELECT to_regclass('two') IS NULL"));

        var said = new List<string>();
        await ClusterSchema.MigrateAsync(cluster.Settings.ConnectionString, said.Add, [scripts[0], (2, "two", "CREATE TABLE two ()")]);
        Assert.Equal(2, await cluster.RunAsync("SELECT version FROM office_schema"));
        Assert.DoesNotContain(said, line => line.EndsWith("one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Migrate_OfALaterVersionsDatabase_ChangesNothing()
    {
        await using var cluster = await TemporaryCluster.CreateAsync();
        await cluster.RunAsync("UPDATE office_schema SET version = 99");

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(cluster.MigrateAsync);

        Assert.Equal(StoreProblem.UnknownVersion, refused.Problem);
        Assert.Equal(99, await cluster.RunAsync("SELECT version FROM office_schema"));
    }

    [Theory]
    [InlineData("UPDATE office_schema SET version = version - 1", StoreProblem.NotMigrated)]
    [InlineData("DROP TABLE office_schema", StoreProblem.NotMigrated)]
    [InlineData("UPDATE office_schema SET version = 99", StoreProblem.UnknownVersion)]
    public async Task Node_OnADatabaseOfAnotherVersion_IsRefused(string how, StoreProblem problem)
    {
        await using var cluster = await TemporaryCluster.CreateAsync();
        await cluster.RunAsync(how);

        Assert.Equal(problem, (await Assert.ThrowsAsync<StoreUnavailableException>(cluster.OpenAsync)).Problem);
    }

    [Fact]
    public async Task Node_WithoutADatabase_SaysWhereItLooked()
    {
        var settings = new ClusterSettings { ConnectionString = "Host=127.0.0.1;Port=1;Username=office;Password=s3cret;Database=office" };

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ClusterDatabase.OpenAsync(settings));

        Assert.Equal(StoreProblem.Unreachable, refused.Problem);
        Assert.Contains("127.0.0.1:1/office", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_ThatStoresElsewhereThanTheFirst_IsRefused()
    {
        await using var cluster = await TemporaryCluster.CreateAsync();
        await cluster.OpenAsync();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ClusterDatabase.OpenAsync(cluster.Settings with { HotStorage = StateStorage.AdoNet }));

        Assert.Equal(StoreProblem.Settings, refused.Problem);
        Assert.Contains("Cluster__HotStorage", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_WithAnotherPseudonymKey_IsRefused()
    {
        await using var cluster = await TemporaryCluster.CreateAsync();
        var node = await cluster.OpenAsync();
        var key = PseudonymKey.Parse(new string('a', 64));
        await ClusterKey.CheckAsync(node, key);
        await ClusterKey.CheckAsync(node, key);

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ClusterKey.CheckAsync(node, PseudonymKey.Parse(new string('b', 64))));

        Assert.Equal(StoreProblem.Key, refused.Problem);
    }
}
