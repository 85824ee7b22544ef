using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Search.Terms;

/// <summary>The terms of records: those that the index is built of, and those by which a single record is told.</summary>
internal sealed class RecordTerms
{
    private readonly List<TextRange> _words = [];
    private byte[] _buffer = [];

    /// <summary>Adds the terms of a track.</summary>
    /// <param name="records">Has the track.</param>
    /// <param name="track">The track.</param>
    /// <param name="others">Has its album and its artists.</param>
    /// <param name="terms">Takes them; some twice, maybe.</param>
    public void Add(CatalogRecords records, in TrackRecord track, CatalogRecords others, List<long> terms)
    {
        AddWords(TermField.Name, records.Text(track.Name), terms);
        AddArtists(records.Credits(track.Artists), others, withGenres: true, terms);
        if (others.IndexOfAlbum(track.Album) is >= 0 and var index)
        {
            ref readonly var album = ref others.Albums[index];
            AddWords(TermField.Album, others.Text(album.Name), terms);
            AddYear(others.Text(album.ReleaseDate), terms);
        }
    }

    /// <summary>Adds the terms of an album, but for its place among all.</summary>
    /// <inheritdoc cref="Add(CatalogRecords, in TrackRecord, CatalogRecords, List{long})" path="/param"/>
    public void Add(CatalogRecords records, in AlbumRecord album, CatalogRecords others, List<long> terms)
    {
        AddWords(TermField.Name, records.Text(album.Name), terms);
        AddArtists(records.Credits(album.Artists), others, withGenres: false, terms);
        var date = records.Text(album.ReleaseDate);
        AddYear(date, terms);
        if (ReleaseDate.DayOf(date) is { } day)
        {
            terms.Add(Term.OfDay(Term.DayNumber(day)));
        }
    }

    /// <summary>Adds the terms of an artist, but for the years of its albums.</summary>
    public void Add(CatalogRecords records, in ArtistRecord artist, List<long> terms)
    {
        AddWords(TermField.Name, records.Text(artist.Name), terms);
        AddGenres(records, artist, terms);
    }

    /// <summary>Adds the terms of the words of a text.</summary>
    public void AddWords(TermField field, ReadOnlySpan<byte> text, List<long> terms)
    {
        var folded = NameFolding.Fold(text, ref _buffer);
        _words.Clear();
        Words.Find(folded, _words);
        foreach (var word in _words)
        {
            terms.Add(Term.Of(field, folded.Slice(word.Start, word.Length)));
        }
    }

    /// <summary>The term of a genre.</summary>
    public long OfGenre(ReadOnlySpan<byte> genre) => Term.Of(TermField.Genre, NameFolding.Fold(genre, ref _buffer));

    private void AddArtists(ReadOnlySpan<CatalogKey> credits, CatalogRecords others, bool withGenres, List<long> terms)
    {
        foreach (var key in credits)
        {
            if (others.IndexOfArtist(key) is >= 0 and var index)
            {
                ref readonly var artist = ref others.Artists[index];
                AddWords(TermField.Artist, others.Text(artist.Name), terms);
                if (withGenres)
                {
                    AddGenres(others, artist, terms);
                }
            }
        }
    }

    private void AddGenres(CatalogRecords records, in ArtistRecord artist, List<long> terms)
    {
        foreach (var genre in records.Texts(artist.Genres))
        {
            terms.Add(OfGenre(records.Text(genre)));
        }
    }

    private static void AddYear(ReadOnlySpan<byte> date, List<long> terms)
    {
        if (ReleaseDate.YearOf(date) is not 0 and var year)
        {
            terms.Add(Term.OfYear(year));
        }
    }
}
