using MusicMetadata.Catalog;
using MusicMetadata.Import.Demo.Invention;
using MusicMetadata.Import.Demo.Rows;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo;

/// <summary>Writes the two files of an invented catalog.</summary>
/// <remarks>
/// One thread a file. Each invents the tracks that it needs for itself, which costs less than handing them over. The rows are never all
/// in memory: it takes some 300 MB for any number of tracks, most of it SQLite's page caches.
/// </remarks>
internal static class CatalogWriter
{
    /// <summary>Writes both files; they must not exist yet. When it fails, what was written is worthless.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static async Task WriteAsync(
        DemoOptions options, string main, string trackFiles, IWorkProgress progress, CancellationToken cancellation)
    {
        var ranks = new ArtistRanks(options.Artists);
        var names = new Names();

        // A failure of one thread stops the other: nobody waits minutes for a message.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var threads = new[]
        {
            RunAsync(() => WriteMain(options, ranks, names, main, progress, stop.Token), stop),
            RunAsync(() => WriteTrackFiles(options, ranks, names, trackFiles, progress, stop.Token), stop),
        };
        await Task.WhenAll(threads.Select(thread => thread.ContinueWith(_ => { }, TaskScheduler.Default)));
        cancellation.ThrowIfCancellationRequested();
        foreach (var thread in threads.OrderBy(thread => thread.IsCanceled))
        {
            await thread;
        }
    }

    private static Task RunAsync(Action write, CancellationTokenSource stop) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                write();
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        },
        stop.Token,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static void WriteMain(
        DemoOptions options, ArtistRanks ranks, Names names, string path, IWorkProgress progress, CancellationToken cancellation)
    {
        using var file = new CatalogFile(path, CatalogSchema.Main, DemoFolder.ApplicationId, cancellation);
        MarketRows.Write(file.Insert("available_markets"), options);
        using (var stage = progress.Begin("artists", options.Artists))
        {
            new ArtistRows(file, options, ranks, names).Write(stage, cancellation);
        }

        using (var stage = progress.Begin("tracks and albums", options.Tracks))
        {
            WriteAlbums(
                new AlbumSequence(options, ranks),
                new AlbumRows(file, options, names),
                new TrackRows(file, options),
                new DemoTrack(options, names),
                stage,
                cancellation);
        }

        file.Finish("indexes of the main database", progress);
    }

    private static void WriteAlbums(
        AlbumSequence albums, AlbumRows albumRows, TrackRows trackRows, DemoTrack track, IWorkStage stage, CancellationToken cancellation)
    {
        var guests = new List<int>();
        while (albums.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            guests.Clear();
            var bestTrack = 0;
            for (var index = 0; index < albums.Album.Tracks; index++)
            {
                track.Fill(albums.Album, index);
                trackRows.Write(track, albums.Album, index);
                bestTrack = Math.Max(bestTrack, track.Popularity);
                foreach (var artist in track.Artists)
                {
                    if (!albums.Album.Artists.Contains(artist) && !guests.Contains(artist))
                    {
                        guests.Add(artist);
                    }
                }
            }

            albumRows.Write(albums.Album, guests, bestTrack);
            stage.Advance(albums.Album.FirstTrack + albums.Album.Tracks);
        }
    }

    private static void WriteTrackFiles(
        DemoOptions options, ArtistRanks ranks, Names names, string path, IWorkProgress progress, CancellationToken cancellation)
    {
        using var file = new CatalogFile(path, CatalogSchema.TrackFiles, DemoFolder.ApplicationId, cancellation);
        using (var stage = progress.Begin("track files", options.Tracks))
        {
            new TrackFileRows(file, options).Write(new AlbumSequence(options, ranks), new DemoTrack(options, names), stage, cancellation);
        }

        file.Finish("indexes of the track files", progress);
    }
}
