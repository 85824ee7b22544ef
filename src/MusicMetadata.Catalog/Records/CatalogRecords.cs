using System.Runtime.InteropServices;

namespace MusicMetadata.Catalog.Records;

/// <summary>
/// What a store read: tracks, albums and artists as neutral records, with all their texts in one buffer. Records name each other by key; an
/// artist of many tracks is here once. Made to be filled, encoded and cleared again and again without allocating.
/// </summary>
/// <remarks>Nothing here points into a store's memory: what was read stays valid when the reader has been returned.</remarks>
public sealed class CatalogRecords
{
    private readonly List<TrackRecord> _tracks = [];
    private readonly List<AlbumRecord> _albums = [];
    private readonly List<ArtistRecord> _artists = [];
    private readonly List<long> _albumKeys = [];
    private readonly List<long> _artistKeys = [];
    private readonly List<CatalogKey> _credits = [];
    private readonly List<ImageRecord> _images = [];
    private readonly List<TextRange> _texts = [];
    private byte[] _text;
    private int _textLength;

    /// <summary>An empty one.</summary>
    /// <param name="capacity">Bytes of text to begin with.</param>
    public CatalogRecords(int capacity = 4 * 1024) => _text = new byte[capacity];

    /// <summary>Whether the ids are MBIDs (<see cref="Mbid"/>): the catalog was made from MusicBrainz.</summary>
    public bool IdsAreMbids { get; set; }

    /// <summary>The tracks, in the order in which their keys were given.</summary>
    public ReadOnlySpan<TrackRecord> Tracks => CollectionsMarshal.AsSpan(_tracks);

    /// <summary>The albums that were asked for and those of <see cref="Tracks"/>, each once.</summary>
    public ReadOnlySpan<AlbumRecord> Albums => CollectionsMarshal.AsSpan(_albums);

    /// <summary>The artists that were asked for and those of <see cref="Tracks"/> and <see cref="Albums"/>, each once.</summary>
    public ReadOnlySpan<ArtistRecord> Artists => CollectionsMarshal.AsSpan(_artists);

    /// <summary>Bytes that the buffers hold, used or not: what keeping this object costs, but for small change.</summary>
    public long Capacity =>
        _text.Length + ((long)_tracks.Capacity * 200) + (_albums.Capacity * 140L) + (_artists.Capacity * 80L) + (_images.Capacity * 24L);

    /// <summary>Bytes that records and texts take of them.</summary>
    public long Size => _textLength + ((long)_tracks.Count * 200) + (_albums.Count * 140L) + (_artists.Count * 80L) + (_images.Count * 24L);

    /// <summary>A text, valid until the next change.</summary>
    public ReadOnlySpan<byte> Text(TextRange range) => _text.AsSpan(range.Start, range.Length);

    /// <summary>The keys of credited artists, valid until the next change.</summary>
    public ReadOnlySpan<CatalogKey> Credits(ListRange range) => CollectionsMarshal.AsSpan(_credits).Slice(range.Start, range.Count);

    /// <summary>Images, valid until the next change.</summary>
    public ReadOnlySpan<ImageRecord> Images(ListRange range) => CollectionsMarshal.AsSpan(_images).Slice(range.Start, range.Count);

    /// <summary>A list of texts, valid until the next change.</summary>
    public ReadOnlySpan<TextRange> Texts(ListRange range) => CollectionsMarshal.AsSpan(_texts).Slice(range.Start, range.Count);

    /// <summary>Where the record of an album is among <see cref="Albums"/>; -1 where there is none.</summary>
    public int IndexOfAlbum(CatalogKey key) => CollectionsMarshal.AsSpan(_albumKeys).IndexOf(key.Value);

    /// <summary>Where the record of an artist is among <see cref="Artists"/>; -1 where there is none.</summary>
    public int IndexOfArtist(CatalogKey key) => CollectionsMarshal.AsSpan(_artistKeys).IndexOf(key.Value);

    /// <summary>Adds a text.</summary>
    public TextRange AddText(ReadOnlySpan<byte> text)
    {
        if (text.Length > _text.Length - _textLength)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + text.Length));
        }

        text.CopyTo(_text.AsSpan(_textLength));
        var range = new TextRange(_textLength, text.Length);
        _textLength += text.Length;
        return range;
    }

    /// <summary>Adds texts that stand in the buffer already as a list.</summary>
    public ListRange AddTexts(ReadOnlySpan<TextRange> texts)
    {
        _texts.AddRange(texts);
        return new ListRange(_texts.Count - texts.Length, texts.Length);
    }

    /// <summary>Adds the keys of credited artists in their order.</summary>
    public ListRange AddCredits(ReadOnlySpan<CatalogKey> artists)
    {
        _credits.AddRange(artists);
        return new ListRange(_credits.Count - artists.Length, artists.Length);
    }

    /// <summary>Adds images in their order.</summary>
    public ListRange AddImages(ReadOnlySpan<ImageRecord> images)
    {
        _images.AddRange(images);
        return new ListRange(_images.Count - images.Length, images.Length);
    }

    /// <summary>Adds a track.</summary>
    public void Add(in TrackRecord track) => _tracks.Add(track);

    /// <summary>Notes where the text of an album or artist begins that is about to be added.</summary>
    public int BeginText() => _textLength;

    /// <summary>Adds an album whose texts have been added since <see cref="BeginText"/>, and no others.</summary>
    public void Add(in AlbumRecord album, int textStart)
    {
        _albums.Add(album with { Text = new TextRange(textStart, _textLength - textStart) });
        _albumKeys.Add(album.Key.Value);
    }

    /// <inheritdoc cref="Add(in AlbumRecord, int)"/>
    public void Add(in ArtistRecord artist, int textStart)
    {
        _artists.Add(artist with { Text = new TextRange(textStart, _textLength - textStart) });
        _artistKeys.Add(artist.Key.Value);
    }

    /// <summary>Adds a copy of an album of other records. Its artists are not copied with it.</summary>
    public void AddCopy(CatalogRecords source, in AlbumRecord album)
    {
        var text = AddText(source.Text(album.Text));
        var by = text.Start - album.Text.Start;
        _albums.Add(album with
        {
            Id = album.Id.Moved(by),
            Name = album.Name.Moved(by),
            Type = album.Type.Moved(by),
            Label = album.Label.Moved(by),
            ReleaseDate = album.ReleaseDate.Moved(by),
            ReleaseDatePrecision = album.ReleaseDatePrecision.Moved(by),
            Upc = album.Upc.Moved(by),
            Copyright = album.Copyright.Moved(by),
            CopyrightP = album.CopyrightP.Moved(by),
            Images = AddMoved(source.Images(album.Images), by),
            Artists = AddCredits(source.Credits(album.Artists)),
            Text = text,
        });
        _albumKeys.Add(album.Key.Value);
    }

    /// <summary>Adds a copy of an artist of other records.</summary>
    public void AddCopy(CatalogRecords source, in ArtistRecord artist)
    {
        var text = AddText(source.Text(artist.Text));
        var by = text.Start - artist.Text.Start;
        var genres = new ListRange(_texts.Count, artist.Genres.Count);
        foreach (var genre in source.Texts(artist.Genres))
        {
            _texts.Add(genre.Moved(by));
        }

        _artists.Add(artist with
        {
            Id = artist.Id.Moved(by),
            Name = artist.Name.Moved(by),
            Genres = genres,
            Images = AddMoved(source.Images(artist.Images), by),
            Text = text,
        });
        _artistKeys.Add(artist.Key.Value);
    }

    /// <summary>Forgets all records; the buffers stay.</summary>
    public void Clear()
    {
        _tracks.Clear();
        _albums.Clear();
        _artists.Clear();
        _albumKeys.Clear();
        _artistKeys.Clear();
        _credits.Clear();
        _images.Clear();
        _texts.Clear();
        _textLength = 0;
        IdsAreMbids = false;
    }

    private ListRange AddMoved(ReadOnlySpan<ImageRecord> images, int by)
    {
        var range = new ListRange(_images.Count, images.Length);
        foreach (var image in images)
        {
            _images.Add(image with { Url = image.Url.Moved(by) });
        }

        return range;
    }
}
