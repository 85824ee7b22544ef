using System.Formats.Tar;
using ICSharpCode.SharpZipLib.BZip2;
using MusicMetadata.Catalog;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>Extracts the tables that are read from an archive of a dump.</summary>
/// <remarks>
/// bzip2 can only be read from its beginning to its end, which takes longer than everything else, so each archive is read once, and what
/// was extracted of a whole one is kept until the import is done.
/// </remarks>
internal static class DumpArchive
{
    private const string SourceFile = "source";
    private const string Unfinished = ".part";
    private const int Megabyte = 1_000_000;

    /// <summary>Extracts an archive, unless that has been done.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">Where to; it is there only when the archive was read to its end.</param>
    /// <param name="say">Is told what is decided.</param>
    /// <param name="progress">Is told how far it has got.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperatorException">It is no archive of a dump, or not a whole one.</exception>
    public static void Extract(string path, string folder, Action<string> say, IWorkProgress progress, CancellationToken cancellation)
    {
        var info = new FileInfo(path);
        var source = $"{info.FullName} {info.Length} {info.LastWriteTimeUtc.Ticks}";
        var sourceFile = Path.Combine(folder, SourceFile);
        if (File.Exists(sourceFile) && File.ReadAllText(sourceFile) == source)
        {
            say($"Continuing: what was extracted from {path} before is used.");
            return;
        }

        Delete(folder);
        Delete(folder + Unfinished);
        _ = Directory.CreateDirectory(Path.Combine(folder + Unfinished, "mbdump"));
        using (var stage = progress.Begin($"Extracting {info.Name}, MB", info.Length / Megabyte))
        {
            try
            {
                Extract(path, folder + Unfinished, stage, cancellation);
            }
            catch (Exception e) when (
                e is BZip2Exception or InvalidDataException or EndOfStreamException or FormatException or IndexOutOfRangeException)
            {
                // The last one comes of damaged blocks, which lead the library beyond its tables before it gets to their checksum.
                throw new OperatorException(
                    $"{path} is damaged or was cut short. Compare it with the SHA256SUMS beside its download, and get it again.");
            }
        }

        File.WriteAllText(Path.Combine(folder + Unfinished, SourceFile), source);
        Directory.Move(folder + Unfinished, folder);
    }

    private static void Extract(string path, string folder, IWorkStage stage, CancellationToken cancellation)
    {
        var wanted = DumpTable.All.Select(table => table.Name).ToHashSet();
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        using var content = OpenContent(path, file);
        using var tar = new TarReader(content, leaveOpen: true);
        var buffer = new byte[1 << 18];
        var hasSchema = false;
        while (tar.GetNextEntry() is { } entry)
        {
            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (name is "DBMIRROR_VERSION" or "mbdump/dbmirror_pending" or "mbdump/pending_data" or "pending_data")
            {
                throw new OperatorException($"{path} is a replication packet, which holds changes only. Give the archives of a full dump.");
            }

            // The members that say what it is come first, so an archive of something else is not read to its end.
            if (name.StartsWith("mbdump/", StringComparison.Ordinal) && !hasSchema)
            {
                throw NotOne(path);
            }

            var isTable = name.StartsWith("mbdump/", StringComparison.Ordinal) && wanted.Contains(name["mbdump/".Length..]);
            using (var target = isTable || name is Dump.SchemaMember or Dump.TimeMember ? File.Create(Path.Combine(folder, name)) : null)
            {
                Copy(entry.DataStream ?? Stream.Null, target);
            }

            if (name == Dump.SchemaMember)
            {
                Dump.CheckSchema(File.ReadAllText(Path.Combine(folder, name)).Trim(), path);
                hasSchema = true;
            }
        }

        if (!hasSchema)
        {
            throw NotOne(path);
        }

        // The end of what is compressed has the checksum of all.
        Copy(content, null);

        void Copy(Stream from, Stream? to)
        {
            int read;
            while ((read = from.Read(buffer, 0, buffer.Length)) > 0)
            {
                to?.Write(buffer, 0, read);
                cancellation.ThrowIfCancellationRequested();
                stage.Advance(file.Position / Megabyte);
            }
        }
    }

    /// <summary>Decompresses an archive, or reads one that has been decompressed.</summary>
    private static Stream OpenContent(string path, FileStream file)
    {
        Span<byte> start = stackalloc byte[262];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return start[..length].StartsWith("BZh"u8) ? new BZip2Streams(file)
            : length == start.Length && start[257..].SequenceEqual("ustar"u8) ? file
            : throw NotOne(path);
    }

    private static OperatorException NotOne(string path) =>
        new($"{path} is no archive of a MusicBrainz dump. Give mbdump.tar.bz2 of a full dump, and those beside it whose data you want.");

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
