using System.Runtime.InteropServices;

namespace MusicMetadata.Commands;

/// <summary>
/// Ends the program with a clear last line when a page of a memory-mapped file cannot be read: the file was cut short in place, or its
/// storage has gone. Without this the kernel ends it by SIGBUS without a word.
/// </summary>
/// <remarks>
/// There is no going on: the thread that read has no value to go on with, and stands still until the process ends. Whoever prefers 503
/// answers to a restart can do without the map (<c>-mmap-size 0</c>).
/// </remarks>
internal static class MemoryMapFault
{
    /// <summary>Ends the program on SIGBUS until disposed; null where there is no such signal.</summary>
    /// <param name="database">The file that the line names.</param>
    public static IDisposable? EndOnSignal(string database)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var busError = OperatingSystem.IsLinux() ? 7 : 10;
        return PosixSignalRegistration.Create((PosixSignal)busError, _ =>
        {
            Console.Error.WriteLine(
                $"metadata-api: {database} or the file beside it could not be read any more through its memory map: it was cut short "
                    + "while it was served, or its storage has gone. Replace files by renaming, never in place; with -mmap-size 0 this is "
                    + "answered with 503 instead.");
            Environment.Exit(1);
        });
    }
}
