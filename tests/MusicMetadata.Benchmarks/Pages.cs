using System.Buffers;
using System.Text.Json;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Benchmarks;

/// <summary>
/// How many distinct database pages a lookup touches: the cache misses of a reader that starts with an empty cache and no memory map. On slow
/// and cold storage this is what a lookup costs.
/// </summary>
internal static class Pages
{
    /// <summary>SQLITE_DBSTATUS_CACHE_MISS of https://sqlite.org/c3ref/c_dbstatus_options.html.</summary>
    private const int CacheMiss = 8;

    private const int Lookups = 300;

    /// <summary>Prints the mean for each kind of lookup, and for each step of a track lookup.</summary>
    public static int Print(string database)
    {
        var samples = Samples.Read(database, Lookups);
        var files = CatalogFiles.Find(database);
        foreach (var (entity, ids) in new[] { (Entity.Track, samples.Tracks), (Entity.Album, samples.Albums), (Entity.Artist, samples.Artists) })
        {
            double find = 0, main = 0, trackFiles = 0;
            foreach (var id in ids)
            {
                using var mainConnection = Connection.OpenImmutable(files.Main, 64 << 20, 0);
                using var filesConnection = Connection.OpenImmutable(files.TrackFiles!, 64 << 20, 0);
                var reader = new SqliteReader(null!, mainConnection, filesConnection);

                // What preparing the statements has read of the schema is no cost of a lookup.
                _ = mainConnection.Status(CacheMiss, reset: true);
                _ = filesConnection.Status(CacheMiss, reset: true);
                _ = reader.TryFind(entity, id, out var rowid);
                find += mainConnection.Status(CacheMiss, reset: true);
                using var json = new Utf8JsonWriter(new ArrayBufferWriter<byte>(), CatalogJson.WriterOptions);
                _ = ((ICatalogReader)reader).Write(entity, json, rowid);
                main += mainConnection.Status(CacheMiss, reset: true);
                trackFiles += filesConnection.Status(CacheMiss, reset: true);
            }

            Console.WriteLine($"{entity,-7} id to rowid {find / Lookups:F1}, rows {main / Lookups:F1}, track file {trackFiles / Lookups:F1}: {(find + main + trackFiles) / Lookups:F1} pages");
        }

        return 0;
    }
}
