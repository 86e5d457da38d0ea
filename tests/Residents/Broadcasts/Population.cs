using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace OrleansGov.Residents.Broadcasts;

/// <summary>
/// Residents by the hundred thousand who follow a channel and say nothing, written into the files of an office that does not run and has run before: where a follow
/// would have left them. A million follows by webhook would take an hour, and a broadcast asks only for what stands here.
/// </summary>
public static class Population
{
    private const int RowsAtOnce = 50_000;

    /// <summary>The LINE user id of the n-th resident, from 0.</summary>
    public static string UserId(int n) => string.Create(CultureInfo.InvariantCulture, $"U{n:x32}");

    /// <param name="data">Data directory of the office.</param>
    /// <param name="bytesEach">Of a resident's state: about what a resident's has who has booked something.</param>
    public static void Write(string data, string town, string channel, int many, int bytesEach = 900)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var padding = new string('x', bytesEach);
        Insert(Path.Combine(data, "grains.db"), many,
            "INSERT INTO grain_state(grain_id, state_name, version, body, next_due, changed_at, address) VALUES($a, 'resident', 1, $b, NULL, $at, $c)", at, n =>
                ($"resident/r:{channel}/{Pseudonym(n)}", Encoding.UTF8.GetBytes($$"""{"lineUserId":"{{UserId(n)}}","padding":"{{padding}}"}"""), UserId(n)));
        Insert(Path.Combine(data, "records.db"), many,
            "INSERT INTO conversations(id, town, channel, opened_at, last_at, reachable_since) VALUES($a, $b, $c, $at, $at, $at)", at, n => (Pseudonym(n), town, channel));
    }

    // Like the product's in length and in being scattered, and made without its key.
    private static string Pseudonym(int n) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(n)).AsSpan(0, 16));

    private static void Insert(string file, int many, string sql, long at, Func<int, (string A, object B, string C)> row)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var insert = connection.CreateCommand();
        insert.CommandText = sql;
        var (a, b, c) = (insert.Parameters.Add("$a", SqliteType.Text), insert.CreateParameter(), insert.Parameters.Add("$c", SqliteType.Text));
        b.ParameterName = "$b";
        insert.Parameters.Add(b);
        insert.Parameters.AddWithValue("$at", at);
        for (var from = 0; from < many; from += RowsAtOnce)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var n = from; n < Math.Min(many, from + RowsAtOnce); n++)
            {
                (a.Value, b.Value, c.Value) = row(n);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }
}
