using Microsoft.Data.Sqlite;
using MusicMetadata.Search.Blocks;
using MusicMetadata.Sqlite;
using ZstdSharp;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Writes the rows of <c>artist_blocks</c>. The first blocks are kept until there are enough of them to make the dictionary from with
/// which all are compressed: artists are sorted by a hash, so the first are like all others.
/// </summary>
/// <param name="index">The index file.</param>
internal sealed class ArtistBlockWriter(SqliteConnection index) : IDisposable
{
    private const int Samples = 3000;
    private const int DictionarySize = 32 * 1024;

    /// <summary>Blocks are written once and read for years.</summary>
    private const int Level = 19;

    private readonly RowInsert _insert = new(index, "INSERT INTO artist_blocks (key, block) VALUES (?1, ?2)");
    private readonly List<(long Key, byte[] Hashes, byte[] Fields)> _first = [];
    private readonly ByteWriter _row = new();
    private Compressor? _compressor;

    /// <summary>Adds a block, and empties the encoder.</summary>
    public void Add(long key, ArtistBlockEncoder block)
    {
        block.Finish(out var hashes, out var fields);
        if (_compressor is not null)
        {
            Write(_compressor, key, hashes, fields);
            return;
        }

        _first.Add((key, hashes.ToArray(), fields.ToArray()));
        if (_first.Count == Samples)
        {
            WriteFirst();
        }
    }

    /// <summary>Writes what has been kept.</summary>
    public void Finish()
    {
        if (_compressor is null)
        {
            WriteFirst();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _compressor?.Dispose();
        _insert.Dispose();
    }

    private void WriteFirst()
    {
        var dictionary = Zstd.TrainDictionary(_first.ConvertAll(block => block.Fields), DictionarySize);
        using (var insert = new RowInsert(index, "INSERT INTO block_dictionary (dictionary) VALUES (?1)"))
        {
            insert.BindBlob(1, dictionary);
            insert.Execute();
        }

        _compressor = Zstd.CreateCompressor(Level, dictionary);
        foreach (var (key, hashes, fields) in _first)
        {
            Write(_compressor, key, hashes, fields);
        }

        _first.Clear();
    }

    private void Write(Compressor compressor, long key, ReadOnlySpan<byte> hashes, ReadOnlySpan<byte> fields)
    {
        _row.Clear();
        _row.WriteNumber((ulong)hashes.Length);
        _row.WriteNumber((ulong)fields.Length);
        _row.WriteBytes(hashes);
        _row.WriteBytes(compressor.Wrap(fields));
        _insert.Bind(1, key);
        _insert.BindBlob(2, _row.Written);
        _insert.Execute();
    }
}
