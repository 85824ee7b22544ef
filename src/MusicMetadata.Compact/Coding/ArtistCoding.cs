using System.Runtime.InteropServices;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Compact.Coding;

/// <summary>Writes artists and lists of images.</summary>
internal sealed class ArtistWriter(RecordWriter record, UrlWriter urls)
{
    /// <summary>Adds an artist to the record.</summary>
    public void Add(CatalogRecords records, in ArtistRecord artist)
    {
        record.AddId(records.Text(artist.Id));
        record.AddText(records.Text(artist.Name));
        record.AddSigned(artist.Followers);
        record.AddSigned(artist.Popularity);
        record.AddUnsigned(artist.Genres.Count);
        foreach (var genre in records.Texts(artist.Genres))
        {
            record.AddCoded(records.Text(genre));
        }

        AddImages(records, artist.Images);
    }

    /// <summary>Adds images to the record.</summary>
    public void AddImages(CatalogRecords records, ListRange images)
    {
        record.AddUnsigned(images.Count);
        ReadOnlySpan<byte> before = [];
        foreach (var image in records.Images(images))
        {
            var url = records.Text(image.Url);
            record.AddSigned(image.Width);
            record.AddSigned(image.Height - image.Width);
            urls.Add(record, url, before);
            before = url;
        }
    }
}

/// <summary>Lists of what several tracks and artists of a record have, each of which names its own part.</summary>
internal sealed class RecordLists
{
    private readonly List<CodedText> _texts = [];
    private readonly List<ImageField> _images = [];

    /// <summary>Texts.</summary>
    public ReadOnlySpan<CodedText> Texts(ListRange range) => CollectionsMarshal.AsSpan(_texts).Slice(range.Start, range.Count);

    /// <summary>Images.</summary>
    public ReadOnlySpan<ImageField> Images(ListRange range) => CollectionsMarshal.AsSpan(_images).Slice(range.Start, range.Count);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _texts.Clear();
        _images.Clear();
    }

    /// <summary>Reads a list of texts.</summary>
    public ListRange ReadTexts(ref RecordCursor cursor, int count)
    {
        var range = new ListRange(_texts.Count, count);
        for (var i = 0; i < count; i++)
        {
            _texts.Add(cursor.ReadCoded());
        }

        return range;
    }

    /// <summary>Reads a list of images.</summary>
    public ListRange ReadImages(ref RecordCursor cursor, ref UrlReader urls)
    {
        var range = new ListRange(_images.Count, cursor.ReadLength());
        for (var i = 0; i < range.Count; i++)
        {
            var width = cursor.ReadSigned();
            _images.Add(new ImageField(width, width + cursor.ReadSigned(), urls.Read(ref cursor)));
        }

        return range;
    }

    /// <summary>Adds a list of texts to records.</summary>
    public ListRange AddTexts(CatalogRecords records, RecordContent content, ListRange range)
    {
        Span<TextRange> few = stackalloc TextRange[16];
        var texts = range.Count <= few.Length ? few[..range.Count] : new TextRange[range.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = _texts[range.Start + i].AddTo(records, content);
        }

        return records.AddTexts(texts);
    }

    /// <summary>Adds a list of images to records.</summary>
    public ListRange AddImages(CatalogRecords records, RecordContent content, ListRange range)
    {
        Span<ImageRecord> few = stackalloc ImageRecord[8];
        var images = range.Count <= few.Length ? few[..range.Count] : new ImageRecord[range.Count];
        var before = default(TextRange);
        for (var i = 0; i < images.Length; i++)
        {
            var image = _images[range.Start + i];
            before = image.Url.AddTo(records, content, before);
            images[i] = new ImageRecord(before, image.Width, image.Height);
        }

        return records.AddImages(images);
    }
}

/// <summary>An image that a record holds.</summary>
internal readonly record struct ImageField(long Width, long Height, UrlField Url);

/// <summary>An artist that a record holds.</summary>
internal readonly record struct ArtistFields(IdText Id, Extent Name, long Followers, long Popularity, ListRange Genres, ListRange Images)
{
    /// <summary>Reads an artist.</summary>
    public static ArtistFields Read(ref RecordCursor cursor, ref UrlReader urls, RecordLists lists) => new(
        cursor.ReadId(),
        cursor.ReadText(),
        cursor.ReadSigned(),
        cursor.ReadSigned(),
        lists.ReadTexts(ref cursor, cursor.ReadLength()),
        lists.ReadImages(ref cursor, ref urls));

    /// <summary>Adds it to records.</summary>
    public void AddTo(CatalogRecords records, CatalogKey key, RecordContent content, RecordLists lists)
    {
        var text = records.BeginText();
        var artist = new ArtistRecord
        {
            Key = key,
            Id = Id.AddTo(records, content),
            Name = content.Add(records, Name),
            Followers = Followers,
            Popularity = Popularity,
            Genres = lists.AddTexts(records, content, Genres),
            Images = lists.AddImages(records, content, Images),
        };
        records.Add(artist, text);
    }
}
