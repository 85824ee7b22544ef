using MusicMetadata.Import.Demo.Invention;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo.Rows;

/// <summary>The rows of <c>tracks</c> and <c>track_artists</c>.</summary>
internal sealed class TrackRows(CatalogFile file, DemoOptions options)
{
    private const int DuplicateCreditEvery = 1_500;

    private readonly Utf8Text _url = new();
    private readonly RowInsert _tracks = file.Insert("tracks");
    private readonly RowInsert _trackArtists = file.Insert("track_artists");

    /// <summary>Adds a track.</summary>
    /// <param name="track">The track.</param>
    /// <param name="album">Its album.</param>
    /// <param name="index">Its index on the album, from 0.</param>
    public void Write(DemoTrack track, DemoAlbum album, int index)
    {
        const int TracksOfDisc = 25;
        var rowid = Ids.Track(track.Number);
        var random = new SplitMix(options.Seed, RowKind.Track, -1 - track.Number);
        _tracks.Bind(1, rowid);
        _tracks.Bind(2, track.Id.Bytes);
        _tracks.Bind(3, 1_700_000_000_000 + track.Number);
        _tracks.Bind(4, track.Name.Bytes);
        if (random.InThousand(250))
        {
            _tracks.BindNull(5);
        }
        else
        {
            _tracks.Bind(5, _url.Clear().Add("https://audio.example/preview/"u8).AddRandom(ref random, "0123456789abcdef"u8, 40).Bytes);
        }

        _tracks.Bind(6, Ids.Album(album.Number));
        _tracks.Bind(7, 1 + (index % TracksOfDisc));
        if (track.HasIsrc)
        {
            _tracks.Bind(8, track.Isrc.Bytes);
        }
        else
        {
            _tracks.BindNull(8);
        }

        _tracks.BindNull(9);
        _tracks.BindNull(10);
        _tracks.Bind(11, track.Popularity);
        _tracks.Bind(12, PickMarkets(ref random, options));
        _tracks.Bind(13, 1 + (index / TracksOfDisc));
        _tracks.Bind(14, track.DurationMs);
        _tracks.Bind(15, track.Explicit ? 1 : 0);
        _tracks.Execute();
        WriteArtists(track, rowid);
    }

    /// <summary>A row id of <c>available_markets</c>; few of them have most of the tracks and albums.</summary>
    public static long PickMarkets(ref SplitMix random, DemoOptions options) => 1 + (random.Zipf(17) % options.Markets);

    private void WriteArtists(DemoTrack track, long rowid)
    {
        _trackArtists.Bind(1, rowid);
        foreach (var artist in track.Artists)
        {
            _trackArtists.Bind(2, Ids.Artist(artist));
            _trackArtists.Execute();
        }

        if (track.Number % DuplicateCreditEvery == 11)
        {
            _trackArtists.Execute();
        }
    }
}
