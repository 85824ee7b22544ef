using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Compact.Building;

/// <summary>Asks a compact catalog and its source for everything that there is, and compares the answers.</summary>
/// <param name="source">Reads the source.</param>
/// <param name="compact">Reads the compact catalog.</param>
/// <param name="progress">Is told how far it has got.</param>
public sealed class CompactVerifier(ICatalogReader source, ICatalogReader compact, IWorkProgress progress)
{
    /// <summary>After so many differences nobody wants to know more.</summary>
    public const int MaxDifferences = 20;

    private const int AtOnce = 200;

    private readonly List<string> _differences = [];
    private readonly CatalogRecords _scanned = new();
    private readonly CatalogRecords _expected = new();
    private readonly CatalogRecords _found = new();

    /// <summary>Compares all: every id, ISRC, album and record, and the orders of search results.</summary>
    /// <returns>What differs, each as one sentence; empty when nothing does.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellation)
    {
        foreach (var entity in Enum.GetValues<Entity>())
        {
            await CompareRecordsAsync(entity, cancellation);
            await CompareOrderAsync(entity, cancellation);
        }

        return _differences;
    }

    private async Task CompareRecordsAsync(Entity entity, CancellationToken cancellation)
    {
        var extent = await source.MeasureAsync(entity);
        using var stage = progress.Begin($"comparing {entity.ToString().ToLowerInvariant()}s", extent.EstimatedCount);
        var count = 0L;
        var last = CatalogKey.None;
        while (await ScanAsync(source, entity, last) is { Length: > 0 } keys)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_differences.Count >= MaxDifferences)
            {
                return;
            }

            var others = await ScanAsync(compact, entity, last);

            // Stores may add fewer than they were asked for, so only what both have read is compared here.
            var common = Math.Min(keys.Length, others.Length);
            if (common == 0 || !keys.AsSpan(0, common).SequenceEqual(others.AsSpan(0, common)))
            {
                _differences.Add($"The {entity.ToString().ToLowerInvariant()}s after {count} are others.");
                return;
            }

            keys = keys[..common];
            last = keys[^1];
            await CompareAsync(entity, keys);
            stage.Advance(count += common);
        }

        if ((await compact.MeasureAsync(entity)).EstimatedCount != count)
        {
            _differences.Add($"The compact catalog has more {entity.ToString().ToLowerInvariant()}s.");
        }
    }

    private async Task<CatalogKey[]> ScanAsync(ICatalogReader reader, Entity entity, CatalogKey after)
    {
        _scanned.Clear();
        await reader.ScanAsync(entity, after, AtOnce, ScanFields.Names, _scanned);
        return entity switch
        {
            Entity.Track => Array.ConvertAll(_scanned.Tracks.ToArray(), track => track.Key),
            Entity.Artist => Array.ConvertAll(_scanned.Artists.ToArray(), artist => artist.Key),
            _ => Array.ConvertAll(_scanned.Albums.ToArray(), album => album.Key),
        };
    }

    private async Task CompareAsync(Entity entity, CatalogKey[] keys)
    {
        await ReadAsync(source, entity, keys, _expected);
        await ReadAsync(compact, entity, keys, _found);
        var (expected, found) = (new RecordText(_expected), new RecordText(_found));
        for (var i = 0; i < keys.Length; i++)
        {
            if (!expected.Of(entity, keys[i]).SequenceEqual(found.Of(entity, keys[i])))
            {
                _differences.Add($"{entity} {keys[i].Value} is another.");
            }
        }

        var ids = Array.ConvertAll(keys, key => expected.IdOf(entity, key));
        await CompareIdsAsync(entity, ids);
        if (entity == Entity.Album)
        {
            await CompareListsAsync(keys, (reader, wanted, lists) => reader.FindTracksOfAlbumsAsync(wanted, lists));
        }
        else if (entity == Entity.Track)
        {
            var isrcs = _expected.Tracks.ToArray().Select(track => Encoding.UTF8.GetString(_expected.Text(track.Isrc)));
            await CompareListsAsync(
                isrcs.Where(isrc => isrc.Length > 0).ToArray(), (reader, wanted, lists) => reader.FindTracksByIsrcAsync(wanted, lists));
        }
    }

    private static ValueTask ReadAsync(ICatalogReader reader, Entity entity, CatalogKey[] keys, CatalogRecords records)
    {
        records.Clear();
        return reader.ReadAsync(entity, keys, withAlbums: true, records);
    }

    /// <summary>Not with the keys at hand: of two rows with the same id, which no real catalog has, a store may find either.</summary>
    private async Task CompareIdsAsync(Entity entity, string[] ids)
    {
        var (expected, found) = (new CatalogKey[ids.Length], new CatalogKey[ids.Length]);
        await source.FindAsync(entity, ids, expected);
        await compact.FindAsync(entity, ids, found);
        for (var i = 0; i < ids.Length; i++)
        {
            if (expected[i] != found[i])
            {
                _differences.Add($"The {entity.ToString().ToLowerInvariant()} with id {ids[i]} is another.");
            }
        }
    }

    private async Task CompareListsAsync<T>(T[] wanted, Func<ICatalogReader, ReadOnlyMemory<T>, KeyLists, ValueTask> find)
    {
        var (expected, found) = (new KeyLists(), new KeyLists());
        await find(source, wanted, expected);
        await find(compact, wanted, found);
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!expected[i].Span.SequenceEqual(found[i].Span))
            {
                _differences.Add($"The tracks of {wanted[i]} are others.");
            }
        }
    }

    /// <summary>
    /// Compares the orders of search results in pieces, because a store shows its order to one who cannot stop and go on.
    /// </summary>
    private async Task CompareOrderAsync(Entity entity, CancellationToken cancellation)
    {
        using var stage = progress.Begin($"order of {entity.ToString().ToLowerInvariant()}s", 0);
        var expected = await HashOrderAsync(source, entity, stage, cancellation);
        if (await HashOrderAsync(compact, entity, stage, cancellation) != expected)
        {
            _differences.Add($"The order of {entity.ToString().ToLowerInvariant()}s in search results is another.");
        }
    }

    private static async Task<(long Count, UInt128 Hash)> HashOrderAsync(
        ICatalogReader reader, Entity entity, IWorkStage stage, CancellationToken cancellation)
    {
        var hash = new System.IO.Hashing.XxHash128();
        var count = 0L;
        await reader.ScanNamesAsync(entity, (key, name) =>
        {
            hash.Append(BitConverter.GetBytes(key.Value));
            hash.Append(name);
            if ((++count & 0xFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                stage.Advance(count);
            }

            return true;
        });
        return (count, hash.GetCurrentHashAsUInt128());
    }
}
