using System.Collections.Concurrent;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Sqlite;
using ZstdSharp;

namespace MusicMetadata.Compact.Building;

/// <summary>
/// Compresses records on all processors while the caller reads the next ones, and adds them to the file in the order in which they came, so
/// that the file does not depend on the number of processors.
/// </summary>
internal sealed class RecordPipeline : IDisposable
{
    private const int BatchSize = 512;

    private readonly BuildFile _file;
    private readonly Table _table;
    private readonly ConcurrentBag<Compressor> _compressors = [];
    private readonly Func<Compressor> _create;
    private SealedRecord[] _filling = NewBatch();
    private SealedRecord[] _compressing = NewBatch();
    private int _count;
    private int _compressingCount;
    private Task _work = Task.CompletedTask;

    /// <summary>Begins to fill a table.</summary>
    public RecordPipeline(BuildFile file, Table table, int level, byte[] dictionary)
    {
        _file = file;
        _table = table;
        _create = () => Zstd.CreateCompressor(level, dictionary);
    }

    /// <summary>Adds what has been written as the record of a row; rows must ascend.</summary>
    public async ValueTask AddAsync(long key, RecordWriter record)
    {
        _filling[_count++].Take(key, record);
        if (_count == BatchSize)
        {
            await NextAsync();
        }
    }

    /// <summary>Adds what is left.</summary>
    public async Task FinishAsync()
    {
        await NextAsync();
        await NextAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A failure elsewhere may leave work under way, which uses the compressors.
        _work.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        while (_compressors.TryTake(out var compressor))
        {
            compressor.Dispose();
        }
    }

    private static SealedRecord[] NewBatch() => [.. Enumerable.Range(0, BatchSize).Select(_ => new SealedRecord())];

    private async Task NextAsync()
    {
        await _work;
        for (var i = 0; i < _compressingCount; i++)
        {
            _file.Insert(_table, _compressing[i].Key, _compressing[i].Blob);
        }

        (_filling, _compressing) = (_compressing, _filling);
        (_compressingCount, _count) = (_count, 0);
        var (batch, count) = (_compressing, _compressingCount);
        _work = Task.Run(() => Compress(batch, count));
    }

    private void Compress(SealedRecord[] batch, int count) => Parallel.For(
        0,
        count,
        () => _compressors.TryTake(out var compressor) ? compressor : _create(),
        (i, _, compressor) =>
        {
            batch[i].Seal(_table, compressor);
            return compressor;
        },
        _compressors.Add);
}
