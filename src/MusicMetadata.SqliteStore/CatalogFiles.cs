using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Where the catalog's files are.</summary>
/// <param name="Main">Path of <c>main_database.sqlite3</c>.</param>
/// <param name="TrackFiles">Path of <c>track_files.sqlite3</c>; null when there is none.</param>
public sealed record CatalogFiles(string Main, string? TrackFiles) : ICatalogFiles
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Paths => TrackFiles is null ? [Main] : [Main, TrackFiles];

    /// <inheritdoc/>
    public string? MissingPart => TrackFiles is null
        ? $"Not copied, because it is not beside {Main}: "
        + $"{CatalogSchema.TrackFilesFileName}"
        : null;

    /// <summary>Finds the files, and that they can be opened.</summary>
    /// <exception cref="OperatorException">The main database is missing or may not be read, or the second one may not.</exception>
    public static CatalogFiles Find(string main)
    {
        SqliteFile.CheckReadable(main, nameof(StoreOptions.Database));
        var trackFiles = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(main))!, CatalogSchema.TrackFilesFileName);
        var found = new CatalogFiles(main, File.Exists(trackFiles) ? trackFiles : null);
        if (found.TrackFiles is not null)
        {
            SqliteFile.CheckReadable(found.TrackFiles, setting: null);
        }

        return found;
    }

    /// <summary>Sizes and times of both files: part of their identity, so that it has changed when these have.</summary>
    /// <exception cref="IOException">A file has gone.</exception>
    public FileStamp Stamp() => FileStamp.Of(Paths);

    /// <summary>
    /// The identity of the main database, which is all that a search index depends on, and that of both files: a hash of the size, the time
    /// of the last write, the header and some pages of each. Whatever writes to a file changes its time, so a change of any page shows, in
    /// whichever way SQLite made it; a copy has the same identity if it keeps the time.
    /// </summary>
    /// <remarks>
    /// Reading every page instead would take minutes to hours. What goes unnoticed is a change of a page that is not sampled by somebody
    /// who then puts the time back.
    /// </remarks>
    /// <exception cref="IOException">A file has gone, or is being written to all the time.</exception>
    public (CatalogIdentity Main, CatalogIdentity Both) Identities()
    {
        var hash = new XxHash128();
        Append(hash, Main);
        var main = new CatalogIdentity(Convert.ToHexStringLower(hash.GetCurrentHash()));
        if (TrackFiles is null)
        {
            return (main, main);
        }

        Append(hash, TrackFiles);
        return (main, new CatalogIdentity(Convert.ToHexStringLower(hash.GetCurrentHash())));
    }

    /// <inheritdoc/>
    public CatalogIdentity Identity() => Identities().Both;

    /// <inheritdoc/>
    public CatalogIdentity IndexIdentity() => (this with { TrackFiles = null }).Identity();

    /// <inheritdoc/>
    public ICatalogStore Open(StoreOptions options) => SqliteCatalog.Open(options);

    /// <inheritdoc/>
    public ICatalogCheck Check() => new CatalogCheck(this);

    /// <summary>Adds a file's size, its time and an even sample of its pages, the first and the last among them, to a hash.</summary>
    private static void Append(XxHash128 hash, string path)
    {
        const int Samples = 16;
        Span<byte> page = stackalloc byte[4096];
        using var file = Storage.OpenShared(path);
        hash.Append(BitConverter.GetBytes(WaitForSettledTime(file, path).Ticks));
        var length = RandomAccess.GetLength(file);
        hash.Append(BitConverter.GetBytes(length));
        var last = Math.Max(0, length - page.Length);
        for (var i = 0; i < Samples; i++)
        {
            var offset = (long)((Int128)last * i / (Samples - 1));
            var read = RandomAccess.Read(file, page, offset);
            hash.Append(page[..read]);
        }
    }

    /// <summary>The time of a file's last write, once it is so long ago that the next write will have another one.</summary>
    /// <remarks>
    /// A kernel takes the time from its last tick, up to 10 ms ago: two writes within one tick have the same time, and what was read
    /// between them would pass for what is there after the second. A time in whole seconds may be of a file system that knows no others (on
    /// FAT every other one). A time in the future was set by somebody; the next write will have the present.
    /// </remarks>
    private static DateTime WaitForSettledTime(SafeFileHandle file, string path)
    {
        const int MaxWaitMilliseconds = 5_000;
        var begun = Environment.TickCount64;
        while (true)
        {
            var modified = File.GetLastWriteTimeUtc(file);
            var age = DateTime.UtcNow - modified;
            var settled = modified.Ticks % TimeSpan.TicksPerSecond == 0 ? TimeSpan.FromSeconds(2) : TimeSpan.FromMilliseconds(100);
            if (age < TimeSpan.Zero || age >= settled)
            {
                return modified;
            }

            if (Environment.TickCount64 - begun > MaxWaitMilliseconds)
            {
                throw new IOException($"{path} is written to all the time. Wait until the program that writes it has ended.");
            }

            Thread.Sleep(settled - age + TimeSpan.FromMilliseconds(1));
        }
    }
}
