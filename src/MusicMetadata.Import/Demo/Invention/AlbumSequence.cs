namespace MusicMetadata.Import.Demo.Invention;

/// <summary>
/// Goes through the albums of an invented catalog. Each thread that writes a file has one of its own, and all go through the same albums.
/// </summary>
internal sealed class AlbumSequence(DemoOptions options, ArtistRanks artists)
{
    /// <summary>
    /// Of so many releases, one is a box of more than a hundred tracks by dozens of artists, and one came out dozens of times.
    /// </summary>
    private const int UnusualEvery = 20_000;

    private const int TracksOfBox = 130;
    private const int ArtistsOfBox = 40;
    private const int EditionsOfHit = 36;

    /// <summary>Artists that any other release is by at most.</summary>
    private const int MaxArtists = 3;

    /// <summary>From so many tracks on a release is an album.</summary>
    private const int MinTracksOfAlbum = 7;

    /// <summary>Bonus tracks of a deluxe edition at most: as many recordings are set apart for each album.</summary>
    private const int MaxBonus = 5;

    // Earlier releases that later ones take recordings and songs from. The oldest one is forgotten for a new one only when the next release
    // begins, so that what a release has taken stays as it is.
    private readonly DemoAlbum?[] _past = new DemoAlbum?[512];
    private int _remembered;

    private int _editions;
    private long _releases;

    /// <summary>The album it is at, valid until the next call of <see cref="MoveNext"/>.</summary>
    public DemoAlbum Album { get; private set; } = new();

    /// <summary>Goes to the next album; false when the catalog has enough tracks.</summary>
    public bool MoveNext()
    {
        var first = Album.FirstTrack + Album.Tracks;
        if (first >= options.Tracks)
        {
            return false;
        }

        var number = Album.Number + (Album.Tracks > 0 ? 1 : 0);
        if (++Album.Edition >= _editions)
        {
            Release();
        }

        (Album.Number, Album.FirstTrack) = (number, first);
        var tracks = Album.ReleaseTracks + PickEdition();
        Album.Tracks = (int)Math.Min(tracks, options.Tracks - first);
        return true;
    }

    private void Release()
    {
        var firstRecording = Album.FirstRecording + Album.ReleaseTracks + (Album.ReleaseTracks >= MinTracksOfAlbum ? MaxBonus : 0);
        Album = Remember(Album);
        Album.FirstRecording = firstRecording;
        Album.Release = _releases++;
        Album.Edition = 0;
        var random = new SplitMix(options.Seed, RowKind.Release, Album.Release);
        var unusual = Album.Release % UnusualEvery;
        Album.Script = Names.PickScript(ref random);
        Album.Kind = ReleaseKind.Original;
        Album.Picks.Clear();
        Album.Artists.Clear();
        Album.ReleaseTracks = PickTracks(ref random);
        _editions = PickEditions(ref random);
        var by = random.Below(100) switch { < 80 => 1, < 95 => 2, _ => MaxArtists };
        if (unusual == 3)
        {
            (Album.ReleaseTracks, _editions, by, Album.Compilation) = (TracksOfBox, 1, ArtistsOfBox, false);
        }
        else if (unusual == 5)
        {
            (Album.ReleaseTracks, _editions) = (1, EditionsOfHit);
        }
        else
        {
            PickKind(ref random);
        }

        if (Album.Kind is ReleaseKind.Lifted or ReleaseKind.Live)
        {
            Album.Artists.AddRange(Album.Picks[0].Release.Artists);
        }
        else if (Album.Kind == ReleaseKind.Karaoke)
        {
            Album.Artists.Add(Names.PickKaraokeArtist(options.Artists, ref random));
        }
        else
        {
            Pick(Album.Artists, by, ref random);
        }

        Pick(Album.Guests, Album.Compilation ? 1 + (Album.ReleaseTracks / 3) : 1 + (Album.ReleaseTracks / 20), ref random);
    }

    /// <summary>Keeps a release that later ones may take from; returns what the next one may fill.</summary>
    private DemoAlbum Remember(DemoAlbum release)
    {
        var isOriginal = release.Kind is ReleaseKind.Original or ReleaseKind.Versions;
        if (!isOriginal || release.Compilation || release.Artists.Count is 0 or > MaxArtists)
        {
            return release;
        }

        ref var place = ref _past[_remembered++ % _past.Length];
        var forgotten = place;
        place = release;
        return forgotten ?? new DemoAlbum();
    }

    /// <summary>4.37 tracks an album on average, by far the most of them singles.</summary>
    private int PickTracks(ref SplitMix random)
    {
        var kind = random.Below(1000);
        Album.Compilation = kind >= 985;
        return kind switch
        {
            < 580 => 1,
            < 780 => 2 + random.Below(5),
            < 980 => 7 + random.Below(10),
            < 985 => 20 + random.Below(30),
            < 999 => 12 + random.Below(30),
            _ => 100 + random.Below(80),
        };
    }

    /// <summary>1.38 editions a release on average: as many tracks have an ISRC.</summary>
    private static int PickEditions(ref SplitMix random)
    {
        var editions = 1;
        while (editions < 12 && random.InThousand(240))
        {
            editions++;
        }

        return editions;
    }

    private void PickKind(ref SplitMix random)
    {
        var kind = random.Below(1000);
        var tracks = Album.ReleaseTracks;
        Album.Kind = Album.Compilation ? kind < 500 ? ReleaseKind.Anthology : ReleaseKind.Original
            : tracks == 1 ? kind switch
            {
                < 120 => ReleaseKind.Lifted,
                < 135 => ReleaseKind.Live,
                < 155 => ReleaseKind.Covers,
                < 165 => ReleaseKind.Karaoke,
                _ => ReleaseKind.Original,
            }
            : tracks < MinTracksOfAlbum ? kind < 250 ? ReleaseKind.Versions : ReleaseKind.Original
            : kind switch
            {
                < 20 => ReleaseKind.Live,
                < 35 => ReleaseKind.Covers,
                < 45 => ReleaseKind.Karaoke,
                _ => ReleaseKind.Original,
            };
        if (Album.Kind is ReleaseKind.Original or ReleaseKind.Versions)
        {
            return;
        }

        if (_remembered == 0)
        {
            Album.Kind = ReleaseKind.Original;
            return;
        }

        var first = PickPast(ref random);
        for (var i = 0; i < tracks; i++)
        {
            // A concert or a single is of one release; the others gather.
            var release = i == 0 || Album.Kind == ReleaseKind.Live ? first : PickPast(ref random);
            if (Album.Kind == ReleaseKind.Live && i >= release.ReleaseTracks)
            {
                break;
            }

            Album.Picks.Add((release, Album.Kind == ReleaseKind.Live ? i : random.Below(release.ReleaseTracks)));
        }
    }

    private DemoAlbum PickPast(ref SplitMix random) => _past[random.Below(Math.Min(_remembered, _past.Length))]!;

    /// <summary>Decides what is new about an edition; returns its bonus tracks.</summary>
    private int PickEdition()
    {
        Album.RemasterYear = 0;
        if (Album.Edition == 0)
        {
            return 0;
        }

        var random = new SplitMix(options.Seed, RowKind.Album, -1 - Album.Number);
        if (random.InThousand(200))
        {
            Album.RemasterYear = 2000 + random.Below(25);
        }

        return Album.ReleaseTracks >= MinTracksOfAlbum && !Album.Compilation && random.InThousand(300) ? 2 + random.Below(MaxBonus - 1) : 0;
    }

    private void Pick(List<int> picked, int count, ref SplitMix random)
    {
        picked.Clear();
        for (var i = 0; i < count; i++)
        {
            var artist = artists.Pick(ref random);
            if (!Album.Artists.Contains(artist) && !picked.Contains(artist))
            {
                picked.Add(artist);
            }
        }
    }
}
