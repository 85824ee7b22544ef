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

    private int _tracksOfRelease;
    private int _editions;
    private long _releases;

    /// <summary>The album it is at, valid until the next call of <see cref="MoveNext"/>.</summary>
    public DemoAlbum Album { get; } = new();

    /// <summary>Goes to the next album; false when the catalog has enough tracks.</summary>
    public bool MoveNext()
    {
        var first = Album.FirstTrack + Album.Tracks;
        if (first >= options.Tracks)
        {
            return false;
        }

        Album.Number += Album.Tracks > 0 ? 1 : 0;
        Album.FirstTrack = first;
        if (++Album.Edition >= _editions)
        {
            Release();
        }

        Album.Tracks = (int)Math.Min(_tracksOfRelease, options.Tracks - first);
        return true;
    }

    private void Release()
    {
        Album.FirstRecording += _tracksOfRelease;
        Album.Release = _releases++;
        Album.Edition = 0;
        var random = new SplitMix(options.Seed, RowKind.Release, Album.Release);
        var unusual = Album.Release % UnusualEvery;
        Album.Script = Names.PickScript(ref random);
        _tracksOfRelease = PickTracks(ref random);
        _editions = PickEditions(ref random);
        var by = random.Below(100) switch { < 80 => 1, < 95 => 2, _ => 3 };
        if (unusual == 3)
        {
            (_tracksOfRelease, _editions, by, Album.Compilation) = (TracksOfBox, 1, ArtistsOfBox, false);
        }
        else if (unusual == 5)
        {
            (_tracksOfRelease, _editions) = (1, EditionsOfHit);
        }

        Pick(Album.Artists, by, ref random);
        Pick(Album.Guests, Album.Compilation ? 1 + (_tracksOfRelease / 3) : 1 + (_tracksOfRelease / 20), ref random);
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
        while (editions < 12 && random.InThousand(260))
        {
            editions++;
        }

        return editions;
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
