using Microsoft.Data.Sqlite;
using MusicMetadata.Search.Postings;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search.Building;

/// <summary>Writes one table's part of an index file, each of its tables from the lowest key to the highest.</summary>
internal sealed class IndexWriter : IDisposable
{
    private readonly RowInsert _insertRows;
    private readonly RowInsert _insertNGram;
    private readonly RowInsert _insertBlock;
    private readonly BitWriter _bits = new();
    private readonly long[] _keys = new long[KeyBlock.Size];
    private readonly uint[] _ordinals = new uint[PostingBlock.MaxOrdinals];
    private uint _rows;
    private long _list;
    private int _ordinalsInBlock;
    private bool _isSingle;

    /// <summary>Creates the tables.</summary>
    public IndexWriter(SqliteConnection index, IndexTable table)
    {
        index.Execute(IndexSchema.Create(table));
        _insertRows = new RowInsert(index, $"INSERT INTO {table.Name}_rows (block, rowids) VALUES (?1, ?2)");
        _insertNGram = new RowInsert(index, $"INSERT INTO {table.Name}_grams (gram, ranks, start, chunk) VALUES (?1, ?2, ?3, ?4)");
        _insertBlock = new RowInsert(index, $"INSERT INTO {table.Name}_postings (place, chunk) VALUES (?1, ?2)");
    }

    /// <summary>Adds the row of the next ordinal; returns the ordinal.</summary>
    public uint AddRow(long key)
    {
        _keys[_rows % KeyBlock.Size] = key;
        _rows++;
        if (_rows % KeyBlock.Size == 0)
        {
            WriteRows(KeyBlock.Size);
        }

        return _rows - 1;
    }

    /// <summary>Says that all rows have been added.</summary>
    public void EndRows()
    {
        if (_rows % KeyBlock.Size != 0)
        {
            WriteRows((int)(_rows % KeyBlock.Size));
        }
    }

    /// <summary>Begins the next n-gram's list; n-grams must ascend.</summary>
    /// <param name="ngram">The n-gram.</param>
    /// <param name="ordinals">How many ordinals will be added.</param>
    public void BeginList(long ngram, long ordinals)
    {
        _insertNGram.Bind(1, ngram);
        _insertNGram.Bind(2, ordinals);
        _isSingle = ordinals <= _ordinals.Length;
        if (!_isSingle)
        {
            _list++;
            _insertNGram.Bind(3, _list);
            _insertNGram.BindNull(4);
            _insertNGram.Execute();
        }
    }

    /// <summary>Adds an ordinal to the list; ordinals must ascend.</summary>
    public void AddOrdinal(uint ordinal)
    {
        if (_ordinalsInBlock == _ordinals.Length)
        {
            WriteBlock();
        }

        _ordinals[_ordinalsInBlock++] = ordinal;
    }

    /// <summary>Says that all ordinals of the list have been added.</summary>
    public void EndList() => WriteBlock();

    private void WriteBlock()
    {
        var block = PostingBlock.Encode(_ordinals.AsSpan(0, _ordinalsInBlock), _bits);
        if (_isSingle)
        {
            _insertNGram.Bind(3, _ordinals[0]);
            _insertNGram.BindBlob(4, block);
            _insertNGram.Execute();
        }
        else
        {
            _insertBlock.Bind(1, IndexSchema.BlockKey(_list, _ordinals[0]));
            _insertBlock.BindBlob(2, block);
            _insertBlock.Execute();
        }

        _ordinalsInBlock = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insertRows.Dispose();
        _insertNGram.Dispose();
        _insertBlock.Dispose();
    }

    private void WriteRows(int count)
    {
        _insertRows.Bind(1, (_rows - 1) / KeyBlock.Size);
        _insertRows.BindBlob(2, KeyBlock.Encode(_keys.AsSpan(0, count), _bits));
        _insertRows.Execute();
    }
}
