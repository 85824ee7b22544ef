using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Search.Terms;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Reads what tracks, albums and artists refer to, for their terms: a thousand tracks have a hundred albums, which lie beside each other.
/// </summary>
/// <param name="reader">Reads the catalog.</param>
/// <param name="entity">Whose terms.</param>
internal sealed class TermReader(ICatalogReader reader, Entity entity)
{
    private const int BatchSize = 1024;

    private readonly CatalogRecords _others = new(64 * 1024);
    private readonly HashSet<CatalogKey> _keys = [];
    private readonly List<long> _terms = [];
    private readonly RecordTerms _recordTerms = new();
    private readonly KeyTable<YearSpan> _years = new();

    /// <summary>Reads the years of all artists' albums, which an artist does not refer to; nothing for others.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellation)
    {
        if (entity != Entity.Artist)
        {
            return;
        }

        var albums = new CatalogRecords(64 * 1024);
        for (var last = CatalogKey.None; ; last = albums.Albums[^1].Key)
        {
            cancellation.ThrowIfCancellationRequested();
            albums.Clear();
            await reader.ScanAsync(Entity.Album, last, BatchSize, ScanFields.Match, albums);
            if (albums.Albums.IsEmpty)
            {
                return;
            }

            AddYears(albums);
        }
    }

    /// <summary>Reads what records refer to.</summary>
    public async ValueTask ReadAsync(CatalogRecords records)
    {
        _others.Clear();
        _keys.Clear();
        foreach (ref readonly var track in records.Tracks)
        {
            _ = _keys.Add(track.Album);
        }

        await reader.ReadAsync(Entity.Album, InOrder(), withAlbums: false, _others);
        _keys.Clear();
        AddArtistKeys(records);
        await reader.ReadAsync(Entity.Artist, InOrder(), withAlbums: false, _others);
    }

    /// <summary>The terms of one of the records that <see cref="ReadAsync"/> was given, each once; valid until the next call.</summary>
    public ReadOnlySpan<long> Of(CatalogRecords records, int index)
    {
        _terms.Clear();
        switch (entity)
        {
            case Entity.Track:
                _recordTerms.Add(records, records.Tracks[index], _others, _terms);
                break;
            case Entity.Album:
                _recordTerms.Add(records, records.Albums[index], _others, _terms);
                break;
            default:
                AddArtist(records.Artists[index].Key);
                break;
        }

        _terms.Sort();
        var count = 0;
        for (var i = 0; i < _terms.Count; i++)
        {
            if (i == 0 || _terms[i] != _terms[count - 1])
            {
                _terms[count++] = _terms[i];
            }
        }

        return CollectionsMarshal.AsSpan(_terms)[..count];
    }

    private CatalogKey[] InOrder()
    {
        CatalogKey[] keys = [.. _keys];
        Array.Sort(keys);
        return keys;
    }

    private void AddArtistKeys(CatalogRecords records)
    {
        foreach (ref readonly var track in records.Tracks)
        {
            Add(records.Credits(track.Artists));
        }

        foreach (ref readonly var album in records.Albums)
        {
            Add(records.Credits(album.Artists));
        }

        foreach (ref readonly var artist in records.Artists)
        {
            _ = _keys.Add(artist.Key);
        }

        void Add(ReadOnlySpan<CatalogKey> credits)
        {
            foreach (var key in credits)
            {
                if (_others.IndexOfArtist(key) < 0)
                {
                    _ = _keys.Add(key);
                }
            }
        }
    }

    private void AddArtist(CatalogKey key)
    {
        if (_others.IndexOfArtist(key) is not (>= 0 and var index))
        {
            return;
        }

        _recordTerms.Add(_others, _others.Artists[index], _terms);
        var (first, last) = _years[key];
        for (int year = first; year != 0 && year <= last; year++)
        {
            _terms.Add(Term.OfYear(year));
        }
    }

    private void AddYears(CatalogRecords albums)
    {
        foreach (ref readonly var album in albums.Albums)
        {
            var year = (short)ReleaseDate.YearOf(albums.Text(album.ReleaseDate));
            foreach (var artist in year == 0 ? [] : albums.Credits(album.Artists))
            {
                var (first, last) = _years[artist];
                _years[artist] = new YearSpan(first == 0 ? year : Math.Min(first, year), Math.Max(last, year));
            }
        }
    }

    /// <summary>The first and the last year of an artist's albums; zeros for none.</summary>
    private readonly record struct YearSpan(short First, short Last);
}
