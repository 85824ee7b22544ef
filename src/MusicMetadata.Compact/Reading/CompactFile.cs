using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Reading;

/// <summary>What a compact catalog says of itself, read once for all readers.</summary>
/// <param name="Identity">Hash of all records.</param>
/// <param name="Counts">How many tracks, artists and albums it has.</param>
/// <param name="Buckets">How the tables of hashes are divided, by name.</param>
/// <param name="Dictionary">The dictionary of zstd.</param>
/// <param name="Codes">Texts that records name by number.</param>
internal sealed record CompactFile(
    CatalogIdentity Identity, CompactCounts Counts, IReadOnlyDictionary<string, HashBuckets> Buckets, byte[] Dictionary, Codes Codes)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="OperatorException">It was made by another version of the program.</exception>
    /// <exception cref="CatalogException">It cannot be read or is damaged.</exception>
    public static CompactFile Read(Connection connection)
    {
        var version = Meta(connection, "version");
        if (version != CompactFormat.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new OperatorException(
                $"{connection.Path} is a compact catalog of version {version}; this program reads version {CompactFormat.Version}. "
                    + "Build it anew with metadata-api compact.");
        }

        try
        {
            var buckets = new[] { CompactFormat.TrackIds, CompactFormat.ArtistIds, CompactFormat.AlbumIds, CompactFormat.Isrcs }
                .ToDictionary(table => table.Name, table => HashBuckets.Parse(Meta(connection, table.Name)));
            return new CompactFile(
                new CatalogIdentity(Meta(connection, "identity")),
                new CompactCounts(Count(connection, "tracks"), Count(connection, "artists"), Count(connection, "albums")),
                buckets,
                Blob(connection, CompactFormat.Dictionary),
                Codes.Read(Blob(connection, CompactFormat.Codes)));
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new OperatorException($"{connection.Path} is damaged: {e.Message}. Put a good copy in its place, or build it anew.");
        }
    }

    /// <summary>A value of <c>meta</c>.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static string Meta(Connection connection, string name) =>
        connection.QueryText($"SELECT value FROM meta WHERE name = '{name}'")
            ?? throw new InvalidDataException($"meta says nothing "
            + $"of {name}");

    private static long Count(Connection connection, string name) => long.Parse(Meta(connection, name), CultureInfo.InvariantCulture);

    private static byte[] Blob(Connection connection, Table table)
    {
        byte[] content = [];
        _ = new BlobTable(connection, table).Find(0, 0, (key, blob, _) => content = Checksum.Verify(table, key, blob).ToArray());
        return content;
    }
}

/// <summary>How many of each a compact catalog has.</summary>
internal readonly record struct CompactCounts(long Tracks, long Artists, long Albums);
