using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using MusicMetadata.Catalog;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Benchmarks;

/// <summary>
/// Reading and writing single entities without HTTP. The catalog is the one that METADATA_API_BENCH_DB names; make one with
/// <c>metadata-api demo</c>.
/// </summary>
[MemoryDiagnoser]
public class ReaderBenchmarks
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);
    private SqliteCatalog _store = null!;
    private ICatalogReader _reader = null!;
    private Utf8JsonWriter _json = null!;
    private Samples _samples = null!;
    private int _next;

    [GlobalSetup]
    public void Open()
    {
        var database = Environment.GetEnvironmentVariable("METADATA_API_BENCH_DB") ?? throw new InvalidOperationException("Name a catalog in METADATA_API_BENCH_DB.");
        _samples = Samples.Read(database, 10_000);
        _store = SqliteCatalog.Open(new StoreOptions { Database = database, Readers = 1, QueryTime = TimeSpan.FromHours(1) });
        _reader = _store.RentAsync(ReaderWork.Lookup, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        _json = new Utf8JsonWriter(_buffer, CatalogJson.WriterOptions);
    }

    [GlobalCleanup]
    public void Close()
    {
        _reader.Dispose();
        _store.Dispose();
    }

    [Benchmark]
    public int Track() => Write(Entity.Track, _samples.Tracks);

    [Benchmark]
    public int Album() => Write(Entity.Album, _samples.Albums);

    [Benchmark]
    public int Artist() => Write(Entity.Artist, _samples.Artists);

    [Benchmark]
    public bool FindTrack() => _reader.TryFind(Entity.Track, _samples.Tracks[_next++ % _samples.Tracks.Length], out _);

    private int Write(Entity entity, string[] ids)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        if (!_reader.TryFind(entity, ids[_next++ % ids.Length], out var rowid) || !_reader.Write(entity, _json, rowid))
        {
            throw new InvalidOperationException("A sampled id was not found.");
        }

        _json.Flush();
        return _buffer.WrittenCount;
    }
}
