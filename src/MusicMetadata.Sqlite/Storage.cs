using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>
/// What the framework has no method for: whether files are in storage and not only in memory, where they are, and whose a folder is.
/// </summary>
public static partial class Storage
{
    /// <summary>The file in a folder by which <see cref="LockFolder"/> holds it.</summary>
    public const string LockName = "lock";

    private const int AdviceDontNeed = 4;

    /// <summary>
    /// Lets the kernel forget the pages of a file that has been flushed, so that reading it reads the storage. Linux only.
    /// </summary>
    public static void DropPages(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(file, 0, 0, AdviceDontNeed);
        }
    }

    /// <summary>Makes names given in a folder outlast a power cut. Windows does so by itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(Open(folder, 0), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <summary>
    /// Gives a finished file its name, once it is in storage: a power cut leaves what had the name before or all of this. What the folder
    /// says of it may still be in memory: <see cref="FlushFolder"/>.
    /// </summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Publish(string unfinished, string path)
    {
        using (var file = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(file);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>
    /// Holds a folder, which is made if it is not there, for this process alone, until it is disposed of; the kernel lets go of it when the
    /// process is killed.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="busy">What the operator is told when another process holds it.</param>
    /// <exception cref="OperatorException">Another process does.</exception>
    public static IDisposable LockFolder(string folder, string busy)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, LockName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new OperatorException(busy);
        }
    }

    /// <summary>How many bytes the file system that a folder is on has free for this user.</summary>
    public static long FreeSpace(string folder)
    {
        // Windows knows drives only; elsewhere any path tells of the file system that it is on.
        var path = Path.GetFullPath(folder);
        return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : path).AvailableFreeSpace;
    }

    /// <summary>Opens a file for reading that others may write to, rename or delete meanwhile.</summary>
    public static SafeFileHandle OpenShared(string path) => File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);

    /// <summary>
    /// Size and time of the file at a path, or at the end of the links that begin there. From an open file: <see cref="FileInfo"/> has
    /// those of a link itself, and following links by their text goes astray where a folder on the way is a link too.
    /// </summary>
    /// <exception cref="IOException">There is none, or the links lead in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static (long Length, DateTime Modified) Stat(string path)
    {
        using var file = OpenShared(path);
        return (RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
    }

    /// <summary>Where a file lies when all links on the way have been followed; the path as it is where that cannot be told.</summary>
    public static unsafe string RealPath(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }

        const int MaxBytes = 4096;
        var resolved = stackalloc byte[MaxBytes];
        return Resolve(path, resolved) == 0 ? path : Marshal.PtrToStringUTF8((nint)resolved)!;
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint Resolve(string path, byte* resolved);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
