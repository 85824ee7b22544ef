using MusicMetadata.Catalog;
using MusicMetadata.Import.Demo.Invention;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo.Rows;

/// <summary>The rows of <c>track_files</c>.</summary>
internal sealed class TrackFileRows(CatalogFile file, DemoOptions options)
{
    /// <summary>One track of so many has no row, as in the real files.</summary>
    private const int MissingEvery = 3_500;

    /// <summary>One track of so many has texts that are not the JSON they should be; each kind comes once in that many.</summary>
    private const int MalformedEvery = 1_500;

    private static readonly byte[][] Malformed =
    [
        "[\"en\""u8.ToArray(), "not json"u8.ToArray(), "{\"en\":1}"u8.ToArray(), "[1,null,\"en\"]"u8.ToArray(), "\"en\""u8.ToArray(), [],
        "[]"u8.ToArray(),
        "[\"zxx\"]"u8.ToArray(), "null"u8.ToArray(), [.. Enumerable.Repeat((byte)'[', 200)], "[\"e\\u0000n\"]"u8.ToArray(),
        "[\"en\"] trailing"u8.ToArray(),
    ];

    private static readonly byte[][] Languages =
    [
        "[\"en\"]"u8.ToArray(), "[\"ru\"]"u8.ToArray(), "[\"ja\"]"u8.ToArray(), "[\"zh\"]"u8.ToArray(), "[\"ko\"]"u8.ToArray(),
        "[\"el\"]"u8.ToArray(), "[\"ar\"]"u8.ToArray(), "[\"he\"]"u8.ToArray(), "[\"th\"]"u8.ToArray(), "[\"en\",\"es\"]"u8.ToArray(),
    ];

    private static readonly byte[][] Roles =
    [
        "\"main_artist\""u8.ToArray(), "\"featured_artist\""u8.ToArray(), "\"composer\""u8.ToArray(), "\"remixer\""u8.ToArray(),
    ];

    private readonly RowInsert _insert = file.Insert("track_files");
    private readonly Utf8Text _text = new();
    private long _rowid;

    /// <summary>Adds the rows of all tracks.</summary>
    public void Write(AlbumSequence albums, DemoTrack track, IWorkStage stage, CancellationToken cancellation)
    {
        while (albums.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            for (var index = 0; index < albums.Album.Tracks; index++)
            {
                track.Fill(albums.Album, index);
                if (track.Number % MissingEvery != 5)
                {
                    Write(track, albums.Album);
                }
            }

            stage.Advance(albums.Album.FirstTrack + albums.Album.Tracks);
        }
    }

    private void Write(DemoTrack track, DemoAlbum album)
    {
        var random = new SplitMix(options.Seed, RowKind.TrackFile, track.Number);
        var success = random.InThousand(550);
        _insert.Bind(1, ++_rowid);
        _insert.Bind(2, track.Id.Bytes);
        if (success)
        {
            _insert.Bind(3, _text.Clear().Add(track.Id.Bytes).Add(".ogg"u8).Bytes);
        }
        else
        {
            _insert.BindNull(3);
        }

        _insert.Bind(4, success ? "success"u8 : random.InThousand(500) ? "skipped_low_priority"u8 : "error_not_available"u8);
        _insert.BindNull(5);
        _insert.Bind(6, 1_700_000_000_000 + track.Number);
        _insert.Bind(7, random.InThousand(600) ? "US"u8 : "DE"u8);
        BindHash(8, 64, success, ref random);
        BindHash(9, 64, success && random.InThousand(600), ref random);
        _insert.Bind(10, success ? 1 : 0);
        _insert.Bind(11, track.Popularity);
        _insert.Bind(12, random.Below(1000) / 1000.0);
        _insert.BindNull(13);
        if (random.InThousand(500))
        {
            _insert.Bind(14, _text.Clear().Add("[\""u8).Add(track.Id.Bytes).Add("\"]"u8).Bytes);
        }
        else
        {
            _insert.BindNull(14);
        }

        BindHash(15, 40, random.InThousand(100), ref random);
        BindHash(16, 40, true, ref random);
        BindHash(17, 40, random.InThousand(900), ref random);
        BindHash(18, 40, random.InThousand(250), ref random);
        BindHash(19, 40, random.InThousand(250), ref random);
        BindPerformance(track, album, ref random);
        BindHash(23, 32, true, ref random);
        _insert.Bind(24, track.Name.Bytes[..track.TitleBytes]);
        BindVersion(track);
        if (track.Explicit)
        {
            _insert.Bind(26, "[\"explicit\"]"u8);
        }
        else
        {
            _insert.BindNull(26);
        }

        _insert.Execute();
    }

    private void BindPerformance(DemoTrack track, DemoAlbum album, ref SplitMix random)
    {
        var malformed = (int)(track.Number % MalformedEvery);
        if (malformed < Malformed.Length)
        {
            _insert.Bind(20, Malformed[malformed]);
            _insert.Bind(21, Malformed[malformed]);
            _insert.Bind(22, malformed % 3);
            return;
        }

        if (!random.InThousand(720))
        {
            _insert.BindNull(20);
        }
        else
        {
            _insert.Bind(20, random.InThousand(50) ? Malformed[7] : Languages[album.Script]);
        }

        _ = _text.Clear().Add("["u8).Add(Roles[0]);
        for (var i = 1; i < track.Artists.Count; i++)
        {
            _ = _text.Add(","u8).Add(Roles[1 + random.Below(Roles.Length - 1)]);
        }

        _insert.Bind(21, _text.Add("]"u8).Bytes);
        if (random.InThousand(100))
        {
            _insert.BindNull(22);
        }
        else
        {
            _insert.Bind(22, random.Below(2));
        }
    }

    private void BindVersion(DemoTrack track)
    {
        var version = track.Name.Bytes[track.TitleBytes..].Trim(" -()"u8);
        if (version.IsEmpty)
        {
            _insert.BindNull(25);
        }
        else
        {
            _insert.Bind(25, version);
        }
    }

    private void BindHash(int column, int digits, bool present, ref SplitMix random)
    {
        if (present)
        {
            _insert.Bind(column, _text.Clear().AddRandom(ref random, "0123456789abcdef"u8, digits).Bytes);
        }
        else
        {
            _insert.BindNull(column);
        }
    }
}
