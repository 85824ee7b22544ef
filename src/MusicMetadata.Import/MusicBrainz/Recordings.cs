using MusicMetadata.Catalog;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>
/// Brings tracks together with their recordings, sorted by recording, and gives them to the sorter that brings them together with their
/// releases.
/// </summary>
internal sealed class Recordings(Dump dump, LeftOut leftOut)
{
    private readonly RecordBuilder _record = new();
    private readonly RecordBuilder _isrcs = new();
    private readonly RecordBuilder _tracks = new();
    private int _recording = -1;
    private UInt128? _mbid;
    private int _length;
    private int _raters;

    private enum Part : byte
    {
        Recording,
        Raters,
        Isrc,
        Track,
    }

    /// <summary>How many tracks have been read.</summary>
    public long TrackCount { get; private set; }

    /// <summary>Reads tracks, and all that is known of their recordings.</summary>
    public void Read(RecordSorter sorter, Redirects redirects)
    {
        dump.ForEach(DumpTable.Recording, row =>
        {
            var (id, mbid) = (row.Id(0), row.MbidOf(1));
            redirects.Tell(DumpTable.RecordingRedirect, id, mbid);
            sorter.Add(Begin(id, Part.Recording).Add(mbid).Add(row.Id(4, fallback: 0)).Record);
        });
        dump.ForEach(DumpTable.RecordingMeta, row =>
        {
            if (row.Id(2, fallback: 0) is > 0 and var raters)
            {
                sorter.Add(Begin(row.Id(0), Part.Raters).Add(raters).Record);
            }
        });
        dump.ForEach(DumpTable.Isrc, row => sorter.Add(Begin(row.Id(1), Part.Isrc).Add(row.Id(0)).AddRest(row.Text(2)).Record));
        ReadTracks(sorter, redirects);
    }

    /// <summary>Gives all tracks on.</summary>
    public void Join(SortedRecords records, RecordSorter releases, IWorkProgress progress, CancellationToken cancellation)
    {
        using var stage = progress.Begin("Joining tracks and recordings", TrackCount);
        for (var joined = 0L; records.Read();)
        {
            var fields = new RecordFields(records.Current);
            var recording = fields.TakeNumber();
            if (recording != _recording)
            {
                GiveOn(releases);
                _recording = recording;
            }

            switch ((Part)fields.TakeByte())
            {
                case Part.Recording:
                    (_mbid, _length) = (fields.TakeMbid(), fields.TakeNumber());
                    break;
                case Part.Raters:
                    _raters = fields.TakeNumber();
                    break;
                case Part.Isrc:
                    _ = fields.TakeNumber();
                    _ = _isrcs.Add(fields.Rest);
                    break;
                default:
                    _ = _tracks.Add(fields.Rest);
                    if (++joined % 1024 == 0)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        stage.Advance(joined);
                    }

                    break;
            }
        }

        GiveOn(releases);
        stage.Advance(TrackCount);
    }

    private void ReadTracks(RecordSorter sorter, Redirects redirects)
    {
        // The release in the upper half, the position of the medium in the lower.
        var mediums = new IdTable<long>(DumpTable.Medium.Name);
        dump.ForEach(DumpTable.Medium, row => mediums[row.Id(0)] = ((long)row.Id(1) << 32) | (uint)row.Id(2));
        dump.ForEach(DumpTable.Track, row =>
        {
            var (id, mbid, medium) = (row.Id(0), row.MbidOf(1), mediums[row.Id(3)]);
            if (medium == 0)
            {
                leftOut.Add("tracks without a medium");
                return;
            }

            TrackCount++;
            redirects.Tell(DumpTable.TrackRedirect, id, mbid);
            sorter.Add(Begin(row.Id(2), Part.Track)
                .Add((int)(medium >> 32)).Add((int)medium).Add(row.Id(4)).Add(id)
                .Add(mbid).Add(row.Id(7)).Add(row.Id(8, fallback: 0)).AddRest(row.Text(6)).Record);
        });
    }

    /// <summary>Gives on the tracks of the recording that has been read to its end.</summary>
    private void GiveOn(RecordSorter releases)
    {
        var popularity = Popularity.Of(CountReleases() + _raters);
        for (var tracks = new RecordFields(_tracks.Record); !tracks.Rest.IsEmpty;)
        {
            var fields = new RecordFields(tracks.TakeText());
            _ = _record.Begin().Add(fields.TakeNumber()).AddByte((int)ReleasePart.Track)
                .Add(fields.TakeNumber()).Add(fields.TakeNumber()).Add(fields.TakeNumber())
                .Add(fields.TakeMbid()).Add(fields.TakeNumber());
            var length = fields.TakeNumber();
            _ = _record.Add(length > 0 ? length : _length).AddByte(popularity).AddByte(_mbid is null ? 0 : 1).Add(_mbid ?? default);
            releases.Add(_record.Add(_isrcs.Record).AddRest(fields.Rest).Record);
            if (_mbid is null)
            {
                leftOut.Add("recordings of tracks");
            }
        }

        (_mbid, _length, _raters) = (null, 0, 0);
        _ = _tracks.Begin();
        _ = _isrcs.Begin();
    }

    /// <summary>On how many releases the recording is: its tracks are sorted by release.</summary>
    private int CountReleases()
    {
        var (count, last) = (0, -1);
        for (var tracks = new RecordFields(_tracks.Record); !tracks.Rest.IsEmpty;)
        {
            var release = new RecordFields(tracks.TakeText()).TakeNumber();
            count += release == last ? 0 : 1;
            last = release;
        }

        return count;
    }

    private RecordBuilder Begin(int recording, Part part) => _record.Begin().Add(recording).AddByte((int)part);
}
