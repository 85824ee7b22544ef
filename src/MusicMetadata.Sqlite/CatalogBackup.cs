using System.Globalization;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;
using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>Copies the files of a catalog, also while it is served: nobody writes to them, so plain reading is consistent.</summary>
/// <remarks>
/// Not SQLite's backup interface: it copies page by page through a cache, cannot go on where it was interrupted, and what it is good
/// at, a source that changes, is what these files never do.
/// </remarks>
public sealed class CatalogBackup(ICatalogFiles files, string folder, IWorkProgress progress)
{
    private const int ChunkLength = 4 << 20;

    private readonly byte[] _source = new byte[ChunkLength];
    private readonly byte[] _copy = new byte[ChunkLength];

    /// <summary>
    /// Copies, reads the copies back, and only then gives them their names. Interrupted, it leaves <c>.part</c> files, and goes on with
    /// them when started again, as far as they hold what the source holds. A finished copy of the same file counts as done.
    /// </summary>
    /// <returns>The copies, and whether each was there before.</returns>
    /// <exception cref="OperatorException">
    /// Another file has a copy's name, or there is no space, or the source changed, or the copy is not what was written.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public IReadOnlyList<(string Path, bool WasThere)> Run(CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var copies = files.Paths.Select(source => new Copy(source, Path.Combine(folder, Path.GetFileName(source)))).ToArray();
        foreach (var changes in copies.SelectMany(copy => SqliteFile.PendingChanges(copy.Source)))
        {
            throw new OperatorException(changes);
        }

        foreach (var copy in copies.Where(copy => copy.WasThere))
        {
            Compare(copy, cancellation);
        }

        var parts = copies.Where(copy => !copy.WasThere).ToArray();
        if (parts.Length > 0)
        {
            CheckSpace(parts);
            Make(parts, cancellation);

            // Last, because a part that its owner may not write could not be gone on with.
            foreach (var copy in parts)
            {
                CopyMode(copy.Source, copy.Target, UnixFileMode.None);
            }

            Storage.FlushFolder(folder);
        }

        return [.. copies.Select(copy => (copy.Target, copy.WasThere))];
    }

    private void Make(Copy[] copies, CancellationToken cancellation)
    {
        var identity = files.Identity();
        var parts = new List<SafeFileHandle>();
        try
        {
            // All at once: they also are the lock that keeps out a second backup to the same folder.
            parts.AddRange(copies.Select(OpenPart));
            foreach (var (copy, part) in copies.Zip(parts))
            {
                var written = Write(copy.Source, part, cancellation);
                Verify(copy, part, written, cancellation);
            }
        }
        finally
        {
            parts.ForEach(part => part.Dispose());
        }

        foreach (var copy in copies)
        {
            CopyTime(copy.Source, copy.Part);
        }

        if (files.Identity() != identity)
        {
            throw new OperatorException(
                $"{string.Join(" or ", files.Paths)} was replaced or written to while it was copied. Start again: what still "
                    + "matches is kept.");
        }

        foreach (var copy in copies)
        {
            File.Move(copy.Part, copy.Target, overwrite: false);
        }
    }

    private void CheckSpace(Copy[] copies)
    {
        var place = Path.GetFullPath(folder);
        var needed = copies.Sum(
            copy => Math.Max(0, Storage.Stat(copy.Source).Length - (File.Exists(copy.Part) ? new FileInfo(copy.Part).Length : 0)));
        var free = Storage.FreeSpace(place);
        if (needed > free)
        {
            throw new OperatorException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{place} has {free:N0} bytes free and the backup needs {needed:N0}. Make room, or name a folder on another disk."));
        }
    }

    private static SafeFileHandle OpenPart(Copy copy)
    {
        if (new FileInfo(copy.Part).LinkTarget is { } behind)
        {
            throw new OperatorException($"{copy.Part} is a link to {behind}, which the backup would overwrite. Remove it.");
        }

        var part = OpenAlone(copy.Part, FileMode.OpenOrCreate, FileAccess.ReadWrite);

        // From the beginning, so that nobody reads in the copy what he may not read in the source.
        CopyMode(copy.Source, copy.Part, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return part;
    }

    /// <summary>
    /// Opens a file of the folder that nobody else may have open, another backup or the reader of the source, if it is the source itself.
    /// </summary>
    private static SafeFileHandle OpenAlone(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return File.OpenHandle(path, mode, access, FileShare.None, FileOptions.SequentialScan);
        }
        catch (IOException e)
        {
            throw new OperatorException(
                $"{path} cannot be opened: {e.Message} If another backup to this folder runs, wait for its end; else name another folder.");
        }
    }

    /// <summary>Makes a copy the same as its source, from its first difference on; returns the hash of the source.</summary>
    private UInt128 Write(string source, SafeFileHandle part, CancellationToken cancellation)
    {
        var hash = new XxHash128();
        using var from = File.OpenHandle(source, options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(from);
        var isSame = true;
        using var stage = progress.Begin($"copying {Path.GetFileName(source)}", length);
        for (var at = 0L; at < length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(from, _source, at);
            if (read == 0)
            {
                throw new OperatorException($"{source} became shorter while it was copied. Start again with a file that nobody writes to.");
            }

            var chunk = _source.AsSpan(0, read);
            hash.Append(chunk);
            isSame = isSame && IsAt(part, chunk, at);
            if (!isSame)
            {
                RandomAccess.Write(part, chunk, at);
            }

            at += read;
            stage.Advance(at);
        }

        RandomAccess.SetLength(part, length);
        RandomAccess.FlushToDisk(part);
        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>Reads a copy back: a disk or share that loses what it was given must show today, not on the day of need.</summary>
    private void Verify(Copy copy, SafeFileHandle part, UInt128 written, CancellationToken cancellation)
    {
        var hash = new XxHash128();
        Storage.DropPages(part);
        using var stage = progress.Begin($"verifying {Path.GetFileName(copy.Target)}", RandomAccess.GetLength(part));
        int read;
        for (var at = 0L; (read = RandomAccess.Read(part, _copy, at)) > 0; at += read)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.Append(_copy.AsSpan(0, read));
            stage.Advance(at + read);
        }

        if (hash.GetCurrentHashAsUInt128() != written)
        {
            throw new OperatorException($"{copy.Part} is not what was written to it. Check that disk, and name a folder on another one.");
        }
    }

    /// <summary>Makes sure that what has the name of a copy already is one, and not the source itself.</summary>
    private void Compare(Copy copy, CancellationToken cancellation)
    {
        using var from = File.OpenHandle(copy.Source, options: FileOptions.SequentialScan);
        using var target = OpenAlone(copy.Target, FileMode.Open, FileAccess.Read);
        Storage.DropPages(target);
        var length = RandomAccess.GetLength(from);
        var isSame = RandomAccess.GetLength(target) == length;
        using var stage = progress.Begin($"comparing {Path.GetFileName(copy.Target)}", length);
        for (var at = 0L; isSame && at < length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(from, _source, at);
            isSame = read > 0 && IsAt(target, _source.AsSpan(0, read), at);
            at += read;
            stage.Advance(at);
        }

        if (!isSame)
        {
            throw new OperatorException(
                $"{copy.Target} exists already and is not the same as {copy.Source}, and a backup never overwrites. Name another folder.");
        }
    }

    private bool IsAt(SafeFileHandle file, ReadOnlySpan<byte> expected, long at)
    {
        var total = 0;
        int read;
        while (total < expected.Length && (read = RandomAccess.Read(file, _copy.AsSpan(total, expected.Length - total), at + total)) > 0)
        {
            total += read;
        }

        return expected.SequenceEqual(_copy.AsSpan(0, total));
    }

    /// <summary>With its source's time, a copy has its identity: the same entity tags, and the same search index belongs to it.</summary>
    private static void CopyTime(string source, string target)
    {
        try
        {
            File.SetLastWriteTimeUtc(target, Storage.Stat(source).Modified);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A share may not let anybody set times.
        }
    }

    private static void CopyMode(string source, string target, UnixFileMode besides)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(target, File.GetUnixFileMode(source) | besides);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Many a disk for backups has a file system without modes.
        }
    }

    private sealed record Copy(string Source, string Target)
    {
        public string Part { get; } = Target + ".part";

        public bool WasThere { get; } = File.Exists(Target);
    }
}
