using System.IO.Hashing;
using MusicMetadata.Catalog;
using MusicMetadata.Sqlite;

namespace MusicMetadata.SqliteStore;

/// <summary>Sizes and times of a catalog's files; zero for a second one that is not there.</summary>
public readonly record struct FileStamp(long MainLength, DateTime MainChanged, long TrackFilesLength, DateTime TrackFilesChanged);

/// <summary>Where the catalog's files are.</summary>
/// <param name="Main">Path of <c>main_database.sqlite3</c>.</param>
/// <param name="TrackFiles">Path of <c>track_files.sqlite3</c>; null when there is none.</param>
public sealed record CatalogFiles(string Main, string? TrackFiles)
{
    /// <summary>Finds the files, and that they can be opened.</summary>
    /// <exception cref="OperatorException">The main database is missing or may not be read, or the second one may not.</exception>
    public static CatalogFiles Find(string main)
    {
        if (Directory.Exists(main))
        {
            throw new OperatorException($"{main} is a folder. Give the path of {CatalogSchema.MainFileName} with -db.");
        }

        if (!File.Exists(main))
        {
            throw new OperatorException($"{main} does not exist. Give the path of {CatalogSchema.MainFileName} with -db, or try the program with an invented catalog: metadata-api demo");
        }

        var trackFiles = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(main))!, CatalogSchema.TrackFilesFileName);
        var found = new CatalogFiles(main, File.Exists(trackFiles) ? trackFiles : null);
        TryRead(found.Main);
        if (found.TrackFiles is not null)
        {
            TryRead(found.TrackFiles);
        }

        return found;
    }

    /// <summary>
    /// Size and time of the file at a path, or at the end of the links that begin there. From an open file: <see cref="FileInfo"/> has those of a
    /// link itself, and following links by their text goes astray where a folder on the way is a link too.
    /// </summary>
    /// <exception cref="IOException">There is none, or the links lead in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static (long Length, DateTime Changed) Stat(string path)
    {
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        return (RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
    }

    /// <summary>Sizes and times of both files: tell quickly that nothing has changed.</summary>
    /// <exception cref="IOException">A file has gone.</exception>
    public FileStamp Stamp()
    {
        var main = Stat(Main);
        var trackFiles = TrackFiles is null ? default : Stat(TrackFiles);
        return new FileStamp(main.Length, main.Changed, trackFiles.Length, trackFiles.Changed);
    }

    /// <summary>
    /// Hashes of sizes, headers and sixteen pages of each file: enough to tell any two catalogs apart without reading them. That of the main
    /// database alone is all that a search index depends on.
    /// </summary>
    public (string Main, string Both) Fingerprints()
    {
        var hash = new XxHash128();
        AppendSample(hash, Main);
        var main = Convert.ToHexStringLower(hash.GetCurrentHash());
        if (TrackFiles is null)
        {
            return (main, main);
        }

        AppendSample(hash, TrackFiles);
        return (main, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    /// <summary>The fingerprint of both files.</summary>
    public string Fingerprint() => Fingerprints().Both;

    /// <summary>That of the main database, for those who need not read the other.</summary>
    public string MainFingerprint() => (this with { TrackFiles = null }).Fingerprint();

    /// <summary>Adds a file's size and an even sample of its pages, the first and the last among them, to a hash.</summary>
    public static void AppendSample(XxHash128 hash, string path)
    {
        const int Samples = 16;
        Span<byte> page = stackalloc byte[4096];
        using var file = File.OpenHandle(path);
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

    private static void TryRead(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new OperatorException($"{path} may not be read by user {CurrentUser.Name}. Let it: chmod a+r, or add the user to the file's group.");
        }
        catch (IOException e)
        {
            throw new OperatorException($"{path} cannot be read: {e.Message}");
        }
    }
}
