using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MusicMetadata.Server.Lifetime;

/// <summary>A Unix domain socket whose server was killed: its file stays, and nobody can listen where one lies.</summary>
internal static partial class StaleSocket
{
    /// <summary>
    /// Removes it. One that somebody listens on, and whatever is no socket, is left for the error that listening will be. Linux only.
    /// </summary>
    public static void Remove(string path)
    {
        if (!OperatingSystem.IsLinux() || !IsSocket(path))
        {
            return;
        }

        // Not blocking: a listener may have a full queue.
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Busy, or not ours: not stale.
        }
    }

    /// <summary>By statx(2), whose structure is the same on every architecture; the framework does not tell.</summary>
    private static unsafe bool IsSocket(string path)
    {
        const int CurrentFolder = -100;
        const int DoNotFollow = 0x100;
        const uint TypeOnly = 1;
        const int ModeOffset = 28;
        const int TypeMask = 0xF000;
        const int SocketType = 0xC000;
        Span<byte> status = stackalloc byte[256];
        fixed (byte* start = status)
        {
            return Stat(CurrentFolder, path, DoNotFollow, TypeOnly, start) == 0
                && (BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..]) & TypeMask) == SocketType;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Stat(int folder, string path, int flags, uint mask, byte* status);
}
