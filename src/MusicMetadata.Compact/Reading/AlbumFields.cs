using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;

namespace MusicMetadata.Compact.Reading;

/// <summary>An album that a record holds.</summary>
internal struct AlbumFields
{
    private IdText _id;
    private CodedText _type;
    private Extent _label;
    private int _day;
    private Extent _date;
    private CodedText _precision;
    private int _upcDigits;
    private Extent _upc;
    private long _totalTracks;
    private Extent _copyright;
    private Extent _copyrightP;
    private ListRange _images;

    /// <summary>Its id.</summary>
    public readonly IdText Id => _id;

    /// <summary>Its name.</summary>
    public Extent Name { get; private set; }

    /// <summary>Its popularity.</summary>
    public long Popularity { get; private set; }

    /// <summary>Numbers of its artists.</summary>
    public ListRange Artists { get; private set; }

    /// <summary>Reads an album.</summary>
    public static AlbumFields Read(
        ref RecordCursor cursor, ref UrlReader urls, RecordLists lists, TrackFieldsReader credits, int artists, int tracks)
    {
        var album = new AlbumFields
        {
            _id = cursor.ReadId(),
            Name = cursor.ReadText(),
            _type = cursor.ReadCoded(),
            _label = cursor.ReadText(),
            _day = cursor.ReadCount(DateCode.Max),
        };
        album._date = album._day == 0 ? cursor.ReadText() : default;
        album._precision = cursor.ReadCoded();
        album._upcDigits = cursor.ReadCount(DigitCode.MaxDigits);
        album._upc = album._upcDigits == 0 ? cursor.ReadText() : cursor.ReadRaw(DigitCode.SizeOf(album._upcDigits));
        album._totalTracks = cursor.ReadSigned() + tracks;
        album._copyright = cursor.ReadText();
        album._copyrightP = cursor.ReadText();
        album.Popularity = cursor.ReadSigned();
        album._images = lists.ReadImages(ref cursor, ref urls);
        album.Artists = credits.ReadCredits(ref cursor, artists);
        return album;
    }

    /// <summary>Adds its texts to records, and makes one of it that lacks its artists.</summary>
    public readonly AlbumRecord ToRecord(CatalogKey key, CatalogRecords records, RecordContent content, RecordLists lists) => new()
    {
        Key = key,
        Id = _id.AddTo(records, content),
        Name = content.Add(records, Name),
        Type = _type.AddTo(records, content),
        Label = content.Add(records, _label),
        ReleaseDate = AddDate(records, content),
        ReleaseDatePrecision = _precision.AddTo(records, content),
        Upc = AddUpc(records, content),
        TotalTracks = _totalTracks,
        Popularity = Popularity,
        Copyright = content.Add(records, _copyright),
        CopyrightP = content.Add(records, _copyrightP),
        Images = lists.AddImages(records, content, _images),
    };

    private readonly TextRange AddDate(CatalogRecords records, RecordContent content)
    {
        if (_day == 0)
        {
            return content.Add(records, _date);
        }

        Span<byte> date = stackalloc byte[DateCode.Length];
        DateCode.Decode(_day, date);
        return records.AddText(date);
    }

    private readonly TextRange AddUpc(CatalogRecords records, RecordContent content)
    {
        if (_upcDigits == 0)
        {
            return content.Add(records, _upc);
        }

        Span<byte> digits = stackalloc byte[DigitCode.MaxDigits];
        DigitCode.Decode(content[_upc], digits[.._upcDigits]);
        return records.AddText(digits[.._upcDigits]);
    }
}
