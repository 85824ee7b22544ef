using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Tests.Server;

/// <summary>A store that knows nothing of files: the rows of <see cref="MemoryRows"/>.</summary>
/// <param name="completesLater">Whether nothing completes at once, as in a store on another machine.</param>
internal sealed class MemoryStore(bool completesLater) : ICatalogStore
{
    private int _inUse;

    public CatalogIdentity Identity => new("memory");

    public CatalogIdentity IndexIdentity => Identity;

    public CatalogIdentity SourceIdentity => Identity;

    public IReadOnlyList<string> Warnings => [];

    // Smaller than a map of the batch that the test sends, so that one takes several rounds.
    public int BatchSize => 2;

    public StoreLoad Load => new(4, Volatile.Read(ref _inUse), 0);

    public CatalogHealth CheckHealth() => CatalogHealth.Good;

    public string? FindProblem() => null;

    public string? FindProblemInPlaceOf(ICatalogStore served) => null;

    public (string Place, string Reading) Describe() => ("memory", "which find rows by going through all of them");

    public async ValueTask<ICatalogReader?> TryRentReaderAsync(ReaderPurpose purpose, Deadline deadline)
    {
        await BeginAsync(deadline);
        return TryRentIdleReader(deadline);
    }

    public ICatalogReader TryRentIdleReader(Deadline deadline)
    {
        Interlocked.Increment(ref _inUse);
        return new Reader(this, deadline);
    }

    public void Dispose()
    {
    }

    private async ValueTask BeginAsync(Deadline deadline)
    {
        if (completesLater)
        {
            await Task.Yield();
        }

        deadline.ThrowIfOver();
    }

    private sealed class Reader(MemoryStore store, Deadline deadline) : ICatalogReader
    {
        public async ValueTask FindAsync(Entity entity, ReadOnlyMemory<string> ids, Memory<CatalogKey> keys)
        {
            await store.BeginAsync(deadline);
            for (var i = 0; i < ids.Length; i++)
            {
                var id = ids.Span[i];
                keys.Span[i] = NamesOf(entity).Where(row => row.Id == id).Select(row => row.Key).DefaultIfEmpty(CatalogKey.None).Single();
            }
        }

        public ValueTask FindTracksOfAlbumsAsync(ReadOnlyMemory<CatalogKey> albums, KeyLists tracks) => FindTracksAsync(
            albums, tracks, (album, track) => track.Album == album.Value,
            rows => rows.OrderBy(row => row.TrackNumber).ThenBy(row => row.Key));

        public ValueTask FindTracksByIsrcAsync(ReadOnlyMemory<string> isrcs, KeyLists tracks) => FindTracksAsync(
            isrcs, tracks, (isrc, track) => track.Isrc == isrc,
            rows => rows.OrderByDescending(row => row.Popularity).ThenBy(row => row.Key));

        public async ValueTask<bool> TryFindAlbumsOfArtistsAsync(ReadOnlyMemory<CatalogKey> artists, AlbumGroups groups, KeyLists albums)
        {
            await store.BeginAsync(deadline);
            foreach (var artist in artists.ToArray())
            {
                var newest = MemoryRows.Albums.OrderByDescending(row => row.ReleaseDate, StringComparer.Ordinal).ThenBy(row => row.Key);
                foreach (var album in newest)
                {
                    if (groups.HasFlag(AlbumGroups.Singles) && album.Artists.Contains(artist.Value))
                    {
                        albums.Add(new CatalogKey(album.Key));
                    }
                }

                albums.EndList();
            }

            return true;
        }

        public ValueTask FindTracksOfRecordingsAsync(ReadOnlyMemory<string> recordings, KeyLists tracks) =>
            FindTracksAsync(recordings, tracks, (_, _) => false, rows => rows);

        public async ValueTask ReadAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, bool withAlbums, CatalogRecords records)
        {
            await store.BeginAsync(deadline);
            foreach (var key in keys.ToArray())
            {
                switch (entity)
                {
                    case Entity.Track:
                        AddTrack(records, key.Value, withAlbums);
                        break;
                    case Entity.Album:
                        AddAlbum(records, key.Value);
                        break;
                    default:
                        AddArtist(records, key.Value);
                        break;
                }
            }
        }

        public async ValueTask ReadMarketListsAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, Memory<long> lists)
        {
            await store.BeginAsync(deadline);
            lists.Span.Fill(1);
        }

        public async ValueTask ScanMarketListsAsync(MarketListVisitor visit)
        {
            await store.BeginAsync(deadline);
            visit(1, "CH,DE"u8);
        }

        public async ValueTask ReadNamesAsync(Entity entity, ReadOnlyMemory<CatalogKey> keys, NameVisitor visit)
        {
            await store.BeginAsync(deadline);
            var names = NamesOf(entity).ToDictionary(row => row.Key, row => row.Name);
            _ = keys.ToArray().Where(names.ContainsKey).All(key => visit(key, Encoding.UTF8.GetBytes(names[key])));
        }

        public async ValueTask ScanNamesAsync(Entity entity, NameVisitor visit)
        {
            await store.BeginAsync(deadline);
            var names = NamesOf(entity).OrderByDescending(row => row.Rank).ThenByDescending(row => row.Key);
            _ = names.All(row => visit(row.Key, Encoding.UTF8.GetBytes(row.Name)));
        }

        public async ValueTask ScanAsync(Entity entity, CatalogKey after, int maxCount, ScanFields fields, CatalogRecords records)
        {
            await store.BeginAsync(deadline);

            // Fewer than asked for, as every store may.
            foreach (var key in NamesOf(entity).Select(row => row.Key).Where(key => key > after).Order().Take(Math.Min(2, maxCount)))
            {
                switch (entity)
                {
                    case Entity.Track:
                        AddTrack(records, key.Value, withAlbum: false, withArtists: false);
                        break;
                    case Entity.Album:
                        AddAlbum(records, key.Value, withArtists: false);
                        break;
                    default:
                        AddArtist(records, key.Value);
                        break;
                }
            }
        }

        public async ValueTask<EntityExtent> MeasureAsync(Entity entity)
        {
            await store.BeginAsync(deadline);
            return new EntityExtent(NamesOf(entity).Max(row => row.Key), NamesOf(entity).Count());
        }

        public void Dispose() => Interlocked.Decrement(ref store._inUse);

        private async ValueTask FindTracksAsync<T>(
            ReadOnlyMemory<T> wanted, KeyLists tracks, Func<T, TrackRow, bool> matches,
            Func<IEnumerable<TrackRow>, IEnumerable<TrackRow>> order)
        {
            await store.BeginAsync(deadline);
            foreach (var one in wanted.ToArray())
            {
                foreach (var track in order(MemoryRows.Tracks.Where(track => matches(one, track))))
                {
                    tracks.Add(new CatalogKey(track.Key));
                }

                tracks.EndList();
            }
        }

        private static IEnumerable<(CatalogKey Key, string Id, string Name, long Rank)> NamesOf(Entity entity) => entity switch
        {
            Entity.Track => MemoryRows.Tracks.Select(row => (new CatalogKey(row.Key), row.Id, row.Name, row.Popularity)),
            Entity.Album => MemoryRows.Albums.Select(row => (new CatalogKey(row.Key), row.Id, row.Name, 0L)),
            _ => MemoryRows.Artists.Select(row => (new CatalogKey(row.Key), row.Id, row.Name, row.Followers)),
        };

        private static void AddTrack(CatalogRecords records, long key, bool withAlbum, bool withArtists = true)
        {
            if (MemoryRows.Tracks.SingleOrDefault(row => row.Key == key) is not { } row)
            {
                return;
            }

            records.Add(new TrackRecord
            {
                Key = new CatalogKey(key),
                Id = Text(records, row.Id),
                Name = Text(records, row.Name),
                Isrc = Text(records, row.Isrc),
                DurationMs = row.DurationMs,
                TrackNumber = row.TrackNumber,
                DiscNumber = 1,
                Popularity = row.Popularity,
                PreviewUrl = Text(records, row.PreviewUrl),
                Album = new CatalogKey(row.Album),
                Artists = Credits(records, row.Artists),
                OriginalTitle = Text(records, row.Name),
                HasLyrics = row.HasLyrics,
                MarketList = 1,
                Languages = Texts(records, row.Languages),
                ArtistRoles = Texts(records, row.Roles),
            });
            if (withArtists)
            {
                Array.ForEach(row.Artists, artist => AddArtist(records, artist));
            }

            if (withAlbum)
            {
                AddAlbum(records, row.Album);
            }
        }

        private static void AddAlbum(CatalogRecords records, long key, bool withArtists = true)
        {
            if (records.IndexOfAlbum(new CatalogKey(key)) >= 0 || MemoryRows.Albums.SingleOrDefault(row => row.Key == key) is not { } row)
            {
                return;
            }

            var start = records.BeginText();
            var album = new AlbumRecord
            {
                Key = new CatalogKey(key),
                Id = Text(records, row.Id),
                Name = Text(records, row.Name),
                Type = Text(records, "single"),
                Label = Text(records, row.Label),
                ReleaseDate = Text(records, row.ReleaseDate),
                ReleaseDatePrecision = Text(records, "day"),
                Upc = Text(records, row.Upc),
                TotalTracks = row.TotalTracks,
                MarketList = 1,
                Copyright = Text(records, row.Copyright),
                CopyrightP = Text(records, row.CopyrightP),
                Images = Images(records, row.Images),
                Artists = Credits(records, row.Artists),
            };
            records.Add(album, start);
            if (withArtists)
            {
                Array.ForEach(row.Artists, artist => AddArtist(records, artist));
            }
        }

        private static void AddArtist(CatalogRecords records, long key)
        {
            if (records.IndexOfArtist(new CatalogKey(key)) >= 0 || MemoryRows.Artists.SingleOrDefault(row => row.Key == key) is not { } row)
            {
                return;
            }

            var start = records.BeginText();
            var artist = new ArtistRecord
            {
                Key = new CatalogKey(key),
                Id = Text(records, row.Id),
                Name = Text(records, row.Name),
                Followers = row.Followers,
                Popularity = row.Popularity,
                Genres = Texts(records, row.Genres),
                Images = Images(records, row.Images),
            };
            records.Add(artist, start);
        }

        private static TextRange Text(CatalogRecords records, string? text) => records.AddText(Encoding.UTF8.GetBytes(text ?? ""));

        private static ListRange Texts(CatalogRecords records, string[] texts) =>
            records.AddTexts([.. texts.Select(text => Text(records, text))]);

        private static ListRange Images(CatalogRecords records, Image[] images) =>
            records.AddImages([.. images.Select(image => new ImageRecord(Text(records, image.Url), image.Size, image.Size))]);

        private static ListRange Credits(CatalogRecords records, long[] artists) =>
            records.AddCredits([.. artists.Select(key => new CatalogKey(key))]);
    }
}
