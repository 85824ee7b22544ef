using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>
/// The MBIDs of what was merged into something else. The dump tells the number of the row that it was merged into, the catalog its MBID.
/// </summary>
internal sealed class Redirects : IDisposable
{
    private const int Current = 0;
    private const int Old = 1;

    private static readonly DumpTable[] Tables =
        [DumpTable.ArtistRedirect, DumpTable.RecordingRedirect, DumpTable.ReleaseRedirect, DumpTable.TrackRedirect];

    private readonly RecordSorter _sorter;
    private readonly LeftOut _leftOut;
    private readonly RecordBuilder _record = new();
    private readonly IdTable<ulong>[] _targets = [.. Tables.Select(table => new IdTable<ulong>(table.Name))];

    /// <summary>Reads the old MBIDs.</summary>
    public Redirects(Dump dump, RecordSorter sorter, LeftOut leftOut)
    {
        _sorter = sorter;
        _leftOut = leftOut;
        for (var table = 0; table < Tables.Length; table++)
        {
            var (targets, kind) = (_targets[table], table);
            dump.ForEach(Tables[table], row =>
            {
                var id = row.Id(1);
                targets[id / 64] |= 1UL << (id % 64);
                _sorter.Add(_record.Begin().AddByte(kind).Add(id).AddByte(Old).Add(row.MbidOf(0)).Record);
            });
        }
    }

    /// <summary>Tells the MBID of a row, which something may have been merged into.</summary>
    /// <param name="table">The table of the redirects to such rows.</param>
    /// <param name="id">The row's number.</param>
    /// <param name="mbid">Its MBID.</param>
    public void Tell(DumpTable table, int id, UInt128 mbid)
    {
        var kind = Array.IndexOf(Tables, table);
        if ((_targets[kind][id / 64] & (1UL << (id % 64))) != 0)
        {
            _sorter.Add(_record.Begin().AddByte(kind).Add(id).AddByte(Current).Add(mbid).Record);
        }
    }

    /// <summary>Adds the rows of <c>musicbrainz_redirects</c>, when all rows have been told.</summary>
    public void Write(RowInsert insert)
    {
        Span<byte> id = stackalloc byte[Mbid.IdLength];
        var (target, has) = (-1L, false);
        using var records = _sorter.Sort();
        while (records.Read())
        {
            var fields = new RecordFields(records.Current);
            var key = ((long)fields.TakeByte() << 32) | (uint)fields.TakeNumber();
            has = has && key == target;
            target = key;
            var isCurrent = fields.TakeByte() == Current;
            Mbid.WriteId(fields.TakeMbid(), id);
            if (isCurrent)
            {
                has = true;
                insert.Bind(2, id);
            }
            else if (has)
            {
                insert.Bind(1, id);
                insert.Execute();
            }
            else
            {
                _leftOut.Add("redirects");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _sorter.Dispose();
}
