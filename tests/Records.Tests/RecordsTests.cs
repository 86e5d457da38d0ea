namespace OrleansGov.Records.Tests;

public enum Provider
{
    Sqlite,
    Postgres,
}

/// <summary>Rules that hold wherever the records are kept: each test has records of its own.</summary>
public abstract class RecordsTests(Provider provider) : IAsyncLifetime
{
    protected TempRecords Records { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Records = await TempRecords.CreateAsync(provider);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Records is not null) await Records.DisposeAsync();
    }
}
