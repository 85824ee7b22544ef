using System.Globalization;
using System.IO.Hashing;
using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>Copies both files of a catalog, also while it is served: nobody writes to them, so plain reading is consistent.</summary>
/// <remarks>
/// Not SQLite's backup interface: it copies page by page through a cache, cannot go on where it was interrupted, and what it is good
/// at, a source that changes, is what these files never do.
/// </remarks>
internal sealed class CatalogBackup(CatalogFiles files, string folder, IWorkProgress progress)
{
    private const int ChunkLength = 4 << 20;

    private readonly byte[] _source = new byte[ChunkLength];
    private readonly byte[] _copy = new byte[ChunkLength];

    /// <summary>
    /// Copies, reads the copies back, and only then gives them their names. Interrupted, it leaves <c>.part</c> files, and goes on with them
    /// when started again, as far as they hold what the source holds.
    /// </summary>
    /// <exception cref="OperatorException">There is a copy already, or no space, or the source changed, or the copy is not what was written.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public void Run(CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var pairs = new[] { files.Main, files.TrackFiles }.OfType<string>().Select(source => (Source: source, Target: Path.Combine(folder, Path.GetFileName(source)))).ToArray();
        if (pairs.FirstOrDefault(pair => File.Exists(pair.Target)).Target is { } existing)
        {
            throw new OperatorException($"{existing} exists already, and a backup never overwrites. Name another folder.");
        }

        CheckSpace(pairs);
        var fingerprint = files.Fingerprint();
        foreach (var (source, target) in pairs)
        {
            var written = Copy(source, target + ".part", cancellation);
            Verify(target + ".part", written, cancellation);
        }

        if (files.Fingerprint() != fingerprint)
        {
            throw new OperatorException($"{files.Main} or the file beside it was replaced while it was copied. Start again: what still matches is kept.");
        }

        foreach (var (_, target) in pairs)
        {
            File.Move(target + ".part", target, overwrite: false);
        }
    }

    private void CheckSpace((string Source, string Target)[] pairs)
    {
        var place = Path.GetFullPath(folder);
        var needed = pairs.Sum(pair => new FileInfo(pair.Source).Length - (File.Exists(pair.Target + ".part") ? new FileInfo(pair.Target + ".part").Length : 0));
        var free = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(place)! : place).AvailableFreeSpace;
        if (needed > free)
        {
            throw new OperatorException(string.Create(CultureInfo.InvariantCulture, $"{place} has {free:N0} bytes free and the backup needs {needed:N0}. Make room, or name a folder on another disk."));
        }
    }

    /// <summary>Makes a copy the same as its source, from its first difference on; returns the hash of the source.</summary>
    private UInt128 Copy(string source, string target, CancellationToken cancellation)
    {
        var hash = new XxHash128();
        using var from = File.OpenHandle(source, options: FileOptions.SequentialScan);
        using var to = File.OpenHandle(target, FileMode.OpenOrCreate, FileAccess.ReadWrite);
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
            isSame = isSame && ReadFully(to, _copy.AsSpan(0, read), at) == read && chunk.SequenceEqual(_copy.AsSpan(0, read));
            if (!isSame)
            {
                RandomAccess.Write(to, chunk, at);
            }

            at += read;
            stage.Advance(at);
        }

        RandomAccess.SetLength(to, length);
        RandomAccess.FlushToDisk(to);
        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>Reads a copy back: a disk or share that loses what it was given must show today, not on the day of need.</summary>
    private void Verify(string target, UInt128 written, CancellationToken cancellation)
    {
        var hash = new XxHash128();
        using var file = File.OpenHandle(target, options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(file);
        using var stage = progress.Begin($"verifying {Path.GetFileNameWithoutExtension(target)}", length);
        for (var at = 0L; at < length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, _copy, at);
            hash.Append(_copy.AsSpan(0, read));
            at += read;
            stage.Advance(at);
        }

        if (hash.GetCurrentHashAsUInt128() != written)
        {
            throw new OperatorException($"{target} is not what was written to it. Check that disk, and name a folder on another one.");
        }
    }

    private static int ReadFully(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> into, long at)
    {
        var total = 0;
        int read;
        while (total < into.Length && (read = RandomAccess.Read(file, into[total..], at + total)) > 0)
        {
            total += read;
        }

        return total;
    }
}
