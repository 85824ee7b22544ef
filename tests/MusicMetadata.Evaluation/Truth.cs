using System.Text;
using MusicMetadata.Import.Demo;
using MusicMetadata.Import.Demo.Invention;

namespace MusicMetadata.Evaluation;

/// <summary>A row of the catalog as its inventor knows it.</summary>
/// <param name="Rowid">The row.</param>
/// <param name="Recording">Which recording it is, as its editions are too. By this alone an answer is right or wrong.</param>
/// <param name="Song">The recording that was the first of the song.</param>
/// <param name="Version">What the recording is beside that one.</param>
/// <param name="Name">Its name.</param>
/// <param name="TitleLength">Characters of the name before what it tells of the version.</param>
/// <param name="Artists">Numbers of its artists.</param>
/// <param name="Isrc">Its ISRC; empty when it has none.</param>
/// <param name="DurationMs">Its length.</param>
/// <param name="Popularity">Its popularity.</param>
/// <param name="Album">Its album.</param>
/// <param name="Index">Its place on the album, from 0.</param>
internal sealed record TruthRow(
    long Rowid, long Recording, long Song, VersionKind Version, string Name, int TitleLength, int[] Artists, string Isrc, int DurationMs,
    int Popularity, TruthAlbum Album, int Index)
{
    private const int TracksOfDisc = 25;

    public int TrackNumber => 1 + (Index % TracksOfDisc);

    public int DiscNumber => 1 + (Index / TracksOfDisc);
}

/// <summary>An album of the catalog.</summary>
internal sealed class TruthAlbum(long rowid, long release)
{
    public long Rowid => rowid;

    /// <summary>What its editions have in common.</summary>
    public long Release => release;

    public string Name { get; set; } = "";

    public string Upc { get; set; } = "";

    public int Year { get; set; }

    public List<TruthRow> Rows { get; } = [];
}

/// <summary>What an invented catalog was made of: all that its files do not tell.</summary>
internal sealed class Truth
{
    private readonly Dictionary<long, TruthRow> _byRowid = [];
    private readonly string[] _artists;

    public Truth(DemoOptions options)
    {
        var names = new Names();
        var text = new Utf8Text();
        _artists = new string[options.Artists];
        for (var i = 0; i < _artists.Length; i++)
        {
            names.AddArtist(text.Clear(), options.Seed, i);
            _artists[i] = Encoding.UTF8.GetString(text.Bytes);
        }

        var sequence = new AlbumSequence(options, new ArtistRanks(options.Artists));
        var track = new DemoTrack(options, names);
        while (sequence.MoveNext())
        {
            var album = new TruthAlbum(Ids.Album(sequence.Album.Number), sequence.Album.Release);
            Albums.Add(album.Rowid, album);
            for (var index = 0; index < sequence.Album.Tracks; index++)
            {
                track.Fill(sequence.Album, index);
                var name = Encoding.UTF8.GetString(track.Name.Bytes);
                var row = new TruthRow(
                    Ids.Track(track.Number), track.Recording, track.Song, track.Version, name,
                    Encoding.UTF8.GetCharCount(track.Name.Bytes[..track.TitleBytes]), [.. track.Artists],
                    Encoding.UTF8.GetString(track.Isrc.Bytes), track.DurationMs, track.Popularity, album, index);
                album.Rows.Add(row);
                Rows.Add(row);
                _byRowid.Add(row.Rowid, row);
            }
        }

        Recordings = Rows.ToLookup(row => row.Recording);
    }

    public List<TruthRow> Rows { get; } = [];

    public Dictionary<long, TruthAlbum> Albums { get; } = [];

    public ILookup<long, TruthRow> Recordings { get; }

    /// <summary>Rows that were taken out of the catalog again.</summary>
    public HashSet<long> Removed { get; } = [];

    public int ArtistCount => _artists.Length;

    public string Artist(int number) => _artists[number];

    public TruthRow Row(long rowid) => _byRowid[rowid];

    /// <summary>Whether an artist belongs to the half that the model's figures are fitted on.</summary>
    public static bool IsTraining(TruthRow row) => Mix(row.Artists[0], 1) % 2 == 0;

    /// <summary>Whether nothing of an artist is in the catalog.</summary>
    public static bool IsLeftOut(int artist) => Mix(artist, 2) % 50 == 0;

    /// <summary>A number that looks random, for choices by row, artist or song.</summary>
    public static ulong Mix(long value, ulong purpose)
    {
        var mixed = ((ulong)value + (purpose * 0x632BE59BD9B4E019UL)) * 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93UL;
        return (mixed ^ (mixed >> 32)) >> 8;
    }
}
