using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Compact.Coding;

/// <summary>
/// Writes the record of an album: the album, the artists, and the tracks, column by column, because a column's values are alike.
/// </summary>
internal sealed class AlbumWriter
{
    /// <summary>Records with more artists than this only name them: reading one track would read them all.</summary>
    private const int MaxEmbedded = 8;

    private readonly RecordWriter _record;
    private readonly UrlWriter _urls = new();
    private readonly ArtistWriter _artistWriter;
    private readonly TrackColumns _tracks;
    private readonly List<CatalogKey> _artists = [];
    private readonly Dictionary<CatalogKey, int> _artistNumbers = [];

    /// <summary>Writes to a record.</summary>
    public AlbumWriter(RecordWriter record)
    {
        _record = record;
        _artistWriter = new ArtistWriter(record, _urls);
        _tracks = new TrackColumns(record, _urls);
    }

    /// <summary>Writes an artist as a record of its own.</summary>
    public void WriteArtist(CatalogRecords records, in ArtistRecord artist)
    {
        _record.Clear();
        _urls.Clear();
        _artistWriter.Add(records, artist);
    }

    /// <summary>Writes an album.</summary>
    /// <param name="row">The row that the record goes to.</param>
    /// <param name="key">The album.</param>
    /// <param name="records">All its tracks in the order of their keys, itself if it exists, and their artists.</param>
    public void Write(long row, CatalogKey key, CatalogRecords records)
    {
        _record.Clear();
        _urls.Clear();
        var album = records.IndexOfAlbum(key);
        NumberArtists(records, album);
        _record.AddSigned(key.Value - row);
        _record.AddUnsigned(album >= 0 ? 1 : 0);
        _record.AddUnsigned(records.Tracks.Length);
        AddArtists(records);
        if (album >= 0)
        {
            Add(records, records.Albums[album]);
        }

        _tracks.Add(row, records, _artistNumbers);
    }

    /// <summary>Numbers the artists in the order in which they are named first.</summary>
    private void NumberArtists(CatalogRecords records, int album)
    {
        _artists.Clear();
        _artistNumbers.Clear();
        if (album >= 0)
        {
            NumberArtists(records.Credits(records.Albums[album].Artists));
        }

        foreach (ref readonly var track in records.Tracks)
        {
            NumberArtists(records.Credits(track.Artists));
        }
    }

    private void NumberArtists(ReadOnlySpan<CatalogKey> credits)
    {
        foreach (var artist in credits)
        {
            if (_artistNumbers.TryAdd(artist, _artists.Count))
            {
                _artists.Add(artist);
            }
        }
    }

    private void AddArtists(CatalogRecords records)
    {
        _record.AddUnsigned(_artists.Count);
        var before = 0L;
        foreach (var artist in _artists)
        {
            _record.AddSigned(artist.Value - before);
            before = artist.Value;
        }

        if (_artists.Count > MaxEmbedded)
        {
            _record.AddUnsigned(0);
            return;
        }

        _record.AddUnsigned(1);
        foreach (var artist in _artists)
        {
            // Of some artists there is only the key.
            var index = records.IndexOfArtist(artist);
            _record.AddUnsigned(index >= 0 ? 1 : 0);
            if (index >= 0)
            {
                _artistWriter.Add(records, records.Artists[index]);
            }
        }
    }

    private void Add(CatalogRecords records, in AlbumRecord album)
    {
        _record.AddId(records.Text(album.Id));
        _record.AddText(records.Text(album.Name));
        _record.AddCoded(records.Text(album.Type));
        _record.AddText(records.Text(album.Label));
        AddDate(records.Text(album.ReleaseDate));
        _record.AddCoded(records.Text(album.ReleaseDatePrecision));
        AddUpc(records.Text(album.Upc));
        _record.AddSigned(album.TotalTracks - records.Tracks.Length);
        _record.AddText(records.Text(album.Copyright));
        _record.AddText(records.Text(album.CopyrightP));
        _record.AddSigned(album.Popularity);
        _artistWriter.AddImages(records, album.Images);
        var credits = records.Credits(album.Artists);
        _record.AddUnsigned(credits.Length);
        foreach (var artist in credits)
        {
            _record.AddUnsigned(_artistNumbers[artist]);
        }
    }

    /// <summary>A day as one number; 0 and a text for what is no day.</summary>
    private void AddDate(ReadOnlySpan<byte> date)
    {
        var day = DateCode.TryEncode(date);
        _record.AddUnsigned(day);
        if (day == 0)
        {
            _record.AddText(date);
        }
    }

    /// <summary>The number of digits and then these as bytes; 0 and a text for what is no number.</summary>
    private void AddUpc(ReadOnlySpan<byte> upc)
    {
        Span<byte> bytes = stackalloc byte[DigitCode.MaxSize];
        var size = DigitCode.TryEncode(upc, bytes);
        _record.AddUnsigned(size == 0 ? 0 : upc.Length);
        if (size == 0)
        {
            _record.AddText(upc);
        }
        else
        {
            _record.AddRaw(bytes[..size]);
        }
    }
}
