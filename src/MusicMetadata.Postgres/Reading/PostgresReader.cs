using System.Globalization;
using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using Npgsql;

namespace MusicMetadata.Postgres.Reading;

/// <summary>Reads the catalog of one schema. Each method is one statement, however much it asks for. A key is that of the source.</summary>
internal sealed class PostgresReader : IPooledReader
{
    /// <summary>Names are read one by one up to so many; beyond, putting them in order would take longer than a search may.</summary>
    private const long MaxScannedNames = 1_000_000;

    private const int MaxScannedAtOnce = 10_000;

    private readonly ReaderPool<PostgresReader> _pool;
    private readonly Session _session;
    private readonly RecordStatements _records;

    /// <summary>A reader that opens a connection when it is asked something.</summary>
    public PostgresReader(ReaderPool<PostgresReader> pool, CatalogNodes nodes)
    {
        _pool = pool;
        _session = new Session(nodes);
        _records = new RecordStatements(_session);
    }

    /// <inheritdoc/>
    public ReaderPurpose Purpose { get; private set; }

    /// <inheritdoc/>
    public void Begin(ReaderPurpose purpose, Deadline deadline)
    {
        Purpose = purpose;
        _session.Begin(purpose, deadline);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.End();
        _pool.Return(this);
    }

    /// <inheritdoc/>
    public void Close()
    {
    }

    /// <inheritdoc/>
    /// <remarks>Markets are not loaded.</remarks>
    public ValueTask ReadMarketListsAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, Memory<long> lists)
    {
        lists.Span.Clear();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ScanMarketListsAsync(MarketListVisitor visit) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask LookUpAsync(
        Entity entity, ReadOnlyMemory<string> ids, Memory<CatalogKey> keys, bool withAlbums, CatalogRecords records) =>
        _records.LookUpAsync(entity, ids, keys, withAlbums, records);

    /// <inheritdoc/>
    public ValueTask ReadAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, bool withAlbums, CatalogRecords records) =>
        _records.ReadAsync(entity, keys, withAlbums, records);

    /// <inheritdoc/>
    public async ValueTask FindAsync(Entity entity, ReadOnlyMemory<string> ids, Memory<CatalogKey> keys)
    {
        var sql = Of(entity, Statements.TrackKeys, Statements.AlbumKeys, Statements.ArtistKeys);
        var rows = new List<Pair<string>>();
        await _session.RunAsync(sql, [PostgresText.Array(ids.Span)], rows, TextAndKey);
        var found = rows.ToDictionary(row => row.Owner, row => row.Key, StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            keys.Span[i] = found.GetValueOrDefault(ids.Span[i], CatalogKey.None);
        }
    }

    /// <inheritdoc/>
    public async ValueTask FindTracksOfAlbumsAsync(ReadOnlyMemory<CatalogKey> albums, KeyLists tracks) =>
        AddLists(albums, await RunPairsAsync(Statements.TracksOfAlbums, PostgresText.Array(albums.Span)), tracks);

    /// <inheritdoc/>
    public async ValueTask FindTracksByIsrcAsync(ReadOnlyMemory<string> isrcs, KeyLists tracks)
    {
        var rows = new List<Pair<string>>();
        await _session.RunAsync(Statements.TracksByIsrc, [PostgresText.Array(isrcs.Span)], rows, TextAndKey);
        AddLists(isrcs, rows, tracks);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryFindAlbumsOfArtistsAsync(ReadOnlyMemory<CatalogKey> artists, AlbumGroups groups, KeyLists albums)
    {
        var wanted = ((int)groups).ToString(CultureInfo.InvariantCulture);
        AddLists(artists, await RunPairsAsync(Statements.AlbumsOfArtists, PostgresText.Array(artists.Span), wanted), albums);
        return true;
    }

    /// <summary>None: <c>load</c> refuses catalogs made from MusicBrainz.</summary>
    public ValueTask FindTracksOfRecordingsAsync(ReadOnlyMemory<string> recordings, KeyLists tracks)
    {
        for (var i = 0; i < recordings.Length; i++)
        {
            tracks.EndList();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask ReadNamesAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, NameVisitor visit)
    {
        var sql = Of(entity, Statements.TrackNames, Statements.AlbumNames, Statements.ArtistNames);
        var rows = new List<NamedKey>();
        await _session.RunAsync(
            sql, [PostgresText.Array(keys.Span)], rows, row => new NamedKey(new CatalogKey(row.GetInt32(0)), row.Text(1), 0));
        var names = rows.ToDictionary(row => row.Key, row => row.Name);
        for (var i = 0; i < keys.Length; i++)
        {
            if (names.TryGetValue(keys.Span[i], out var name) && !visit(keys.Span[i], name))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask ScanNamesAsync(Entity entity, NameVisitor visit)
    {
        if ((await MeasureAsync(entity)).EstimatedCount > MaxScannedNames)
        {
            throw new CatalogException(CatalogFault.Unreadable, "Searching needs the search index, which this server does not have.");
        }

        var sql = Of(entity, Statements.NextTrackNames, Statements.NextAlbumNames, Statements.NextArtistNames);
        var rows = new List<NamedKey>();
        var (order, key) = (long.MaxValue, long.MaxValue);
        do
        {
            rows.Clear();
            await _session.RunAsync(
                sql, [Text(order), Text(key), Text(MaxScannedAtOnce)], rows,
                row => new NamedKey(new CatalogKey(row.GetInt32(0)), row.Text(1), row.GetInt64(2)));
            foreach (var row in rows)
            {
                if (!visit(row.Key, row.Name))
                {
                    return;
                }

                (order, key) = (row.Order, row.Key.Value);
            }
        }
        while (rows.Count == MaxScannedAtOnce);
    }

    /// <inheritdoc/>
    public ValueTask ScanAsync(Entity entity, CatalogKey after, int maxCount, ScanFields fields, CatalogRecords records)
    {
        string[] parameters = [Text(after.Value), Text(Math.Min(maxCount, MaxScannedAtOnce))];
        return ScanRows.ReadAsync(_session, entity, parameters, fields, records);
    }

    /// <inheritdoc/>
    public async ValueTask<EntityExtent> MeasureAsync(Entity entity)
    {
        var rows = new List<Extent>();
        await _session.RunAsync(
            Statements.Measure, [Of(entity, "track", "album", "artist")], rows,
            row => new Extent(row.GetInt64(0), row.GetInt64(1)));
        return rows is [var found] ? new EntityExtent(new CatalogKey(found.LastKey), found.Count) : new EntityExtent(CatalogKey.None, 0);
    }

    private static string Of(Entity entity, string track, string album, string artist) => entity switch
    {
        Entity.Track => track,
        Entity.Album => album,
        _ => artist,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Pair<string> TextAndKey(NpgsqlDataReader row) =>
        new(Encoding.UTF8.GetString(row.Text(0)), new CatalogKey(row.GetInt32(1)));

    private async ValueTask<List<Pair<CatalogKey>>> RunPairsAsync(string sql, params string[] parameters)
    {
        var rows = new List<Pair<CatalogKey>>();
        await _session.RunAsync(
            sql, parameters, rows, row => new Pair<CatalogKey>(new CatalogKey(row.GetInt32(0)), new CatalogKey(row.GetInt32(1))));
        return rows;
    }

    /// <summary>Adds a list for each thing that was asked for, of the keys of its rows in their order.</summary>
    private static void AddLists<T>(ReadOnlyMemory<T> asked, List<Pair<T>> rows, KeyLists lists)
        where T : notnull
    {
        var found = rows.ToLookup(row => row.Owner, row => row.Key);
        foreach (var one in asked.Span)
        {
            foreach (var key in found[one])
            {
                lists.Add(key);
            }

            lists.EndList();
        }
    }

    /// <summary>A key and what it was found by. A class like all rows: the code that reads them is compiled once.</summary>
    private sealed record Pair<T>(T Owner, CatalogKey Key);

    /// <summary>A name and what it is sorted by.</summary>
    private sealed record NamedKey(CatalogKey Key, byte[] Name, long Order);

    private sealed record Extent(long LastKey, long Count);
}
