using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact.Reading;

/// <summary>Reads artists that have records of their own, which all of them have.</summary>
internal sealed class ArtistTable
{
    private readonly BlobTable _artists;
    private readonly RecordContent _content;
    private readonly RecordLists _lists = new();
    private CatalogKey _last = CatalogKey.None;
    private ArtistFields _fields;

    /// <summary>Prepares its statements.</summary>
    /// <exception cref="SqliteException">The table is missing.</exception>
    public ArtistTable(Connection connection, CompactFile file)
    {
        _artists = new BlobTable(connection, CompactFormat.Artists);
        _content = new RecordContent(Zstd.CreateDecompressor(file.Dictionary), file.Codes);
    }

    /// <summary>Adds an artist to records, unless it does not exist.</summary>
    public void Read(CatalogKey key, CatalogRecords records)
    {
        if (!Find(key))
        {
            return;
        }

        try
        {
            _fields.AddTo(records, key, _content, _lists);
        }
        catch (InvalidDataException e)
        {
            throw _artists.Damaged(key.Value, e);
        }
    }

    /// <summary>Whether an artist exists and has an id.</summary>
    /// <param name="key">The artist.</param>
    /// <param name="id">The id.</param>
    /// <param name="code">The same as <see cref="IdCode"/> writes it; empty when it does not.</param>
    public bool HasId(CatalogKey key, ReadOnlySpan<byte> id, ReadOnlySpan<byte> code) => Find(key) && _fields.Id.Is(_content, id, code);

    /// <summary>Shows the name of an artist; true when there is no such artist.</summary>
    public bool Visit(CatalogKey key, NameVisitor visit) => !Find(key) || visit(key, _content[_fields.Name]);

    /// <summary>Reads the record of a row that a scan came by.</summary>
    public void Load(long key, ReadOnlySpan<byte> blob)
    {
        _last = CatalogKey.None;
        _lists.Clear();
        var cursor = _content.Load(CompactFormat.Artists, key, blob);
        var urls = default(UrlReader);
        _fields = ArtistFields.Read(ref cursor, ref urls, _lists);
        cursor.End();
        _last = new CatalogKey(key);
    }

    private bool Find(CatalogKey key) =>
        _last == key || _artists.Find(key.Value, this, static (row, blob, table) => table.Load(row, blob));
}
