using Microsoft.Data.Sqlite;
using MusicMetadata.Catalog;
using MusicMetadata.Import.Demo;
using MusicMetadata.Import.Demo.Invention;
using MusicMetadata.Search;
using MusicMetadata.Search.Building;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Evaluation;

/// <summary>An invented catalog with some of it taken out again, its index, and what it was made of.</summary>
internal sealed class EvaluationCatalog : IDisposable
{
    private const int Readers = 4;

    private EvaluationCatalog(Truth truth, SqliteCatalog store, SearchIndex index, long indexBytes) =>
        (Truth, Store, Index, IndexBytes) = (truth, store, index, indexBytes);

    public Truth Truth { get; }

    public SqliteCatalog Store { get; }

    public SearchIndex Index { get; }

    public long IndexBytes { get; }

    /// <summary>Songs whose first recording was taken out while others of them are there.</summary>
    public static bool IsSongTakenOut(long song) => Truth.Mix(song, 3) % 5 == 0;

    public static async Task<EvaluationCatalog> MakeAsync(DemoOptions options)
    {
        var folder = new DemoFolder(options);
        _ = await folder.EnsureAsync(new NoProgress(), CancellationToken.None);
        var truth = new Truth(options);
        TakeOut(truth, folder.Main);
        var storeOptions = new StoreOptions { Database = folder.Main, Readers = Readers };
        var store = (SqliteCatalog)CatalogFiles.Find(folder.Main).Open(storeOptions);
        var path = Path.Combine(options.Folder, "evaluation_index.sqlite3");

        // What is evaluated is also how titles were taken apart when the index was built.
        File.Delete(path);
        var source = new IndexSource(store, folder.Main, store.IndexIdentity, store.IndexIdentity);
        var builder = new IndexBuilder(source, new IndexOptions { IndexPath = path, Terms = false }, _ => { }, new NoProgress());
        _ = await builder.BuildAsync(CancellationToken.None);
        var search = new SearchOptions { IndexPath = path, Connections = Readers, MmapSize = storeOptions.MmapSize };
        return SearchIndex.TryOpen(path, store.IndexIdentity, search, out var index) is { } reason
            ? throw new OperatorException(reason)
            : new EvaluationCatalog(truth, store, index!, new FileInfo(path).Length);
    }

    public void Dispose()
    {
        Index.Dispose();
        Store.Dispose();
    }

    /// <summary>Deletes the tracks of some artists, and the first recordings of some songs of which there are others.</summary>
    private static void TakeOut(Truth truth, string main)
    {
        var songs = truth.Rows.Where(row => row.Version != VersionKind.None && !row.Artists.Any(Truth.IsLeftOut))
            .Select(row => row.Song).ToHashSet();
        using var connection = SqliteFile.OpenForWriting(main);
        connection.Execute("BEGIN");
        using var track = connection.CreateCommand();
        track.CommandText = "DELETE FROM tracks WHERE rowid = $rowid";
        using var credits = connection.CreateCommand();
        credits.CommandText = "DELETE FROM track_artists WHERE track_rowid = $rowid";
        var parameters = new[] { track, credits }.Select(command => command.Parameters.Add("$rowid", SqliteType.Integer)).ToArray();
        foreach (var row in truth.Rows)
        {
            var isFirst = row.Version == VersionKind.None && songs.Contains(row.Song) && IsSongTakenOut(row.Song);
            if (isFirst || row.Artists.Any(Truth.IsLeftOut))
            {
                _ = truth.Removed.Add(row.Rowid);
                Array.ForEach(parameters, parameter => parameter.Value = row.Rowid);
                _ = track.ExecuteNonQuery();
                _ = credits.ExecuteNonQuery();
            }
        }

        connection.Execute("COMMIT");
        ReadAlbums(truth, connection);
    }

    private static void ReadAlbums(Truth truth, SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT rowid, name, external_id_upc, release_date FROM albums";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var album = truth.Albums[rows.GetInt64(0)];
            (album.Name, album.Upc) = (rows.GetString(1), rows.IsDBNull(2) ? "" : rows.GetString(2));
            album.Year = int.Parse(rows.GetString(3).AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private sealed class NoProgress : IWorkProgress
    {
        public IWorkStage Begin(string name, long total) => new Stage();

        private sealed class Stage : IWorkStage
        {
            public void Advance(long done)
            {
            }

            public void Dispose()
            {
            }
        }
    }
}
