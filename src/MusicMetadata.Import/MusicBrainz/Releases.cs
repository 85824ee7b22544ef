namespace MusicMetadata.Import.MusicBrainz;

/// <summary>What a record that is sorted by releases holds, in the order in which it is wanted for each release.</summary>
internal enum ReleasePart : byte
{
    Release,
    Date,
    Label,
    Cover,
    Track,
}

/// <summary>Gives the releases, and what belongs to each, to the sorter that brings both together.</summary>
/// <param name="dump">The dump.</param>
/// <param name="sorter">Sorts by release.</param>
internal sealed class Releases(Dump dump, RecordSorter sorter)
{
    /// <summary>The type of an image that shows the front; MusicBrainz has never changed its number.</summary>
    private const int FrontType = 1;

    private readonly RecordBuilder _record = new();

    /// <summary>Reads all.</summary>
    public void Read(ReleaseGroups groups, ArtistCredits credits, ArtistRows artists, Redirects redirects)
    {
        var distinct = new HashSet<int>();
        dump.ForEach(DumpTable.Release, row =>
        {
            var (id, mbid, credit, group) = (row.Id(0), row.MbidOf(1), row.Id(3), row.Id(4));
            redirects.Tell(DumpTable.ReleaseRedirect, id, mbid);
            groups.CountRelease(group);
            distinct.Clear();
            foreach (var artist in credits.Of(credit))
            {
                if (distinct.Add(artist))
                {
                    artists.CountRelease(artist);
                }
            }

            sorter.Add(Begin(id, ReleasePart.Release).Add(mbid).Add(group).Add(credit).Add(row.Text(9)).AddRest(row.Text(2)).Record);
        });
        dump.ForEach(DumpTable.ReleaseCountry, row => AddDate(row, yearColumn: 2));
        dump.ForEach(DumpTable.ReleaseUnknownCountry, row => AddDate(row, yearColumn: 1));
        dump.ForEach(DumpTable.ReleaseLabel, row =>
        {
            if (row.Id(2, fallback: 0) is > 0 and var label)
            {
                sorter.Add(Begin(row.Id(1), ReleasePart.Label).Add(row.Id(0)).Add(label).Record);
            }
        });
        ReadCovers();
    }

    private void AddDate(CopyReader row, int yearColumn)
    {
        if (ReleaseDate.Read(row, yearColumn) is { Year: > 0 } date)
        {
            sorter.Add(Begin(row.Id(0), ReleasePart.Date).Add(date.Year).AddByte(date.Month).AddByte(date.Day).Record);
        }
    }

    private void ReadCovers()
    {
        var fronts = new List<long>();
        dump.ForEach(DumpTable.CoverArtType, row =>
        {
            if (row.Id(1) == FrontType)
            {
                fronts.Add(row.Number(0));
            }
        });
        fronts.Sort();
        dump.ForEach(DumpTable.CoverArtImage, row =>
        {
            if (row.Number(0) is var image && fronts.BinarySearch(image) >= 0)
            {
                sorter.Add(Begin(row.Id(1), ReleasePart.Cover).Add(row.Id(4)).Add(image).Record);
            }
        });
    }

    private RecordBuilder Begin(int release, ReleasePart part) => _record.Begin().Add(release).AddByte((int)part);
}
