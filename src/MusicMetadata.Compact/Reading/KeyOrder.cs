using MusicMetadata.Catalog;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Reading;

/// <summary>Reads all keys of an entity in the order of search results.</summary>
/// <param name="connection">The catalog.</param>
/// <param name="table">Where the order is.</param>
internal sealed class KeyOrder(Connection connection, Table table)
{
    private readonly BlobTable _blocks = new(connection, table);
    private readonly List<long> _keys = [];

    /// <summary>Shows all keys, until one is enough.</summary>
    public void Visit(Func<CatalogKey, bool> visit)
    {
        for (var block = 0L; ; block++)
        {
            _keys.Clear();
            if (!_blocks.Find(block, (Keys: _keys, Table: table), static (row, blob, state) =>
                KeyList.ReadKeys(Checksum.Verify(state.Table, row, blob), state.Keys)))
            {
                return;
            }

            foreach (var key in _keys)
            {
                if (!visit(new CatalogKey(key)))
                {
                    return;
                }
            }
        }
    }
}
