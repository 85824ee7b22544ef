using System.Text;
using System.Text.Unicode;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>
/// The rows of releases: <c>albums</c>, <c>album_images</c> and <c>artist_albums</c>. A row of <c>albums</c> has the release's number in
/// the dump.
/// </summary>
internal sealed class AlbumRows(
    CatalogFile file, ReleaseGroups groups, ArtistCredits credits, Dictionary<int, byte[]> labels, LeftOut leftOut)
{
    /// <summary>Sizes of the squares that the Cover Art Archive fits images into, widest first.</summary>
    private static readonly int[] CoverSizes = [1200, 500, 250];

    private readonly RowInsert _albums = file.Insert("albums");
    private readonly RowInsert _images = file.Insert("album_images");
    private readonly RowInsert _artistAlbums = file.Insert("artist_albums");
    private readonly List<int> _artists = [];
    private readonly HashSet<int> _seen = [];
    private int _release = -1;
    private byte[]? _row;
    private ReleaseDate _date;
    private int _label;
    private long _cover;
    private int _tracks;

    /// <summary>Adds all rows, those of tracks too.</summary>
    public void Write(
        SortedRecords records, TrackRows tracks, long fetchedAt, long trackCount, IWorkProgress progress, CancellationToken cancellation)
    {
        _albums.Bind(3, fetchedAt);
        _albums.Bind(6, CatalogRows.MarketsRowid);
        _albums.BindNull(8);
        _albums.BindNull(9);
        _albums.BindNull(10);
        using var stage = progress.Begin("Writing albums and tracks", trackCount);
        for (var read = 0L; records.Read();)
        {
            var fields = new RecordFields(records.Current);
            var release = fields.TakeNumber();
            if (release != _release)
            {
                Finish();
                (_release, _row, _date, _label, _cover, _tracks) = (release, null, ReleaseDate.None, 0, 0, 0);
                _artists.Clear();
            }

            if (++read % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                stage.Advance(tracks.Count);
            }

            Take((ReleasePart)fields.TakeByte(), fields, tracks);
        }

        Finish();
        stage.Advance(trackCount);
    }

    /// <summary>Of each part, the first is the one that counts: they are sorted so.</summary>
    private void Take(ReleasePart part, RecordFields fields, TrackRows tracks)
    {
        switch (part)
        {
            case ReleasePart.Release when _row is not null:
                throw new OperatorException(
                    "The dump has something twice that can be there only once: a release. It is damaged: get it again.");
            case ReleasePart.Release:
                _row = fields.Rest.ToArray();
                break;
            case ReleasePart.Date when _date.Year == 0:
                _date = new ReleaseDate(fields.TakeNumber(), fields.TakeByte(), fields.TakeByte());
                break;
            case ReleasePart.Label when _label == 0:
                _ = fields.TakeNumber();
                _label = fields.TakeNumber();
                break;
            case ReleasePart.Cover when _cover == 0:
                _ = fields.TakeNumber();
                _cover = fields.TakeLong();
                break;
            case ReleasePart.Track when _row is null:
                leftOut.Add("tracks without a release");
                break;
            case ReleasePart.Track:
                _tracks++;
                tracks.Write(_release, fields, credits, _artists);
                break;
            default:
                break;
        }
    }

    private void Finish()
    {
        if (_row is null)
        {
            return;
        }

        Span<byte> id = stackalloc byte[Mbid.IdLength];
        Span<byte> date = stackalloc byte[ReleaseDate.MaxLength];
        var fields = new RecordFields(_row);
        var mbid = fields.TakeMbid();
        var (group, credit) = (fields.TakeNumber(), fields.TakeNumber());
        var barcode = fields.TakeText();
        Mbid.WriteId(mbid, id);
        _albums.Bind(1, _release);
        _albums.Bind(2, id);
        _albums.Bind(4, fields.Rest);
        _albums.Bind(5, groups.TypeOf(group));
        if (barcode.IsEmpty)
        {
            _albums.BindNull(7);
        }
        else
        {
            _albums.Bind(7, barcode);
        }

        _albums.Bind(11, LabelName());
        _albums.Bind(12, groups.PopularityOf(group));
        _albums.Bind(13, date[.._date.Write(date)]);
        _albums.Bind(14, _date.Precision);
        _albums.Bind(15, _tracks);
        _albums.Execute();
        WriteImages(mbid);
        WriteArtists(credit);
    }

    private ReadOnlySpan<byte> LabelName()
    {
        if (_label == 0)
        {
            return [];
        }

        if (!labels.TryGetValue(_label, out var name))
        {
            leftOut.Add("labels of releases");
        }

        return name;
    }

    private void WriteImages(UInt128 mbid)
    {
        if (_cover == 0)
        {
            return;
        }

        Span<byte> uuid = stackalloc byte[Mbid.UuidLength];
        Span<byte> start = stackalloc byte[128];
        Span<byte> url = stackalloc byte[128];
        Mbid.WriteUuid(mbid, uuid);
        _ = Utf8.TryWrite(start, $"https://coverartarchive.org/release/{Encoding.ASCII.GetString(uuid)}/{_cover}", out var length);
        start[..length].CopyTo(url);
        _images.Bind(1, _release);
        foreach (var size in CoverSizes)
        {
            _ = Utf8.TryWrite(url[length..], $"-{size}.jpg", out var end);
            _images.Bind(2, size);
            _images.Bind(3, size);
            _images.Bind(4, url[..(length + end)]);
            _images.Execute();
        }
    }

    /// <summary>The artists of the release, then those of its tracks who are not among them.</summary>
    private void WriteArtists(int credit)
    {
        _seen.Clear();
        _artistAlbums.Bind(2, _release);
        _artistAlbums.Bind(3, 0);
        _artistAlbums.Bind(4, 0);
        var index = 0;
        foreach (var artist in credits.Of(credit))
        {
            _artistAlbums.Bind(5, index++);
            WriteArtist(artist);
        }

        _artistAlbums.Bind(3, 1);
        _artistAlbums.BindNull(5);
        foreach (var artist in _artists)
        {
            WriteArtist(artist);
        }
    }

    private void WriteArtist(int artist)
    {
        if (_seen.Add(artist))
        {
            _artistAlbums.Bind(1, artist);
            _artistAlbums.Execute();
        }
    }
}
