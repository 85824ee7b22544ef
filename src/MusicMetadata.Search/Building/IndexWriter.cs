using MusicMetadata.Search.Postings;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search.Building;

/// <summary>Writes one table's part of an index file, each of its tables from the lowest key to the highest.</summary>
internal sealed class IndexWriter : IDisposable
{
    private readonly Statement _insertRows;
    private readonly Statement _insertGram;
    private readonly Statement _insertChunk;
    private readonly BitWriter _bits = new();
    private readonly long[] _rowids = new long[RowBlock.Ranks];
    private readonly uint[] _ranks = new uint[PostingChunk.MostRanks];
    private uint _rows;
    private long _list;
    private int _ranksInChunk;
    private bool _isSingle;

    /// <summary>Creates the tables.</summary>
    public IndexWriter(Connection index, SourceTable table)
    {
        index.Execute(IndexSchema.Create(table));
        _insertRows = index.Prepare($"INSERT INTO {table.Name}_rows (block, rowids) VALUES (?1, ?2)");
        _insertGram = index.Prepare($"INSERT INTO {table.Name}_grams (gram, ranks, start, chunk) VALUES (?1, ?2, ?3, ?4)");
        _insertChunk = index.Prepare($"INSERT INTO {table.Name}_postings (place, chunk) VALUES (?1, ?2)");
    }

    /// <summary>Adds the row of the next rank; returns the rank.</summary>
    public uint AddRow(long rowid)
    {
        _rowids[_rows % RowBlock.Ranks] = rowid;
        _rows++;
        if (_rows % RowBlock.Ranks == 0)
        {
            WriteRows(RowBlock.Ranks);
        }

        return _rows - 1;
    }

    /// <summary>Says that all rows have been added.</summary>
    public void EndRows()
    {
        if (_rows % RowBlock.Ranks != 0)
        {
            WriteRows((int)(_rows % RowBlock.Ranks));
        }
    }

    /// <summary>Begins the next gram's list; grams must ascend.</summary>
    /// <param name="gram">The gram.</param>
    /// <param name="ranks">How many ranks will be added.</param>
    public void BeginList(long gram, long ranks)
    {
        _insertGram.Bind(1, gram);
        _insertGram.Bind(2, ranks);
        _isSingle = ranks <= _ranks.Length;
        if (!_isSingle)
        {
            _list++;
            _insertGram.Bind(3, _list);
            _insertGram.BindNull(4);
            _insertGram.Execute();
        }
    }

    /// <summary>Adds a rank to the list; ranks must ascend.</summary>
    public void AddRank(uint rank)
    {
        if (_ranksInChunk == _ranks.Length)
        {
            WriteChunk();
        }

        _ranks[_ranksInChunk++] = rank;
    }

    /// <summary>Says that all ranks of the list have been added.</summary>
    public void EndList() => WriteChunk();

    private void WriteChunk()
    {
        var chunk = PostingChunk.Encode(_ranks.AsSpan(0, _ranksInChunk), _bits);
        if (_isSingle)
        {
            _insertGram.Bind(3, _ranks[0]);
            _insertGram.BindBlob(4, chunk);
            _insertGram.Execute();
        }
        else
        {
            _insertChunk.Bind(1, IndexSchema.Place(_list, _ranks[0]));
            _insertChunk.BindBlob(2, chunk);
            _insertChunk.Execute();
        }

        _ranksInChunk = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insertRows.Dispose();
        _insertGram.Dispose();
        _insertChunk.Dispose();
    }

    private void WriteRows(int count)
    {
        _insertRows.Bind(1, (_rows - 1) / RowBlock.Ranks);
        _insertRows.BindBlob(2, RowBlock.Encode(_rowids.AsSpan(0, count), _bits));
        _insertRows.Execute();
    }
}
