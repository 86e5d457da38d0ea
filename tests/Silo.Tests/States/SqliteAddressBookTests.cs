namespace OrleansGov.Silo.Tests.States;

public sealed class SqliteAddressBookTests : IAsyncLifetime
{
    private readonly TemporaryData _data = new();
    private EmbeddedStore _store = null!;
    private SqliteGrainStorage _storage = null!;
    private SqliteAddressBook _book = null!;

    public ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(_data.Directory);
        _storage = new SqliteGrainStorage(_store);
        _book = new SqliteAddressBook(_store);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task AddressesOf_GivesThoseWhoHaveOne()
    {
        await WriteAsync("a", "Ua");
        await WriteAsync("b", "Ub");
        await WriteAsync("silent", null);

        var found = await _book.AddressesOf(["ledger/a", "ledger/silent", "ledger/unknown", "ledger/b"]);

        Assert.Equal(new Dictionary<string, string> { ["ledger/a"] = "Ua", ["ledger/b"] = "Ub" }, found);
    }

    [Fact]
    public async Task AddressesOf_AfterAnotherWrite_GivesWhatWasWrittenLast()
    {
        var state = await WriteAsync("a", "U1");
        state.State = state.State! with { Home = "U2" };
        await _storage.WriteStateAsync("ledger", Grain("a"), state);
        Assert.Equal("U2", (await _book.AddressesOf(["ledger/a"]))["ledger/a"]);

        state.State = state.State with { Home = null };
        await _storage.WriteStateAsync("ledger", Grain("a"), state);
        Assert.Empty(await _book.AddressesOf(["ledger/a"]));
    }

    [Fact]
    public async Task AddressesOf_AfterTheStateWasCleared_GivesNothing()
    {
        var state = await WriteAsync("a", "Ua");

        await _storage.ClearStateAsync("ledger", Grain("a"), state);

        Assert.Empty(await _book.AddressesOf(["ledger/a"]));
    }

    [Fact]
    public async Task AddressesOf_OfMoreThanAMulticastHolds_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _book.AddressesOf([.. Enumerable.Range(0, IAddressBook.MostAtOnce + 1).Select(i => $"ledger/{i}")]));

    private static GrainId Grain(string key) => GrainId.Create("ledger", key);

    private async Task<GrainState<Ledger>> WriteAsync(string key, string? home)
    {
        var state = new GrainState<Ledger>(new Ledger { Home = home });
        await _storage.WriteStateAsync("ledger", Grain(key), state);
        return state;
    }
}
