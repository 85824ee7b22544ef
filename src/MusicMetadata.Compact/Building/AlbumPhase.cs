using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;

namespace MusicMetadata.Compact.Building;

/// <summary>
/// Writes all albums with their tracks: one walk over the tracks in the order of their keys, on which each album is written when its first
/// track comes by. So rows ascend, and the source is read nearly as it lies in storage.
/// </summary>
internal sealed class AlbumPhase : IDisposable
{
    private const int TracksAtOnce = 1000;

    private readonly CatalogSource _source;
    private readonly BuildFile _file;
    private readonly RecordWriter _record;
    private readonly AlbumWriter _writer;
    private readonly RecordPipeline _pipeline;
    private readonly CatalogRecords _records = new();
    private readonly PairWriter _outside;
    private readonly Dictionary<Table, SortRuns> _sorts;
    private long _tracks;
    private long _albums;

    /// <summary>Begins.</summary>
    /// <param name="source">The catalog.</param>
    /// <param name="file">Takes the rows.</param>
    /// <param name="codes">Numbers of texts.</param>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="level">The level of compression.</param>
    /// <param name="sort">Makes what sorts for a table.</param>
    public AlbumPhase(CatalogSource source, BuildFile file, Codes codes, byte[] dictionary, int level, Func<Table, SortRuns> sort)
    {
        _source = source;
        _file = file;
        _record = new RecordWriter(codes);
        _writer = new AlbumWriter(_record);
        _pipeline = new RecordPipeline(file, CompactFormat.Albums, level, dictionary);
        _outside = new PairWriter(file, CompactFormat.OutsideTracks);
        _sorts = Tables.ToDictionary(table => table, sort);
    }

    /// <summary>The tables that are sorted from what is read here.</summary>
    public static Table[] Tables { get; } =
    [
        CompactFormat.TrackIds, CompactFormat.Isrcs, CompactFormat.AlbumIds, CompactFormat.AlbumRows,
        CompactFormat.TrackOrder, CompactFormat.AlbumOrder,
    ];

    /// <summary>Reads and writes all.</summary>
    /// <exception cref="OperatorException">The catalog has keys that this format cannot hold, or changes meanwhile.</exception>
    public async Task RunAsync(IWorkProgress progress, CancellationToken cancellation)
    {
        // Albums without tracks have the rows below 1, and must come first for rows to ascend.
        await WriteAlbumsWithoutTracksAsync(progress, cancellation);
        await WriteAlbumsAsync(progress, cancellation);
        await _pipeline.FinishAsync();
        _outside.Finish();
        foreach (var sort in _sorts.Values)
        {
            sort.Finish();
        }

        _file.SetMeta("tracks", FormattableString.Invariant($"{_tracks}"));
        _file.SetMeta("albums", FormattableString.Invariant($"{_albums}"));
    }

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();

    private async Task WriteAlbumsWithoutTracksAsync(IWorkProgress progress, CancellationToken cancellation)
    {
        var extent = await _source.MeasureAsync(Entity.Album);
        using var stage = progress.Begin("albums without tracks", extent.LastKey.IsNone ? 0 : extent.LastKey.Value);
        var found = new List<CatalogKey>();
        for (var after = CatalogKey.None; await _source.NextAlbumsAsync(after, TracksAtOnce) is { Length: > 0 } albums; after = albums[^1])
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var album in albums)
            {
                if (await _source.FindTracksAsync(album) == 0)
                {
                    found.Add(album);
                }
            }

            stage.Advance(albums[^1].Value);
        }

        for (var i = 0; i < found.Count; i++)
        {
            _ = await _source.FindTracksAsync(found[i]);
            await WriteAsync(i - found.Count, found[i]);
        }
    }

    private async Task WriteAlbumsAsync(IWorkProgress progress, CancellationToken cancellation)
    {
        var extent = await _source.MeasureAsync(Entity.Track);
        using var stage = progress.Begin("albums and tracks", extent.EstimatedCount);
        var (last, lastTracks) = (CatalogKey.None, Array.Empty<CatalogKey>());
        var read = 0L;
        var after = CatalogKey.None;
        while (await _source.TracksAfterAsync(after, TracksAtOnce) is { Length: > 0 } tracks)
        {
            after = tracks[^1].Track;
            cancellation.ThrowIfCancellationRequested();
            foreach (var (track, album) in tracks)
            {
                if (track.Value <= 0)
                {
                    throw new OperatorException(
                        $"The catalog has a track with rowid {track.Value}; a compact catalog can hold those from 1 on.");
                }

                if (album == last && Array.BinarySearch(lastTracks, track) >= 0)
                {
                    continue;
                }

                var row = await _source.FindTracksAsync(album);
                if (row == track.Value)
                {
                    await WriteAsync(row, album);
                    (last, lastTracks) = (album, _source.Tracks.ToArray());
                }
                else if (row > 0 && row < track.Value)
                {
                    _outside.Add(track.Value, row);
                }
                else
                {
                    throw new OperatorException(
                        $"Track {track.Value} and its album {album.Value} do not name each other: the catalog changed while it was "
                            + "read, or an index of it is damaged.");
                }
            }

            stage.Advance(read += tracks.Length);
        }
    }

    /// <summary>Writes an album whose tracks have been looked for.</summary>
    private async Task WriteAsync(long row, CatalogKey album)
    {
        await _source.ReadAlbumAsync(album, _records);
        _writer.Write(row, album, _records);
        Sort(row, album);
        await _pipeline.AddAsync(row, _record);
    }

    private void Sort(long row, CatalogKey key)
    {
        foreach (ref readonly var track in _records.Tracks)
        {
            _sorts[CompactFormat.TrackIds].Add(KeyHash.Of(_records.Text(track.Id)), track.Key.Value);
            _sorts[CompactFormat.TrackOrder].Add(OrderKey.Descending(track.Popularity), ~track.Key.Value);
            if (!track.Isrc.IsEmpty)
            {
                _sorts[CompactFormat.Isrcs].Add(KeyHash.Of(_records.Text(track.Isrc)), track.Key.Value);
            }
        }

        _tracks += _records.Tracks.Length;
        if (_records.IndexOfAlbum(key) is var album and >= 0)
        {
            _sorts[CompactFormat.AlbumIds].Add(KeyHash.Of(_records.Text(_records.Albums[album].Id)), row);
            _sorts[CompactFormat.AlbumOrder].Add(OrderKey.Descending(_records.Albums[album].Popularity), ~key.Value);
            _sorts[CompactFormat.AlbumRows].Add(OrderKey.Ascending(key.Value), row);
            _albums++;
        }
    }
}

/// <summary>Numbers of either sign as numbers without one, in the same order or the opposite.</summary>
internal static class OrderKey
{
    /// <summary>The higher the number, the higher.</summary>
    public static ulong Ascending(long number) => (ulong)number ^ (1UL << 63);

    /// <summary>The higher the number, the lower.</summary>
    public static ulong Descending(long number) => ~Ascending(number);

    /// <summary>The number of what <see cref="Ascending"/> made.</summary>
    public static long Number(ulong ascending) => (long)(ascending ^ (1UL << 63));
}
