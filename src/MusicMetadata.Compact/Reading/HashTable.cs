using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Reading;

/// <summary>Finds keys by the hash of a text.</summary>
/// <param name="connection">The catalog.</param>
/// <param name="table">Where the buckets are.</param>
/// <param name="buckets">How it is divided.</param>
internal sealed class HashTable(Connection connection, Table table, HashBuckets buckets)
{
    private readonly BlobTable _rows = new(connection, table);
    private readonly List<long> _keys = [];

    /// <summary>The keys of what may have a text: all that have it, and some that have not. Valid until the next call.</summary>
    public List<long> Find(ReadOnlySpan<byte> text)
    {
        _keys.Clear();
        var (bucket, tag) = buckets.Locate(KeyHash.Of(text));
        _ = _rows.Find(bucket, (Tag: tag, Buckets: buckets, Keys: _keys, _rows.Table), static (key, blob, sought) =>
            sought.Buckets.Find(Checksum.Verify(sought.Table, key, blob), sought.Tag, sought.Keys));
        return _keys;
    }
}
