using Npgsql;

namespace OrleansGov.Records;

/// <summary>Advancing the streams of a batch: afterwards their rows are locked and each <see cref="StreamAdvance.Applied"/> is right.</summary>
internal static class PostgresStreams
{
    public static void Advance(NpgsqlConnection connection, IReadOnlyList<StreamAdvance> streams)
    {
        foreach (var stream in streams) stream.Applied = 0;

        // Nearly always the stream is known and everything is new.
        var left = Without(streams, Read(connection, """
            UPDATE streams AS s SET last_seq = i.last
            FROM unnest($1, $2, $3) AS i (stream, first, last)
            WHERE s.stream = i.stream AND s.last_seq < i.first
            RETURNING s.stream
            """, streams, withFirst: true));

        // A resident's first words.
        left = Without(left, Read(connection, """
            INSERT INTO streams (stream, last_seq) SELECT * FROM unnest($1, $2)
            ON CONFLICT DO NOTHING RETURNING stream
            """, left));

        // Facts that come again: some or all of them have been applied.
        var known = Read(connection, "SELECT stream, last_seq FROM streams WHERE stream = ANY ($1) ORDER BY stream FOR UPDATE", left, withLast: false);
        foreach (var stream in left)
            stream.Applied = known.TryGetValue(stream.Stream, out var applied) ? applied : throw new InvalidOperationException("A stream of facts vanished while it was advanced.");
        Read(connection, """
            UPDATE streams AS s SET last_seq = i.last FROM unnest($1, $2) AS i (stream, last) WHERE s.stream = i.stream
            """, [.. left.Where(s => s.Applied < s.Last)]);
    }

    private static List<StreamAdvance> Without(IReadOnlyList<StreamAdvance> streams, Dictionary<string, long> done) =>
        done.Count == streams.Count ? [] : [.. streams.Where(s => !done.ContainsKey(s.Stream))];

    private static Dictionary<string, long> Read(NpgsqlConnection connection, string sql, IReadOnlyList<StreamAdvance> streams, bool withFirst = false, bool withLast = true)
    {
        var found = new Dictionary<string, long>(streams.Count, StringComparer.Ordinal);
        if (streams.Count == 0) return found;
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(PostgresColumns.Of(streams, s => s.Stream));
        if (withFirst) command.Parameters.Add(PostgresColumns.Of(streams, s => s.First));
        if (withLast) command.Parameters.Add(PostgresColumns.Of(streams, s => s.Last));
        using var rows = command.ExecuteReader();
        while (rows.Read()) found[rows.GetString(0)] = rows.FieldCount > 1 ? rows.GetInt64(1) : 0;
        return found;
    }
}
