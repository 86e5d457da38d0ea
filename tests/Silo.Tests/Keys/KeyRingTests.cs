using OrleansGov.Silo.Keys;

namespace OrleansGov.Silo.Tests.Keys;

public sealed class KeyRingTests : IAsyncLifetime
{
    private readonly TemporaryData _data = new();
    private EmbeddedStore _store = null!;

    private string KeyFile => Path.Combine(_data.Directory, "keys", "pseudonym.key");

    public ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(_data.Directory);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Open_AtTheFirstStart_MakesAKeyThatOnlyItsOwnerReads()
    {
        var first = await KeyRing.OpenAsync(_store);
        var again = await KeyRing.OpenAsync(_store);

        Assert.Equal(first.Bytes.ToArray(), again.Bytes.ToArray());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    public async Task Open_WithAConfiguredKey_UsesItAndMakesNoFile(string configured)
    {
        var key = await KeyRing.OpenAsync(_store, configured);

        Assert.Equal(Enumerable.Range(0, 32).Select(i => (byte)i), key.Bytes.ToArray());
        Assert.False(File.Exists(KeyFile));
    }

    [Theory]
    [InlineData("00010203")]
    [InlineData("c2hvcnQ=")]
    [InlineData("ひみつのかぎ")]
    public async Task Open_WithAShortOrMalformedKey_IsRefusedWithoutRepeatingIt(string configured)
    {
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => KeyRing.OpenAsync(_store, configured));

        Assert.Equal(StoreProblem.Key, refused.Problem);
        Assert.DoesNotContain(configured, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithResidentsButNoKey_IsRefused()
    {
        await KeyRing.OpenAsync(_store);
        await AddResidentAsync();
        File.Delete(KeyFile);

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => KeyRing.OpenAsync(_store));

        Assert.Equal((StoreProblem.Key, KeyFile), (refused.Problem, refused.Path));
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task Open_WithResidentsOfAnotherKey_IsRefused()
    {
        await KeyRing.OpenAsync(_store);
        await AddResidentAsync();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => KeyRing.OpenAsync(_store, new string('a', 64)));

        Assert.Equal(StoreProblem.Key, refused.Problem);
    }

    [Fact]
    public async Task Open_WithAnotherKeyBeforeTheFirstResident_TakesIt()
    {
        await KeyRing.OpenAsync(_store);

        var key = await KeyRing.OpenAsync(_store, new string('a', 64));

        Assert.Equal(0xaa, key.Bytes[0]);
    }

    private Task AddResidentAsync() => new SqliteGrainStorage(_store)
        .WriteStateAsync("resident", GrainId.Create("resident", "r:minato/abc"), new GrainState<Drill.Notebook>(Drill.Notebook.Of(1)));
}
