using MusicMetadata.Catalog;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>Makes the rows of the main database of a dump.</summary>
/// <param name="dump">The dump.</param>
/// <param name="folder">Where files may lie meanwhile.</param>
/// <param name="memory">How many bytes sorting may use.</param>
/// <param name="progress">Is told how far it has got.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class CatalogRows(Dump dump, string folder, long memory, IWorkProgress progress, CancellationToken cancellation)
{
    /// <summary>The only row of <c>available_markets</c>, which is empty: MusicBrainz does not know where something may be sold.</summary>
    public const int MarketsRowid = 1;

    /// <summary>What was left out.</summary>
    public LeftOut LeftOut { get; } = new();

    /// <summary>How many tracks have been written.</summary>
    public long Tracks { get; private set; }

    /// <summary>Adds all rows.</summary>
    public void Write(CatalogFile file)
    {
        var fetchedAt = dump.Time.ToUnixTimeMilliseconds();
        var markets = file.Insert("available_markets");
        markets.Bind(1, MarketsRowid);
        markets.Bind(2, ""u8);
        markets.Execute();

        using var redirects = new Redirects(dump, Sorter("redirects", memory / 16), LeftOut);
        using var releases = Sorter("releases", memory * 7 / 16);
        var groups = new ReleaseGroups(dump);
        var credits = WriteArtists(file, fetchedAt, groups, releases, redirects);
        var labels = new Dictionary<int, byte[]>();
        dump.ForEach(DumpTable.Label, row => labels[row.Id(0)] = row.Text(2).ToArray());

        var recordings = new Recordings(dump, LeftOut);
        JoinRecordings(recordings, releases, redirects);
        using (var records = releases.Sort())
        {
            var tracks = new TrackRows(file, fetchedAt);
            new AlbumRows(file, groups, credits, labels, LeftOut)
                .Write(records, tracks, fetchedAt, recordings.TrackCount, progress, cancellation);
            Tracks = tracks.Count;
        }

        redirects.Write(file.Insert("musicbrainz_redirects"));
    }

    /// <summary>Artists are written when releases have been counted for them.</summary>
    private ArtistCredits WriteArtists(CatalogFile file, long fetchedAt, ReleaseGroups groups, RecordSorter releases, Redirects redirects)
    {
        using var sorter = Sorter("artists", memory / 2);
        var artists = new ArtistRows(dump, sorter, redirects, LeftOut);
        var credits = new ArtistCredits(dump, artists, LeftOut);
        new Releases(dump, releases).Read(groups, credits, artists, redirects);
        artists.Write(file, fetchedAt, progress, cancellation);
        return credits;
    }

    private void JoinRecordings(Recordings recordings, RecordSorter releases, Redirects redirects)
    {
        using var sorter = Sorter("recordings", memory / 2);
        recordings.Read(sorter, redirects);
        using var records = sorter.Sort();
        recordings.Join(records, releases, progress, cancellation);
    }

    private RecordSorter Sorter(string name, long bytes) => new(Path.Combine(folder, name), bytes);
}
