using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MusicMetadata.Sqlite;

/// <summary>What the framework has no method for: whether files are in storage and not only in memory, and where they are.</summary>
public static partial class Storage
{
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
