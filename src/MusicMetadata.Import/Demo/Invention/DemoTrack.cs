namespace MusicMetadata.Import.Demo.Invention;

/// <summary>A track, as far as both files tell of it. Filled anew for each track.</summary>
internal sealed class DemoTrack(DemoOptions options, Names names)
{
    private static readonly byte[][] Countries =
    [
        "US"u8.ToArray(), "GB"u8.ToArray(), "DE"u8.ToArray(), "QZ"u8.ToArray(), "FR"u8.ToArray(), "SE"u8.ToArray(), "JP"u8.ToArray(),
        "KR"u8.ToArray(),
        "BR"u8.ToArray(), "TC"u8.ToArray(), "QM"u8.ToArray(), "ES"u8.ToArray(), "IN"u8.ToArray(), "NL"u8.ToArray(), "IT"u8.ToArray(),
        "RU"u8.ToArray(),
    ];

    /// <summary>Tracks before this one.</summary>
    public long Number { get; private set; }

    /// <summary>The value of <c>id</c>.</summary>
    public Utf8Text Id { get; } = new();

    /// <summary>The value of <c>name</c>.</summary>
    public Utf8Text Name { get; } = new();

    /// <summary>Bytes of <see cref="Name"/> before its version.</summary>
    public int TitleBytes { get; private set; }

    /// <summary>Whether it has an ISRC, be it an empty one.</summary>
    public bool HasIsrc { get; private set; }

    /// <summary>The value of <c>external_id_isrc</c>.</summary>
    public Utf8Text Isrc { get; } = new();

    /// <summary>The value of <c>popularity</c>.</summary>
    public int Popularity { get; private set; }

    /// <summary>The value of <c>duration_ms</c>.</summary>
    public int DurationMs { get; private set; }

    /// <summary>The value of <c>explicit</c>.</summary>
    public bool Explicit { get; private set; }

    /// <summary>Row numbers, from 0, of its artists in the order of their credits.</summary>
    public List<int> Artists { get; } = [];

    /// <summary>The recording that it is: the same for its editions, be they mastered anew.</summary>
    public long Recording { get; private set; }

    /// <summary>The recording that was the first of the song.</summary>
    public long Song { get; private set; }

    /// <summary>What the recording is beside that one.</summary>
    public VersionKind Version { get; private set; }

    /// <summary>Becomes a track of an album.</summary>
    /// <param name="album">The album.</param>
    /// <param name="index">Its index on it, from 0.</param>
    public void Fill(DemoAlbum album, int index)
    {
        Number = album.FirstTrack + index;
        Ids.Make(Id, options.Seed, RowKind.TrackId, Number);
        var (release, indexThere) = album.OriginOf(index);
        Recording = release.FirstRecording + indexThere;
        var recording = new SplitMix(options.Seed, RowKind.Recording, Recording);
        var (songRelease, songIndex, version) = release.SongOf(indexThere, ref recording);
        Song = songRelease.FirstRecording + songIndex;
        Version = version;
        DurationMs = Versions.DurationOf(version, DurationOf(Song), ref recording);
        Explicit = recording.InThousand(90);
        MakeIsrc(ref recording, Recording);
        Popularity = PickPopularity(new SplitMix(options.Seed, RowKind.Track, Number));
        Credit(release, indexThere, ref recording);
        MakeName(release, songRelease, ref recording);
        if (album.RemasterYear > 0 && version is VersionKind.None or VersionKind.Live)
        {
            MakeRemaster(album.RemasterYear);
        }
    }

    private int DurationOf(long song)
    {
        var random = new SplitMix(options.Seed, RowKind.Title, -1 - song);
        return 30_000 + random.Below(180_000) + random.Below(180_000);
    }

    private void MakeName(DemoAlbum release, DemoAlbum songRelease, ref SplitMix recording)
    {
        names.MakeTitle(Name, options.Seed, Song, songRelease.Script);
        var guest = Artists.FindIndex(artist => !release.Artists.Contains(artist));
        if (guest > 0 && recording.InThousand(400))
        {
            _ = Name.Add(recording.InThousand(700) ? " (feat. "u8 : " (with "u8);
            names.AddArtist(Name, options.Seed, Artists[guest]);
            _ = Name.Add(")"u8);
        }

        TitleBytes = Name.Bytes.Length;
        var suffix = Versions.PickSuffix(Version, ref recording);
        var place = suffix.IndexOf((byte)'@');
        if (place < 0)
        {
            _ = Name.Add(suffix);
            return;
        }

        // A remixer, mostly with a credit; or whom the song is from.
        var isByAnybody = Version == VersionKind.Remix || songRelease.Artists.Count == 0;
        var named = isByAnybody ? recording.Below(options.Artists) : songRelease.Artists[0];
        if (Version == VersionKind.Remix && recording.InThousand(600) && !Artists.Contains(named))
        {
            Artists.Add(named);
        }

        _ = Name.Add(suffix[..place]);
        names.AddArtist(Name, options.Seed, named);
        _ = Name.Add(suffix[(place + 1)..]);
    }

    /// <summary>The same recording, mastered anew: not quite as long, and in four of ten cases with a code of its own.</summary>
    private void MakeRemaster(int year)
    {
        var random = new SplitMix(options.Seed, RowKind.Recording, -1 - Recording);
        DurationMs += random.Below(3_000) - 1_500;
        if (HasIsrc && random.InThousand(400))
        {
            MakeIsrc(ref random, Recording);
        }

        _ = random.Below(4) switch
        {
            0 => Name.Add(" - Remastered"u8),
            1 => Name.Add(" - "u8).Add(year).Add(" Remaster"u8),
            2 => Name.Add(" (Remastered "u8).Add(year).Add(")"u8),
            _ => Name.Add(" - Remastered "u8).Add(year),
        };
    }

    /// <summary>95 of 100 tracks are below 10 and fewer than one is at 30 or above, as in reality; so ties are the rule.</summary>
    private static int PickPopularity(SplitMix random)
    {
        var kind = random.Below(1000);
        if (kind >= 993)
        {
            var u = random.Below(1000);
            return 30 + (int)((long)u * u * u * 70 / 1_000_000_000);
        }

        return kind switch { < 700 => 0, < 952 => 1 + random.Below(9), _ => 10 + random.Below(20) };
    }

    private void MakeIsrc(ref SplitMix recording, long number)
    {
        _ = Isrc.Clear();
        HasIsrc = number % 1000 != 7 && !recording.InThousand(20);
        if (!HasIsrc || number % 1000 == 8 || recording.InThousand(2))
        {
            return;
        }

        _ = Isrc.Add(Countries[recording.Zipf(4) % Countries.Length])
            .AddRandom(ref recording, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8, 3)
            .AddRandom(ref recording, "0123456789"u8, 7);
        if (Number % 500 == 9)
        {
            LowerCase();
        }
    }

    private void LowerCase()
    {
        Span<byte> lower = stackalloc byte[12];
        _ = System.Text.Ascii.ToLower(Isrc.Bytes, lower, out var written);
        _ = Isrc.Clear().Add(lower[..written]);
    }

    private void Credit(DemoAlbum album, int index, ref SplitMix recording)
    {
        Artists.Clear();
        if (album.Compilation && album.Guests.Count > 0)
        {
            Artists.Add(album.Guests[index % album.Guests.Count]);
            return;
        }

        // Of a box by dozens of artists, the first track is by all of them, any other by one.
        if (album.Artists.Count > 3 && index > 0)
        {
            Artists.Add(album.Artists[index % album.Artists.Count]);
            return;
        }

        Artists.AddRange(album.Artists);
        for (var more = recording.Below(100) switch { < 84 => 0, < 94 => 1, < 98 => 2, _ => 4 }; more > 0 && album.Guests.Count > 0; more--)
        {
            var guest = album.Guests[recording.Below(album.Guests.Count)];
            if (!Artists.Contains(guest))
            {
                Artists.Add(guest);
            }
        }
    }
}
