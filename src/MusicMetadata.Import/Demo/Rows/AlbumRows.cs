using MusicMetadata.Import.Demo.Invention;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo.Rows;

/// <summary>The rows of <c>albums</c>, <c>album_images</c> and <c>artist_albums</c>.</summary>
internal sealed class AlbumRows(CatalogFile file, DemoOptions options, Names names)
{
    private const int DuplicatesInThousand = 110;
    private const int AlbumsWithImagesInThousand = 910;

    private readonly Utf8Text _text = new();
    private readonly Utf8Text _label = new();
    private readonly RowInsert _albums = file.Insert("albums");
    private readonly RowInsert _artistAlbums = file.Insert("artist_albums");
    private readonly ImageRows _images = new(file.Insert("album_images"));

    /// <summary>Adds an album.</summary>
    /// <param name="album">The album.</param>
    /// <param name="guests">Row numbers of artists on its tracks whose album it is not.</param>
    /// <param name="bestTrack">The highest popularity of its tracks: an album is about as popular.</param>
    public void Write(DemoAlbum album, List<int> guests, int bestTrack)
    {
        var rowid = Ids.Album(album.Number);
        var release = new SplitMix(options.Seed, RowKind.Release, -1 - album.Release);
        var random = new SplitMix(options.Seed, RowKind.Album, album.Number);
        _albums.Bind(1, rowid);
        Ids.Make(_text, options.Seed, RowKind.AlbumId, album.Number);
        _albums.Bind(2, _text.Bytes);
        _albums.Bind(3, 1_700_000_000_000 + album.Number);
        MakeName(album, ref release, ref random);

        _albums.Bind(4, _text.Bytes);
        _albums.Bind(5, album.Type);
        _albums.Bind(6, TrackRows.PickMarkets(ref random, options));
        BindUpc(album.Number, ref random);
        _albums.BindNull(8);
        BindCopyright(ref release, ref random);
        _albums.Bind(11, _label.Bytes);
        _albums.Bind(12, Math.Max(0, bestTrack - random.Below(8)));
        _albums.Bind(15, album.Tracks);
        _albums.Execute();

        if (random.InThousand(AlbumsWithImagesInThousand))
        {
            _images.Write(rowid, ImageRows.OfAlbum, ref random, DuplicatesInThousand);
        }

        WriteArtists(album, guests, rowid, ref random);
    }

    private void MakeName(DemoAlbum album, ref SplitMix release, ref SplitMix random)
    {
        names.MakeAlbum(_text, ref release, album.Release, album.Script);
        if (_text.Bytes.Length == 0)
        {
            return;
        }

        // Most singles are called as their song.
        if (album.Tracks == 1 && release.InThousand(800))
        {
            var (origin, index) = album.OriginOf(0);
            var recording = new SplitMix(options.Seed, RowKind.Recording, origin.FirstRecording + index);
            var (song, indexOfSong, _) = origin.SongOf(index, ref recording);
            names.MakeTitle(_text, options.Seed, song.FirstRecording + indexOfSong, song.Script);
        }

        _ = album.Kind == ReleaseKind.Live ? _text.Add(" (Live)"u8) : _text;
        _ = album.RemasterYear > 0 ? _text.Add(" (Remastered)"u8) : _text;
        if (album.IsDeluxe)
        {
            Names.AddEdition(_text, ref random);
        }
    }

    private void BindUpc(long number, ref SplitMix random)
    {
        if (number % 50 == 6)
        {
            _albums.BindNull(7);
            return;
        }

        var digits = random.Below(10) switch { < 2 => 12, < 8 => 13, _ => 14 };
        _ = _text.Clear().AddRandom(ref random, "0123456789"u8, digits);
        _albums.Bind(7, _text.Bytes);
    }

    private void BindCopyright(ref SplitMix release, ref SplitMix random)
    {
        names.AddLabel(_label.Clear(), ref release);

        // Most of a catalog is new: the square brings the years nearer to the last one.
        var back = release.Below(1000);
        var year = 2025 - (back * back * 75 / 1_000_000);
        for (var (column, sign) = (9, "© "); column <= 10; column++, sign = "℗ ")
        {
            if (random.InThousand(100))
            {
                _albums.BindNull(column);
                continue;
            }

            _ = _text.Clear().Add(sign).Add(year).Add(" "u8).Add(_label.Bytes).Add(", all rights reserved"u8);
            _albums.Bind(column, _text.Bytes);
        }

        var precision = release.Below(1000) switch { < 4 => 0, < 90 => 1, < 110 => 2, _ => 3 };
        _ = precision == 0 ? _text.Clear().Add("0000"u8) : _text.Clear().Add(year, 4);
        if (precision >= 2)
        {
            _ = _text.Add("-"u8).Add(1 + release.Below(12), 2);
        }

        if (precision == 3)
        {
            _ = _text.Add("-"u8).Add(1 + release.Below(28), 2);
        }

        _albums.Bind(13, _text.Bytes);
        _albums.Bind(14, precision switch { 3 => "day"u8, 2 => "month"u8, _ => "year"u8 });
    }

    private void WriteArtists(DemoAlbum album, List<int> guests, long rowid, ref SplitMix random)
    {
        _artistAlbums.Bind(2, rowid);
        _artistAlbums.Bind(3, 0);
        _artistAlbums.Bind(4, 0);
        for (var i = 0; i < album.Artists.Count; i++)
        {
            _artistAlbums.Bind(5, i);
            WriteArtist(album.Artists[i], ref random);
        }

        _artistAlbums.Bind(3, 1);
        _artistAlbums.BindNull(5);
        for (var i = 0; i < guests.Count; i++)
        {
            _artistAlbums.Bind(4, random.Below(2));
            WriteArtist(guests[i], ref random);
        }
    }

    private void WriteArtist(int artist, ref SplitMix random)
    {
        _artistAlbums.Bind(1, Ids.Artist(artist));
        _artistAlbums.Execute();
        if (random.InThousand(DuplicatesInThousand))
        {
            _artistAlbums.Execute();
        }
    }
}
