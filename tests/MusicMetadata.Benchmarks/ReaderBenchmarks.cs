using BenchmarkDotNet.Attributes;
using MusicMetadata.Catalog;
using MusicMetadata.Server.Api;
using MusicMetadata.Server.Api.Native;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Benchmarks;

/// <summary>
/// Reading and encoding single entities without HTTP. The catalog is the one that METADATA_API_BENCH_DB names; make one with
/// <c>metadata-api demo</c>.
/// </summary>
[MemoryDiagnoser]
public class ReaderBenchmarks
{
    private SqliteCatalog _store = null!;
    private ICatalogReader _reader = null!;
    private Samples _samples = null!;
    private int _next;

    [GlobalSetup]
    public void Open()
    {
        var database = Environment.GetEnvironmentVariable("METADATA_API_BENCH_DB") ?? throw new InvalidOperationException(
            "Name a catalog in METADATA_API_BENCH_DB.");
        _samples = Samples.Read(database, 10_000);
        _store = SqliteCatalog.Open(new StoreOptions { Database = database, Readers = 1 });
        _reader = _store.RentReaderAsync(ReaderPurpose.Lookup, Deadline.Never()).AsTask().GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void Close()
    {
        _reader.Dispose();
        _store.Dispose();
    }

    [Benchmark]
    public Task<int> Track() => LookUpAsync(Entity.Track, _samples.Tracks);

    [Benchmark]
    public Task<int> Album() => LookUpAsync(Entity.Album, _samples.Albums);

    [Benchmark]
    public Task<int> Artist() => LookUpAsync(Entity.Artist, _samples.Artists);

    [Benchmark]
    public async Task<bool> FindTrack()
    {
        using var body = JsonBody.Rent();
        body.Ids[0] = _samples.Tracks[_next++ % _samples.Tracks.Length];
        await _reader.FindAsync(Entity.Track, body.Ids, body.Keys);
        return body.Keys[0].IsNone;
    }

    private async Task<int> LookUpAsync(Entity entity, string[] ids)
    {
        using var body = JsonBody.Rent();
        body.Ids[0] = ids[_next++ % ids.Length];
        await _reader.FindAsync(entity, body.Ids, body.Keys);
        await _reader.ReadAsync(entity, body.Keys, withAlbums: true, body.Records);
        return new NativeEncoder(body).TryWrite(entity, body.Keys[0])
            ? body.Json.Length
            : throw new InvalidOperationException("A sampled id was not found.");
    }
}
