using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>The rows of <c>artists</c> and <c>artist_genres</c>. A row has the artist's number in the dump.</summary>
internal sealed class ArtistRows
{
    private const int Artist = 0;
    private const int Genre = 1;

    private readonly RecordSorter _sorter;
    private readonly LeftOut _leftOut;
    private readonly RecordBuilder _record = new();
    private readonly IdTable<bool> _has = new(DumpTable.Artist.Name);
    private readonly IdTable<int> _followers = new(DumpTable.Artist.Name);
    private long _count;

    /// <summary>Reads the artists.</summary>
    public ArtistRows(Dump dump, RecordSorter sorter, Redirects redirects, LeftOut leftOut)
    {
        _sorter = sorter;
        _leftOut = leftOut;
        dump.ForEach(DumpTable.Artist, row =>
        {
            var (id, mbid) = (row.Id(0), row.MbidOf(1));
            _has[id] = true;
            _count++;
            redirects.Tell(DumpTable.ArtistRedirect, id, mbid);
            _sorter.Add(_record.Begin().Add(id).AddByte(Artist).Add(mbid).AddRest(row.Text(2)).Record);
        });
        dump.ForEach(DumpTable.ArtistMeta, row => _followers[row.Id(0)] += row.Id(2, fallback: 0));
        ReadGenres(dump);
    }

    /// <summary>Whether the dump has an artist.</summary>
    public bool Has(int artist) => _has[artist];

    /// <summary>Counts a release that credits an artist, which stands for a follower.</summary>
    public void CountRelease(int artist) => _followers[artist]++;

    /// <summary>Adds the rows.</summary>
    public void Write(CatalogFile file, long fetchedAt, IWorkProgress progress, CancellationToken cancellation)
    {
        Span<byte> id = stackalloc byte[Mbid.IdLength];
        var artists = file.Insert("artists");
        var genres = file.Insert("artist_genres");
        artists.Bind(3, fetchedAt);
        using var stage = progress.Begin("Writing artists", _count);
        using var records = _sorter.Sort();
        for (var written = 0L; records.Read();)
        {
            var fields = new RecordFields(records.Current);
            var artist = fields.TakeNumber();
            if (fields.TakeByte() == Artist)
            {
                Mbid.WriteId(fields.TakeMbid(), id);
                artists.Bind(1, artist);
                artists.Bind(2, id);
                artists.Bind(4, fields.Rest);
                artists.Bind(5, _followers[artist]);
                artists.Bind(6, Popularity.Of(_followers[artist]));
                artists.Execute();
                if (++written % 1024 == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    stage.Advance(written);
                }
            }
            else
            {
                _ = fields.TakeNumber();
                genres.Bind(1, artist);
                genres.Bind(2, fields.Rest);
                genres.Execute();
            }
        }

        stage.Advance(_count);
    }

    /// <summary>
    /// Tags that are names of genres, the one that most people gave first; those that more people deny than give are none.
    /// </summary>
    private void ReadGenres(Dump dump)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        dump.ForEach(DumpTable.Genre, row => names.Add(Encoding.UTF8.GetString(row.Text(2))));
        var genres = new Dictionary<int, byte[]>();
        dump.ForEach(DumpTable.Tag, row =>
        {
            var name = row.Text(1);
            if (names.Contains(Encoding.UTF8.GetString(name)))
            {
                genres[row.Id(0)] = name.ToArray();
            }
        });
        dump.ForEach(DumpTable.ArtistTag, row =>
        {
            var (artist, count) = (row.Id(0), row.Number(2));
            if (count <= 0 || !genres.TryGetValue(row.Id(1), out var genre))
            {
                return;
            }

            if (Has(artist))
            {
                _sorter.Add(_record.Begin().Add(artist).AddByte(Genre).Add((int)(int.MaxValue - Math.Min(count, int.MaxValue)))
                    .AddRest(genre).Record);
            }
            else
            {
                _leftOut.Add("genres of artists");
            }
        });
    }
}
