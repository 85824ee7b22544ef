using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Search;

/// <summary>Reads all names of an entity in the order of their keys, some at a time.</summary>
/// <param name="reader">Reads them.</param>
/// <param name="entity">Whose names.</param>
/// <param name="after">The last key that need not be read; <see cref="CatalogKey.None"/> for all names.</param>
/// <param name="fields">What else is read.</param>
internal sealed class NameScan(ICatalogReader reader, Entity entity, CatalogKey after, ScanFields fields = ScanFields.Names)
{
    /// <summary>So few that they stay in the processor's cache, so many that asking for them costs nothing.</summary>
    private const int BatchSize = 1024;

    private readonly CatalogRecords _records = new(64 * 1024);

    /// <summary>The records that the names which lie ready are of.</summary>
    public CatalogRecords Records => _records;

    /// <summary>The last key that was read.</summary>
    public CatalogKey Last { get; private set; } = after;

    /// <summary>How many names lie ready.</summary>
    public int Count => entity switch
    {
        Entity.Track => _records.Tracks.Length,
        Entity.Album => _records.Albums.Length,
        _ => _records.Artists.Length,
    };

    /// <summary>One of the names that lie ready, valid until the next are read.</summary>
    public Entry this[int index]
    {
        get
        {
            switch (entity)
            {
                case Entity.Track:
                    ref readonly var track = ref _records.Tracks[index];
                    return new Entry(track.Key, track.Popularity, _records.Text(track.Name));
                case Entity.Album:
                    ref readonly var album = ref _records.Albums[index];
                    return new Entry(album.Key, album.Popularity, _records.Text(album.Name));
                default:
                    ref readonly var artist = ref _records.Artists[index];
                    return new Entry(artist.Key, artist.Followers, _records.Text(artist.Name));
            }
        }
    }

    /// <summary>Reads the next names; false when there are no more.</summary>
    /// <exception cref="CatalogException">The catalog cannot be read.</exception>
    public async ValueTask<bool> ReadAsync()
    {
        _records.Clear();
        await reader.ScanAsync(entity, Last, BatchSize, fields, _records);
        if (Count == 0)
        {
            return false;
        }

        Last = this[Count - 1].Key;
        return true;
    }

    /// <summary>A name as the catalog has it.</summary>
    internal readonly ref struct Entry(CatalogKey key, long order, ReadOnlySpan<byte> name)
    {
        /// <summary>Its key in the catalog.</summary>
        public CatalogKey Key { get; } = key;

        /// <summary>Popularity or followers: what results are sorted by, highest first.</summary>
        public long Order { get; } = order;

        /// <summary>The name, not folded.</summary>
        public ReadOnlySpan<byte> Name { get; } = name;
    }
}
