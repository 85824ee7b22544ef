using System.Text;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Benchmarks;

/// <summary>Ids and ISRCs of rows spread over a whole catalog, always the same ones.</summary>
internal sealed record Samples(string[] Tracks, string[] Artists, string[] Albums, string[] Isrcs)
{
    /// <summary>Reads <paramref name="count"/> of each kind.</summary>
    public static Samples Read(string database, int count)
    {
        using var connection = SqliteFile.OpenForServing(database, 1 << 20, 0);
        return new Samples(
            Column(connection, "tracks", "id", count),
            Column(connection, "artists", "id", count),
            Column(connection, "albums", "id", count),
            Column(connection, "tracks", "external_id_isrc", count));
    }

    private static string[] Column(Connection connection, string table, string column, int count)
    {
        var last = long.Parse(connection.QueryText($"SELECT max(rowid) FROM {table}")!, null);
        using var statement = connection.Prepare($"SELECT {column} FROM {table} WHERE rowid >= ?1 AND {column} <> '' LIMIT 1");
        var random = new Random(1);
        var values = new string[count];
        for (var i = 0; i < count; i++)
        {
            using var rows = statement.Query(random.NextInt64(last) * 9 / 10);
            values[i] = rows.Step() ? Encoding.UTF8.GetString(rows.Text(0)) : throw new InvalidOperationException("The catalog is empty.");
        }

        return values;
    }
}
