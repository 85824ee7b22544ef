using MusicMetadata.Compact.Coding;

namespace MusicMetadata.Compact.Building;

/// <summary>Fills a table of blocks of pairs; keys must ascend.</summary>
/// <param name="file">Takes the rows.</param>
/// <param name="table">The table.</param>
internal sealed class PairWriter(BuildFile file, Table table)
{
    private readonly (long Key, long Row)[] _pairs = new (long, long)[KeyList.PairsInBlock];
    private readonly ByteBuffer _blob = new();
    private int _count;

    /// <summary>Adds a pair.</summary>
    public void Add(long key, long row)
    {
        _pairs[_count++] = (key, row);
        if (_count == _pairs.Length)
        {
            Write();
        }
    }

    /// <summary>Writes what is left.</summary>
    public void Finish()
    {
        if (_count > 0)
        {
            Write();
        }
    }

    private void Write()
    {
        _blob.Clear();
        _ = _blob.Add(Checksum.Size);
        KeyList.AddPairs(_blob, _pairs.AsSpan(0, _count));
        file.Seal(table, _pairs[0].Key, _blob);
        _count = 0;
    }
}
