using System.Text.Json;

namespace MusicMetadata.Catalog;

/// <summary>
/// One reader of a store, lent to one request. Looking up is two steps: finding rowids (the store's own handles of tracks, albums and
/// artists) for what a client named, and writing what stands there as JSON.
/// </summary>
/// <remarks>
/// Every method may throw a <see cref="CatalogException"/> when the catalog cannot be read or the rental has lasted too long, and
/// <see cref="OperationCanceledException"/> soon after the client has gone.
/// </remarks>
public interface ICatalogReader : IDisposable
{
    /// <summary>Finds what has an id; false when nothing has.</summary>
    bool TryFind(Entity entity, string id, out long rowid);

    /// <summary>Adds an album's tracks to <paramref name="rowids"/>, by disc, then track number.</summary>
    void FindTracksOfAlbum(long album, List<long> rowids);

    /// <summary>Adds the tracks with exactly this ISRC to <paramref name="rowids"/>, most popular first, then by rowid.</summary>
    void FindTracksByIsrc(string isrc, List<long> rowids);

    /// <summary>
    /// Adds the first <paramref name="limit"/> rows to <paramref name="rowids"/> whose name contains a text, as
    /// <see cref="NameFolding"/> compares them: tracks and albums most popular first, artists most followed first, then highest rowid.
    /// Reads names one by one until it has enough, which for rare names means all of them.
    /// </summary>
    void ScanNames(Entity entity, string text, int limit, List<long> rowids);

    /// <summary>Whether there is a row at a rowid whose name contains a text that <see cref="NameFolding"/> has folded.</summary>
    bool NameContains(Entity entity, long rowid, ReadOnlySpan<byte> folded);

    /// <summary>Writes a track, with its album and artists; false, with nothing written, when the row has gone.</summary>
    bool WriteTrack(Utf8JsonWriter json, long rowid, bool withAlbum);

    /// <summary>Writes an album, with its images and artists; false, with nothing written, when there is none.</summary>
    bool WriteAlbum(Utf8JsonWriter json, long rowid);

    /// <summary>Writes an artist, with genres and images; false, with nothing written, when there is none.</summary>
    bool WriteArtist(Utf8JsonWriter json, long rowid);
}

/// <summary>What is the same for every store.</summary>
public static class CatalogReaderExtensions
{
    /// <summary>Adds the tracks with an ISRC as it was given; if there are none, those with its canonical form.</summary>
    public static void FindTracksByIsrcInAnyForm(this ICatalogReader reader, string isrc, List<long> rowids)
    {
        var before = rowids.Count;
        reader.FindTracksByIsrc(isrc, rowids);
        if (rowids.Count == before && Isrc.Canonical(isrc) is var canonical && canonical != isrc)
        {
            reader.FindTracksByIsrc(canonical, rowids);
        }
    }

    /// <summary>Writes what stands at a rowid, a track with its album; false, with nothing written, when nothing does.</summary>
    public static bool Write(this ICatalogReader reader, Entity entity, Utf8JsonWriter json, long rowid) => entity switch
    {
        Entity.Track => reader.WriteTrack(json, rowid, withAlbum: true),
        Entity.Album => reader.WriteAlbum(json, rowid),
        _ => reader.WriteArtist(json, rowid),
    };
}
