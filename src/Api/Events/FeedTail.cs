using System.Collections.Concurrent;
using OrleansGov.Records;

namespace OrleansGov.Api.Events;

/// <summary>
/// The newest part of each town's feed in memory: two hundred consoles that watch read the database once for each event, not two hundred times. Whoever
/// comes with an older number reads Records.
/// </summary>
public sealed class FeedTail(RecordsStore records) : IDisposable
{
    /// <summary>Events read at once.</summary>
    public const int Batch = 500;

    private readonly ConcurrentDictionary<string, TownTail> _towns = new(StringComparer.Ordinal);

    /// <summary>What a town's feed has after a number; see <see cref="FeedReading.ReadFeedAsync"/>.</summary>
    public Task<FeedPart> ReadAsync(string town, long after, CancellationToken cancel) => _towns.GetOrAdd(town, t => new(records, t)).ReadAsync(after, cancel);

    public void Dispose()
    {
        foreach (var town in _towns.Values) town.Dispose();
    }

    private sealed class TownTail(RecordsStore records, string town) : IDisposable
    {
        private const int Most = 2000;

        private readonly SemaphoreSlim _reading = new(1);
        private ImmutableList<FeedRow> _rows = [];
        private long? _from; // rows has everything after this number …
        private long _to; // … up to this one

        public async Task<FeedPart> ReadAsync(long after, CancellationToken cancel)
        {
            await _reading.WaitAsync(cancel);
            try
            {
                await using var read = records.Read();
                if (_from is null) _from = _to = await read.FeedHeadAsync(cancel);
                while (_to < records.Feed.Head)
                {
                    var part = await read.ReadFeedAsync(town, _to, Batch, cancel);
                    if (part.IsComplete) _rows = part.Items.Aggregate(_rows, Add);
                    else (_rows, _from) = ([], part.Last);
                    if (part.Last == _to) break;
                    _to = part.Last;
                }

                if (_rows.Count > Most)
                {
                    _from = _rows[_rows.Count - Most - 1].Seq;
                    _rows = _rows.RemoveRange(0, _rows.Count - Most);
                }

                if (after < _from || after > _to) return await read.ReadFeedAsync(town, after, Batch, cancel);
                ImmutableList<FeedRow> items = [.. _rows.SkipWhile(r => r.Seq <= after).Take(Batch)];
                return new(items, items.Count == Batch ? items[^1].Seq : _to, IsComplete: true);
            }
            finally
            {
                _reading.Release();
            }
        }

        public void Dispose() => _reading.Dispose();

        // What was erased is not told again, here as little as in Records.
        private static ImmutableList<FeedRow> Add(ImmutableList<FeedRow> rows, FeedRow row) =>
            (row.Type == FeedTypes.Erased ? rows.RemoveAll(r => r.Subject == row.Subject) : rows).Add(row);
    }
}
